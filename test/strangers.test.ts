// Who knows an identifier and nothing else: the holder is never kept out, and nothing is read of what the holder does.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { liftPauses, readPauses } from '../src/client/pauses.ts';
import { ASKS, MINUTE, SIGN_IN } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { PASSWORD, passwords, Visitor } from './support/visitor.ts';

const HOUR = 60 * MINUTE;
const NEW = 'Granit-7b?';
let holder: Holder;

beforeEach(async () => {
  nextDay();
  openMailbox();
  holder = await createAccount(await newTenant());
  openMailbox();
});

const later = (span: number) => vi.setSystemTime(Date.now() + span);
const signIn = (mot_de_passe: string, visitor = new Visitor(), identifiant = holder.identifier) =>
  visitor.post('/connexion', { identifiant, mot_de_passe });
const ask = (visitor = new Visitor(), identifiant = holder.identifier) =>
  visitor.post('/mot-de-passe-oublie', { identifiant });

/** Fills the identifier's counter of the day: each try costs two hashes, so all but two are put into its row. */
async function failAllDay(): Promise<void> {
  await env.DB.prepare('DELETE FROM attempts').run();
  await signIn('Wrong-1234');
  const filled = 'UPDATE attempts SET count = ?1 - 1 WHERE count = 1 AND parts IS NULL';
  await env.DB.prepare(filled).bind(SIGN_IN.most).run();
  await signIn('Wrong-1234');
}

describe('« Mot de passe oublié »', () => {
  it('opens at every hour of a day on which a stranger asks without a pause: the newest mail is always good', async () => {
    const stranger = new Visitor();
    const locked: number[] = [];
    for (let hour = 0; hour < 24; hour++) {
      for (let nth = 0; nth < 3; nth++) {
        await ask(stranger);
        later(20 * MINUTE);
      }
      const page = await new Visitor().open(linkIn(lastMail(holder.email)));
      if (page.status !== 200) {
        // Nobody asked for a while: the holder asks, and a mail leaves.
        const before = mails(holder.email).length;
        await ask();
        if (mails(holder.email).length === before) locked.push(hour);
      }
    }
    expect(locked).toEqual([]);
    expect(mails(holder.email).length).toBeLessThanOrEqual(12);
    expect((await new Visitor().post(linkIn(lastMail(holder.email)), passwords(NEW))).status).toBe(303);
    expect((await signIn(NEW)).status).toBe(303);
  });

  it('a stranger’s network uses up its own share, not the holder’s', async () => {
    const stranger = new Visitor();
    for (let nth = 0; nth < 5; nth++) {
      await ask(stranger);
      later(2 * MINUTE);
    }
    expect(mails(holder.email)).toHaveLength(3);
    expect((await ask()).location).toBe('/mot-de-passe-oublie/courriel');
    expect(mails(holder.email)).toHaveLength(4);
  });

  it('tells from when a mail can leave again, in one way for who has an account and who has none', async () => {
    const told = [];
    for (const identifier of [holder.identifier, 'NHCAPAL000000']) {
      const visitor = new Visitor();
      for (let nth = 0; nth < 3; nth++) {
        expect((await ask(visitor, identifier)).status).toBe(303);
        later(MINUTE);
      }
      const page = await ask(visitor, identifier);
      expect(page.text).toMatch(
        /Ouvrez le dernier reçu : son lien reste bon\. Le prochain courriel pourra partir (à|le) .*\d+ h \d\d/,
      );
      expect(Number(page.headers.get('retry-after'))).toBe(4 * 3600 - 60);
      told.push([page.status, page.title, page.text.replace(/(à|le) [^.]*\d+ h \d\d/, 'THEN')]);
      later(-3 * MINUTE);
    }
    expect(told[0]?.[0]).toBe(429);
    expect(told[0]).toEqual(told[1]);
  });

  it('a link is dead after its hour, but for the time in which no newer one may leave', async () => {
    await ask();
    const first = linkIn(lastMail(holder.email));
    later(HOUR);
    expect((await new Visitor().open(first)).status).toBe(410);
    const visitor = new Visitor();
    for (let nth = 0; nth < 3; nth++) {
      await ask(visitor);
      later(MINUTE);
    }
    const newest = linkIn(lastMail(holder.email));
    later(4 * HOUR - 2 * MINUTE);
    expect((await visitor.open(newest)).status).toBe(200);
    // Elsewhere another may leave.
    expect((await new Visitor().open(newest)).status).toBe(410);
    later(MINUTE);
    expect((await visitor.open(newest)).status).toBe(410);
    expect((await visitor.post(`${newest}/nouveau-lien`)).location).toBe('/mot-de-passe-oublie/courriel');
  });

  it('takes thirty requests a day from one network, both forms together, and says so', async () => {
    const network = '203.0.113.150';
    const lost = { profil: 'locataire', reference: '1', nom: 'X', date_naissance: '01/01/1950' };
    for (let nth = 0; nth < ASKS.network / 2; nth++) {
      expect((await ask(new Visitor(network), `NHCAPAL1000${10 + nth}`)).status).toBe(303);
      expect((await new Visitor(network).post('/identifiant-oublie', lost)).status).toBe(303);
    }
    for (const page of [
      await ask(new Visitor(network)),
      await new Visitor(network).post('/identifiant-oublie', lost),
    ]) {
      expect(page.status).toBe(429);
      expect(page.text).toMatch(/Trop de demandes depuis votre connexion à internet : réessayez le/);
    }
    expect(mails(holder.email)).toEqual([]);
    expect((await ask()).status).toBe(303);
    expect(mails(holder.email)).toHaveLength(1);
  });
});

