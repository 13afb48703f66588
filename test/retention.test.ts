// What is kept, and for how long, at each limit, in virtual time.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { purge } from '../src/account/retention.ts';
import { DAY, HISTORY_KEPT, MINUTE, PURGE, SWEEP } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import wrangler from '../wrangler.toml?raw';
import { createAccount, newTenant } from './support/account.ts';
import { lastMail, linkIn, openMailbox, providerIs } from './support/mailbox.ts';
import { fillEmpty, filledColumns } from './support/rows.ts';
import { emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  // The clock stands still unless a test moves it.
  vi.setSystemTime(Date.now());
});

const night = () => runCron('23 3 * * *');
const later = (span: number) => vi.setSystemTime(Date.now() + span);
const count = (table: string, where = '1') =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<number>('n');

/** Runs the night just before a limit, then at it; returns how many rows there were after each. */
async function around(limit: number, table: string, where?: string): Promise<(number | null)[]> {
  later(limit - 1);
  await night();
  const before = await count(table, where);
  later(1);
  await night();
  return [before, await count(table, where)];
}

it('the daily cron of the code is one of wrangler.toml', () => {
  expect(wrangler).toContain('crons = ["* * * * *", "23 3 * * *"]');
});

it('a pending account goes after 30 days with all that hangs on it, and its person can begin again', async () => {
  const tenant = await newTenant();
  await new Visitor().post('/inscription', { ...MARIE, ...tenant, ...emails('pending@x.example.fr') });
  const link = linkIn(lastMail('pending@x.example.fr'));
  expect(await around(30 * DAY, 'accounts', "state = 'pending'")).toEqual([1, 0]);
  expect(await count('mails', "email = 'pending@x.example.fr'")).toBe(0);
  expect((await new Visitor().open(link)).status).toBe(410);
  const again = await new Visitor().post('/inscription', {
    ...MARIE,
    ...tenant,
    ...emails('again@x.example.fr'),
  });
  expect(again.status).toBe(303);
});

it('a pending account that asked for another link lives as long as that link', async () => {
  const tenant = await newTenant();
  await new Visitor().post('/inscription', { ...MARIE, ...tenant, ...emails('late@x.example.fr') });
  const { identifier } = (await env.DB.prepare(
    "SELECT identifier FROM accounts WHERE email = 'late@x.example.fr'",
  ).first()) as { identifier: string };
  later(29 * DAY);
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
  later(2 * DAY);
  await night();
  expect((await new Visitor().open(linkIn(lastMail('late@x.example.fr')))).status).toBe(200);
});

it('a new address that nobody confirmed goes after six days; its link says why', async () => {
  const { visitor, identifier } = await createAccount(await newTenant());
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  await visitor.post('/espace/courriel', { mot_de_passe_actuel: PASSWORD, ...emails('unread@x.example.fr') });
  expect(await around(6 * DAY, 'accounts', 'new_email IS NOT NULL')).toEqual([1, 0]);
  const page = await new Visitor().open(linkIn(lastMail('unread@x.example.fr')));
  expect(page.text).toContain('Ce lien a plus de 72 heures. Votre adresse n’a pas changé.');
});

it('a session goes after its thirty idle minutes, a counter after its day', async () => {
  const { visitor, identifier } = await createAccount(await newTenant());
  await visitor.post('/connexion', { identifiant: 'NHCAPAL999999', mot_de_passe: 'x' });
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  expect(await around(30 * MINUTE, 'sessions')).toEqual([1, 0]);
  expect(await count('attempts')).toBeGreaterThan(0);
  later(DAY);
  await runCron();
  expect(await count('attempts')).toBe(0);
});

