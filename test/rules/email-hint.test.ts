import { describe, expect, it } from 'vitest';
import { suggestEmail } from '../../public/email-hint.js';
import { quickest, slownessHere } from '../support/pace.ts';

describe('a mistyped mailbox is recognised', () => {
  it.each([
    ['marie@ornage.fr', 'marie@orange.fr'],
    ['marie@orang.fr', 'marie@orange.fr'],
    ['marie@orange.f', 'marie@orange.fr'],
    ['marie@orange.rf', 'marie@orange.fr'],
    ['marie@orange,fr', 'marie@orange.fr'],
    ['marie@orange', 'marie@orange.fr'],
    ['marie@gmial.com', 'marie@gmail.com'],
    ['marie@gmail.con', 'marie@gmail.com'],
    ['marie@gmail.fr', 'marie@gmail.com'],
    ['marie@gmailcom', 'marie@gmail.com'],
    ['marie@gmai.com', 'marie@gmail.com'],
    ['marie@wanado.fr', 'marie@wanadoo.fr'],
    ['marie@wandoo.fr', 'marie@wanadoo.fr'],
    ['marie@laposte.fr.net', 'marie@laposte.net'],
    ['marie@lapost.net', 'marie@laposte.net'],
    ['marie@hotmal.fr', 'marie@hotmail.fr'],
    ['marie@hotmail.cm', 'marie@hotmail.com'],
    ['marie@hotmial.com', 'marie@hotmail.com'],
    ['marie@outlok.fr', 'marie@outlook.fr'],
    ['marie@yaho.fr', 'marie@yahoo.fr'],
    ['marie@fre.fr', 'marie@free.fr'],
    ['marie@sfr.f', 'marie@sfr.fr'],
    ['marie@iclou.com', 'marie@icloud.com'],
    [' Marie.Dominique@ORNAGE.FR ', 'Marie.Dominique@orange.fr'],
  ])('%s → %s', (typed, meant) => expect(suggestEmail(typed)).toBe(meant));
});

describe('nothing is suggested for', () => {
  it.each([
    ...'gmail.com orange.fr hotmail.fr hotmail.com wanadoo.fr free.fr sfr.fr laposte.net outlook.fr outlook.com'.split(
      ' ',
    ),
    ...'yahoo.fr yahoo.com live.fr icloud.com bbox.fr'.split(' '),
    ...'ymail.com gmx.fr gmx.com mail.com email.com googlemail.com live.com msn.com me.com aol.com aol.fr'.split(
      ' ',
    ),
    ...'neuf.fr laposte.fr orange.com hotmail.it hotmail.be outlook.es yahoo.co.uk live.nl gmx.de'.split(' '),
    ...'example.fr ophcapa.fr corse.fr edf.fr afr.fr change.fr range.net poste.it mairie-ajaccio.fr'.split(
      ' ',
    ),
    ...'proton.me protonmail.com club-internet.fr numericable.fr aliceadsl.fr mailo.com'.split(' '),
    ...'g.com fr com'.split(' '),
  ])('marie@%s', (domain) => expect(suggestEmail(`marie@${domain}`)).toBe(''));

  it.each(['', '@', 'marie', '@ornage.fr', 'marie@', '@@', 'a@b@'])('%j, which is no address', (typed) =>
    expect(suggestEmail(typed)).toBe(''),
  );
});

it('keeps everything before the last @ as typed', () => {
  expect(suggestEmail('a@b@ornage.fr')).toBe('a@b@orange.fr');
});

it.each([`a@${'orange'.repeat(2000)}`, `${'@'.repeat(12_000)}x`])('is quick with anything', async (typed) => {
  const most = 100 * (await slownessHere());
  expect(await quickest(() => suggestEmail(typed), most)).toBeLessThan(most);
});