describe('a device that signed in before', () => {
  it('gets in although strangers have used up all tries of the day; another device does not', async () => {
    const own = new Visitor();
    await signIn(PASSWORD, own);
    await own.post('/deconnexion');
    await failAllDay();
    expect((await signIn(PASSWORD)).status).toBe(429);
    expect((await signIn(PASSWORD, own)).location).toBe('/espace');
  });

  it('has tries of its own: five, then a pause; a right one forgets them', async () => {
    const own = new Visitor();
    await signIn(PASSWORD, own);
    for (let nth = 0; nth < 4; nth++) await signIn('Wrong-1234', own);
    expect((await signIn('Wrong-1234', own)).text).toMatch(/Trop d’essais : réessayez/);
    expect((await signIn(PASSWORD, own)).status).toBe(429);
    expect((await signIn(PASSWORD)).status).toBe(303);
    later(MINUTE);
    expect((await signIn(PASSWORD, own)).status).toBe(303);
    expect((await signIn('Wrong-1234', own)).text).not.toContain('Encore');
  });

  it('is known by a cookie for this account alone, that nobody can make or change, without the identifier', async () => {
    const own = new Visitor();
    await signIn(PASSWORD, own);
    const [name = '', value = ''] =
      [...own.cookies].find(([key]) => key.startsWith('__Host-appareil-')) ?? [];
    expect(value).toMatch(/^\d{13}\.[\w-]{22}\.[\w-]{16}\.[\w-]{43}$/);
    expect(name + value).not.toContain(holder.identifier.slice(-6));
    await failAllDay();
    for (const forged of [
      value.replace(/^\d/, '9'),
      value.replace(/\.([\w-])/, (_, sign) => (sign === 'A' ? '.B' : '.A')),
      'x',
      '',
    ]) {
      const other = new Visitor();
      other.cookies.set(name, forged);
      expect((await signIn(PASSWORD, other)).status).toBe(429);
    }
    const next = await createAccount(await newTenant());
    const thief = new Visitor();
    await signIn(PASSWORD, thief, next.identifier);
    for (const [key, one] of [...thief.cookies])
      if (key.startsWith('__Host-appareil-')) thief.cookies.set(name, one);
    expect((await signIn(PASSWORD, thief)).status).toBe(429);
  });

  it('is a stranger again once the password was reset: an intruder’s device too', async () => {
    const intruder = new Visitor();
    await signIn(PASSWORD, intruder);
    await ask();
    await new Visitor().post(linkIn(lastMail(holder.email)), passwords(NEW));
    await failAllDay();
    expect((await signIn(NEW, intruder)).status).toBe(429);
    expect([...intruder.cookies.keys()].filter((name) => name.startsWith('__Host-appareil-'))).toEqual([]);
  });

  it('stays known when the password was changed on it', async () => {
    const own = new Visitor();
    await signIn(PASSWORD, own);
    await own.post('/espace/mot-de-passe', { mot_de_passe_actuel: PASSWORD, ...passwords(NEW) });
    await own.post('/deconnexion');
    await failAllDay();
    expect((await signIn(NEW, own)).status).toBe(303);
  });
});