it('counters that are over go in the next minute, however many, and those that run stay', async () => {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${SWEEP.perRound * 2 + 1})
     INSERT INTO attempts (key, count, expires_at) SELECT 'old-' || i, 1, ?1 + (i = 1) FROM n`,
  )
    .bind(Date.now())
    .run();
  await runCron();
  expect(await count('attempts', "key LIKE 'old-%'")).toBe(1);
});

it('events and mails go after six months; a mail still owed stays; the account works on', async () => {
  const { identifier, email } = await createAccount(await newTenant());
  const own = `kind = 'activated' AND account_id = (SELECT id FROM accounts WHERE identifier = '${identifier}')`;
  expect(await around(HISTORY_KEPT, 'events', own)).toEqual([1, 0]);
  expect(await count('mails', `email = '${email}'`)).toBe(0);
  const visitor = new Visitor();
  const space = await visitor.submit('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  expect(space.text).toContain('Dernière connexion Aucune depuis 6 mois');
  expect(space.text).not.toContain('Bravo');
  providerIs('down');
  await visitor.post('/mot-de-passe-oublie', { identifiant: identifier });
  later(HISTORY_KEPT);
  await night();
  expect(await count('mails', "state = 'queued'")).toBe(1);
  providerIs('up');
  await runCron();
  expect((await visitor.open(linkIn(lastMail(email)))).status).toBe(200);
});

it('the address of a closed account is gone after the night, the outbox included; the last mail still arrives', async () => {
  const { visitor, identifier, email } = await createAccount(await newTenant());
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  providerIs('down');
  await visitor.post('/espace/fermeture', { mot_de_passe_actuel: PASSWORD });
  await night();
  expect(await count('mails', `email = '${email}'`)).toBe(1);
  providerIs('up');
  later(2 * MINUTE);
  await runCron();
  expect(lastMail(email).subject).toBe('Votre compte est fermé');
  await night();
  expect(await count('mails', `email = '${email}'`)).toBe(0);
});

it('six months after a client left, the account closes and the data go; the identifier stays reserved', async () => {
  const { identifier } = await createAccount(await newTenant());
  const id = await env.DB.prepare('SELECT client_id FROM accounts WHERE identifier = ?')
    .bind(identifier)
    .first('client_id');
  await env.DB.prepare('UPDATE clients SET left_at = ? WHERE id = ? OR reference = ?')
    .bind(Date.now(), id, '4714')
    .run();
  await fillEmpty('clients', `id = ${id}`);
  expect(await around(HISTORY_KEPT, 'clients', "reference = '4714'")).toEqual([1, 0]);
  const account = await env.DB.prepare('SELECT * FROM accounts WHERE identifier = ?')
    .bind(identifier)
    .first();
  expect(account).toMatchObject({ state: 'closed', email: null, password_hash: null, identifier });
  expect((await filledColumns('clients', `id = ${id}`)).sort()).toEqual([
    'id',
    'kind',
    'left_at',
    'present_since',
  ]);
});

it('a finished import goes after six months, but for the last that was applied', async () => {
  const insert = env.DB.prepare(
    'INSERT INTO imports (id, state, started_at, lease_until, finished_at) VALUES (?, ?, ?, ?, ?)',
  );
  const finished = (id: number, state: string) => insert.bind(id, state, Date.now(), Date.now(), Date.now());
  await env.DB.batch([finished(901, 'applied'), finished(902, 'refused'), finished(903, 'applied')]);
  expect(await around(HISTORY_KEPT, 'imports', 'id > 900')).toEqual([3, 1]);
  expect(await count('imports', 'id = 903')).toBe(1);
});

it('a longer grace is respected: nobody loses data while the door is still open', async () => {
  await env.DB.prepare("UPDATE clients SET left_at = ? WHERE reference = '497'").bind(Date.now()).run();
  await purge(openDatabase(env.DB), 365, Date.now() + HISTORY_KEPT);
  expect(await count('clients', "reference = '497'")).toBe(1);
  await purge(openDatabase(env.DB), 365, Date.now() + 365 * DAY);
  expect(await count('clients', "reference = '497'")).toBe(0);
});

it('a night takes a bounded number of rows; the next one goes on', async () => {
  const most = PURGE.perRound * PURGE.rounds;
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most + 500})
     INSERT INTO sessions (id, account_id, created_at, last_seen_at, device)
     SELECT 'old-' || i, (SELECT max(id) FROM accounts), 0, 0, '' FROM n`,
  ).run();
  await night();
  expect(await count('sessions', "id LIKE 'old-%'")).toBe(500);
  await night();
  expect(await count('sessions', "id LIKE 'old-%'")).toBe(0);
});

it('a waiting page and a link whose rows are gone still answer', async () => {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...(await newTenant()), ...emails('gone@x.example.fr') });
  const link = linkIn(lastMail('gone@x.example.fr'));
  later(30 * DAY);
  await night();
  expect((await visitor.open('/inscription/courriel')).status).toBe(200);
  expect((await visitor.post(link, passwords(PASSWORD))).status).toBe(410);
});
