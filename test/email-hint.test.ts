// A mistyped mailbox is noticed on the page, and never stands in the way.

import { beforeEach, expect, it } from 'vitest';
import { createAccount, newTenant } from './support/account.ts';
import { mails, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, Visitor } from './support/visitor.ts';

beforeEach(openMailbox);

const hint = 'Vouliez-vous dire marie@orange.fr ?';
const said = (html: string) =>
  /<p role="alert">(?:Vouliez-vous dire <strong>(.*?)<\/strong>\u00a0\?)?<\/p>/.exec(html)?.slice(1)[0] ?? '';

it('sends the mail all the same, and says so beside « corriger »', async () => {
  const visitor = new Visitor();
  const page = await visitor.submit('/inscription', {
    ...MARIE,
    ...(await newTenant()),
    ...emails('marie@ornage.fr'),
  });
  expect(mails('marie@ornage.fr')).toHaveLength(1);
  expect(page.text.replace(/\s+/g, ' ')).toContain(`${hint.replace(' ?', '')} ? Corriger mon adresse`);
  const correction = await visitor.open('/inscription/courriel/adresse');
  expect(said(correction.html)).toBe('marie@orange.fr');
  const corrected = await visitor.submit('/inscription/courriel/adresse', emails('marie@orange.fr'));
  expect(corrected.text).not.toContain('Vouliez-vous dire');
});

it('stands under the field of a form that came back', async () => {
  const { status, html } = await new Visitor().post('/inscription', {
    ...MARIE,
    nom: '',
    ...emails('marie@ornage.fr'),
  });
  expect(status).toBe(422);
  expect(said(html)).toBe('marie@orange.fr');
});

it('is silent for a right address, an empty one, and in an empty form', async () => {
  const visitor = new Visitor();
  const empty = await visitor.open('/inscription');
  expect([said(empty.html), empty.text]).toEqual(['', expect.not.stringContaining('Vouliez-vous')]);
  for (const email of ['marie@orange.fr', 'marie@example.fr', ''])
    expect(said((await visitor.post('/inscription', { ...MARIE, nom: '', ...emails(email) })).html)).toBe('');
});

it('shows no markup that was typed', async () => {
  const { html } = await new Visitor().post('/inscription', {
    ...MARIE,
    ...emails('<b onload=x>@ornage.fr'),
  });
  expect(said(html)).toBe('&lt;b onload=x&gt;@orange.fr');
});

it('notices a new address too, in the space', async () => {
  const { visitor, identifier } = await createAccount(await newTenant());
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  const space = await visitor.submit('/espace/courriel', {
    ...emails('marie@ornage.fr'),
    mot_de_passe_actuel: PASSWORD,
  });
  expect(space.text).toMatch(/Vouliez-vous dire marie@orange\.fr \? Changer mon adresse e-mail/);
  const refused = await visitor.post('/espace/courriel', {
    ...emails('marie@gmial.com'),
    mot_de_passe_actuel: '',
  });
  expect(said(refused.html)).toBe('marie@gmail.com');
});