describe('the counter of an identifier', () => {
  it('tells no stranger that its holder signed in', async () => {
    const stranger = new Visitor();
    const watch = async (holderComes: boolean, identifier: string) => {
      nextDay();
      const said: string[] = [];
      for (let nth = 0; nth < 5; nth++) {
        if (nth === 3 && holderComes) await signIn(PASSWORD, new Visitor(), identifier);
        const { text } = await signIn('Wrong-1234', stranger, identifier);
        said.push(/Encore \d|Trop d’essais/.exec(text)?.[0] ?? '');
      }
      return said;
    };
    const quiet = await watch(false, holder.identifier);
    expect(quiet).toEqual(['', '', 'Encore 2', 'Encore 1', 'Trop d’essais']);
    expect(await watch(true, holder.identifier)).toEqual(quiet);
    expect(await watch(false, 'NHCAPAL000000')).toEqual(quiet);
  });

  it('says how many tries are left of this network’s own, not of others’', async () => {
    for (let nth = 0; nth < 3; nth++) await signIn('Wrong-1234');
    expect((await signIn('Wrong-1234')).text).not.toContain('Encore');
  });

  it('its pause is seen by the landlord, and lifted', async () => {
    await failAllDay();
    const id = (await env.DB.prepare('SELECT client_id AS id FROM accounts WHERE identifier = ?')
      .bind(holder.identifier)
      .first<number>('id')) as number;
    const db = openDatabase(env.DB);
    expect((await readPauses(db, id, Date.now())).map(({ why }) => why)).toEqual(['sign_in']);
    await liftPauses(db, id);
    expect((await signIn(PASSWORD)).status).toBe(303);
  });
});

it('a network that tries many identifiers is stopped at two hundred failures a day, and writes nothing more', async () => {
  const network = '203.0.113.160';
  const spray = (nth: number) =>
    signIn('Wrong-1234', new Visitor(network), `NHCAPAL2${String(nth).padStart(5, '0')}`);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect((await spray(1)).status).toBe(422);
  // Each costs two hashes: all but the last few are put into the network's own row.
  await env.DB.prepare('UPDATE attempts SET count = ?1 - 2 WHERE count = 1 AND parts LIKE ?2')
    .bind(SIGN_IN.perNetwork, '{"%":1}')
    .run();
  for (const nth of [2, 3]) expect((await spray(nth)).status).toBe(422);
  const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)));
  log.mockRestore();
  expect(lines.filter(({ event }) => event === 'network_limit')).toEqual([
    expect.objectContaining({ what: 'sign-in' }),
  ]);
  const rows = () => env.DB.prepare('SELECT count(*) AS n FROM attempts').first<number>('n');
  const before = await rows();
  expect((await spray(999)).status).toBe(429);
  expect(await rows()).toBe(before);
  // A device of the house that is known to its account still gets in.
  const own = new Visitor();
  await signIn(PASSWORD, own);
  const athome = new Visitor(network);
  for (const [name, value] of own.cookies) athome.cookies.set(name, value);
  expect((await signIn(PASSWORD, athome)).status).toBe(303);
});
