// Faults the outbox must survive, with a stand-in bound as EMAIL and virtual time.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, DELIVERY, MINUTE } from '../src/numbers.ts';
import { createAccount, newTenant } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { handovers, lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, request, runCron, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  nextDay();
});

/** Lets virtual minutes pass, with cron in each. */
async function minutesPass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    vi.setSystemTime(Date.now() + MINUTE);
    await runCron();
  }
}

/** Lets the minutes pass at once, then runs cron. */
async function cronAfter(minutes: number): Promise<void> {
  vi.setSystemTime(Date.now() + minutes * MINUTE);
  await runCron();
}

/** Asks for an account in the name of MARIE; returns the browser that waits. */
async function askFrom(email: string): Promise<Visitor> {
  const visitor = new Visitor();
  expect((await visitor.post('/inscription', { ...MARIE, ...emails(email) })).status).toBe(303);
  return visitor;
}

async function rowOf(email: string) {
  return env.DB.prepare('SELECT state, last_error AS reason, attempts FROM mails WHERE email = ?')
    .bind(email)
    .first<{ state: string; reason: string | null; attempts: number }>();
}

/** Owes mails to an account of its own, as many notices as asked, each to another address. */
async function oweNotices(count: number): Promise<void> {
  const { identifier } = await createAccount(await newTenant());
  openMailbox();
  await env.DB.prepare(
    `INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
     SELECT lower(hex(randomblob(16))), 'password_changed', a.id, 'n' || value || '@x.example.fr', 1, 'n', ?1, ?1
     FROM accounts AS a, json_each(?2) WHERE a.identifier = ?3`,
  )
    .bind(Date.now(), JSON.stringify(Array.from({ length: count }, (_, index) => index)), identifier)
    .run();
}

it('the provider fails for an hour: each owed mail arrives once, tried after 1, 2, 5, 15 and 60 minutes', async () => {
  providerIs('E_INTERNAL_SERVER_ERROR');
  const triedAt: number[] = [];
  await askFrom('a@x.example.fr');
  for (let minute = 1; minute <= 60; minute++) {
    const before = handovers();
    await minutesPass(1);
    if (handovers() > before) triedAt.push(minute);
  }
  expect(triedAt).toEqual([1, 3, 8, 23]);
  providerIs('up');
  await cronAfter(23);
  await cronAfter(60);
  expect(mails('a@x.example.fr')).toHaveLength(1);
  expect((await new Visitor().open(linkIn(lastMail('a@x.example.fr')))).status).toBe(200);
});

it('a mail is tried hourly for a day, then given up', async () => {
  providerIs('down');
  await askFrom('b@x.example.fr');
  for (const minutes of [1, 2, 5, 15, 60, 59]) await cronAfter(minutes);
  expect(handovers()).toBe(6);
  await cronAfter(1);
  expect(handovers()).toBe(7);
  await cronAfter(24 * 60);
  expect(await rowOf('b@x.example.fr')).toMatchObject({ state: 'failed', reason: 'unreachable' });
  await cronAfter(60);
  expect(handovers()).toBe(8);
});

it.each([
  ['E_CONTENT_TOO_LARGE', 'content_refused', 'Notre courriel n’a pas pu arriver à cette adresse.'],
  ['E_HEADER_NOT_ALLOWED', 'content_refused', 'Notre courriel n’a pas pu arriver à cette adresse.'],
] as const)('%s: one try, refused (%s), and the waiting page says so', async (code, reason, words) => {
  providerIs(code);
  const email = `${code.toLowerCase()}@x.example.fr`;
  const visitor = await askFrom(email);
  await minutesPass(5);
  expect(handovers()).toBe(1);
  expect(await rowOf(email)).toMatchObject({ state: 'refused', reason });
  const page = await visitor.open('/inscription/courriel');
  expect(page.title).toContain('Votre courriel n’est pas arrivé');
  expect(page.text).toContain(words);
});

it.each([
  ['E_RATE_LIMIT_EXCEEDED', 'throttled', 'Votre courriel va partir', 'le service d’envoi ne répond pas'],
  ['E_DAILY_LIMIT_EXCEEDED', 'quota', 'Votre courriel va partir', 'L’envoi peut prendre jusqu’à demain.'],
  ['E_DELIVERY_FAILED', 'provider_failed', 'Votre courriel va partir', 'le service d’envoi ne répond pas'],
  ['E_SENDER_NOT_VERIFIED', 'setup_refused', 'Votre courriel va partir', 'le service d’envoi ne répond pas'],
  ['E_SOMETHING_NEW', 'unreachable', 'Votre courriel va partir', 'le service d’envoi ne répond pas'],
  [
    'E_RECIPIENT_SUPPRESSED',
    'address_suppressed',
    'Votre courriel n’est pas encore parti',
    'Si votre messagerie est pleine, supprimez quelques courriels : nous réessayons pendant 3 jours.',
  ],
] as const)(
  '%s: tried again (%s), and the waiting page says why it waits',
  async (code, reason, title, words) => {
    providerIs(code);
    const email = `${code.toLowerCase()}@x.example.fr`;
    const visitor = await askFrom(email);
    expect(await rowOf(email)).toMatchObject({ state: 'queued', reason });
    const page = await visitor.open('/inscription/courriel');
    expect(page.title).toContain(title);
    expect(page.text).toContain(words);
    providerIs('up');
    await minutesPass(2);
    expect(mails(email)).toHaveLength(1);
  },
);

it('a mail held back by the quota waits three days: then it is given up', async () => {
  providerIs('E_DAILY_LIMIT_EXCEEDED');
  await askFrom('quota@x.example.fr');
  for (const hours of [12, 23, 23, 13]) await cronAfter(60 * hours);
  expect(await rowOf('quota@x.example.fr')).toMatchObject({ state: 'queued', reason: 'quota' });
  await cronAfter(60);
  expect(await rowOf('quota@x.example.fr')).toMatchObject({ state: 'failed', reason: 'quota' });
});

it('the page of a new address still says on the second day that its mail waits for the quota', async () => {
  const { visitor, identifier } = await createAccount(await newTenant());
  const signIn = () => visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  await signIn();
  providerIs('E_DAILY_LIMIT_EXCEEDED');
  await visitor.post('/espace/courriel', { mot_de_passe_actuel: PASSWORD, ...emails('second@x.example.fr') });
  for (const hours of [20, 20]) await cronAfter(60 * hours);
  await signIn();
  expect((await visitor.open('/espace/courriel')).text).toContain('L’envoi peut prendre jusqu’à demain.');
  providerIs('up');
  await cronAfter(60);
  expect(mails('second@x.example.fr')).toHaveLength(1);
});

it('once the quota is renewed a mail has its whole day of tries: another fault of an hour loses nothing', async () => {
  providerIs('E_DAILY_LIMIT_EXCEEDED');
  const visitor = await askFrom('renewed@x.example.fr');
  for (const hours of [20, 20]) await cronAfter(60 * hours);
  providerIs('down');
  for (const hours of [2, 21]) await cronAfter(60 * hours);
  expect(await rowOf('renewed@x.example.fr')).toMatchObject({ state: 'queued', reason: 'unreachable' });
  providerIs('up');
  await cronAfter(60);
  expect((await visitor.open(linkIn(lastMail('renewed@x.example.fr')))).status).toBe(200);
  providerIs('E_DAILY_LIMIT_EXCEEDED');
  await askFrom('lost@x.example.fr');
  for (const hours of [20, 20]) await cronAfter(60 * hours);
  providerIs('down');
  for (const hours of [2, 22]) await cronAfter(60 * hours);
  expect(await rowOf('lost@x.example.fr')).toMatchObject({ state: 'failed', reason: 'unreachable' });
});

it('a suppressed address is written to within the hour in which its suppression ends', async () => {
  providerIs('E_RECIPIENT_SUPPRESSED');
  const visitor = await askFrom('full@x.example.fr');
  for (const minutes of [1, 2, 5, 15, 37, 23 * 60]) await cronAfter(minutes);
  expect(handovers()).toBe(6);
  providerIs('up');
  await cronAfter(60);
  expect((await visitor.open(linkIn(lastMail('full@x.example.fr')))).status).toBe(200);
});

it('a suppression of a week or for good: after three days another address is asked for; a mail of later is tried', async () => {
  providerIs('E_RECIPIENT_SUPPRESSED');
  await askFrom('gone@x.example.fr');
  for (const hours of [12, 23, 23, 13]) await cronAfter(60 * hours);
  expect(await rowOf('gone@x.example.fr')).toMatchObject({ state: 'queued' });
  await cronAfter(60);
  expect(await rowOf('gone@x.example.fr')).toMatchObject({ state: 'refused', reason: 'address_suppressed' });
  providerIs('up');
  vi.setSystemTime(Date.now() + 4 * DAY);
  await askFrom('gone@x.example.fr');
  expect(mails('gone@x.example.fr')).toHaveLength(1);
});

it('one reader’s suppressed address is no fault of the portal: /sante stays well', async () => {
  providerIs('E_RECIPIENT_SUPPRESSED');
  await askFrom('theirs@x.example.fr');
  await cronAfter(2 * 60);
  const answer = await request('/sante');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ mails: 'ok', oldestOwedMailSeconds: null });
});

it('a sender the provider does not accept is named by /sante until it is mended', async () => {
  providerIs('E_SENDER_DOMAIN_NOT_AVAILABLE');
  await askFrom('c@x.example.fr');
  const ill = await request('/sante');
  expect(ill.status).toBe(503);
  expect(await ill.json()).toMatchObject({
    settings: 'failed',
    wrongSettings: ['MAIL_FROM or MAIL_API_KEY is refused by the mail provider'],
  });
  providerIs('up');
  await minutesPass(2);
  expect((await request('/sante')).status).toBe(200);
});

it('a binding that never answers is given up after ten seconds and tried again', async () => {
  providerIs('silent');
  await askFrom('d@x.example.fr');
  expect(await rowOf('d@x.example.fr')).toMatchObject({ state: 'queued', reason: 'timeout' });
  providerIs('up');
  await minutesPass(1);
  expect(mails('d@x.example.fr')).toHaveLength(1);
});

it('a mail taken while D1 cannot note it is sent at most once more, with the same link', async () => {
  const original = env.DB.prepare.bind(env.DB);
  const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation((query) => {
    if (/^update "mails" set "state"/i.test(query) && mails().length > 0) throw new Error('D1_ERROR: down');
    return original(query);
  });
  await askFrom('e@x.example.fr');
  expect(prepare).toHaveBeenCalled();
  prepare.mockRestore();
  expect(await rowOf('e@x.example.fr')).toMatchObject({ state: 'queued', attempts: 1 });
  await minutesPass(10);
  const links = mails('e@x.example.fr').map(linkIn);
  expect(links).toHaveLength(2);
  expect(new Set(links).size).toBe(1);
});

it('a row overtaken while it waits is cancelled, and nothing leaves for it', async () => {
  providerIs('down');
  const visitor = await askFrom('old@x.example.fr');
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  await visitor.post('/inscription/courriel/renvoi');
  providerIs('up');
  await minutesPass(5);
  expect(mails('old@x.example.fr')).toHaveLength(1);
  const { results } = await env.DB.prepare('SELECT state FROM mails WHERE email = ? ORDER BY version')
    .bind('old@x.example.fr')
    .all();
  expect(results).toEqual([{ state: 'cancelled' }, { state: 'sent' }]);
});

it('however many are due, none leaves that no longer fits: not one that stands behind fifty stale ones', async () => {
  const tenant = await newTenant();
  const { visitor, identifier, email } = await createAccount(tenant);
  openMailbox();
  providerIs('down');
  const stale = `INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
     SELECT 'stale-' || value, 'reset_link', a.id, a.email, 0, 'n', ?1, ?1 FROM accounts AS a, json_each(?2)
     WHERE a.identifier = ?3`;
  const numbers = JSON.stringify(Array.from({ length: DELIVERY.perSweep + 5 }, (_, nth) => nth));
  await env.DB.prepare(stale)
    .bind(Date.now() - MINUTE, numbers, identifier)
    .run();
  const { reference, nom, date_naissance } = tenant;
  await new Visitor().post('/identifiant-oublie', { profil: 'locataire', reference, nom, date_naissance });
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  await visitor.post('/espace/courriel', { mot_de_passe_actuel: PASSWORD, ...emails('moved@x.example.fr') });
  providerIs('up');
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  await env.DB.prepare("UPDATE accounts SET email = 'moved@x.example.fr' WHERE identifier = ?")
    .bind(identifier)
    .run();
  await runCron();
  await minutesPass(3);
  expect(mails(email).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Changement d’adresse/),
  ]);
  const { results } = await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE state = 'queued'").all();
  expect(results).toEqual([{ n: 0 }]);
});

it('copies of a mail whose answers were lost carry one link, with one end', async () => {
  const { identifier, email } = await createAccount(await newTenant());
  openMailbox();
  providerIs('forgetful');
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
  const asked = Date.now();
  for (const minutes of [1, 2, 5, 15]) await cronAfter(minutes);
  expect(mails(email)).toHaveLength(5);
  expect(new Set(mails(email).map(linkIn)).size).toBe(1);
  const link = linkIn(lastMail(email));
  vi.setSystemTime(asked + 60 * MINUTE - 1);
  expect((await new Visitor().open(link)).status).toBe(200);
  vi.setSystemTime(asked + 60 * MINUTE);
  expect((await new Visitor().open(link)).status).toBe(410);
  // Still owed after its hour, it carries another link, with an hour of its own.
  await cronAfter(30);
  expect(linkIn(lastMail(email))).not.toBe(link);
  expect((await new Visitor().open(link)).status).toBe(410);
  expect((await new Visitor().open(linkIn(lastMail(email)))).status).toBe(200);
});

it('a mail that the provider refused for hours has its whole hour when it leaves', async () => {
  const { identifier, email } = await createAccount(await newTenant());
  openMailbox();
  providerIs('E_RATE_LIMIT_EXCEEDED');
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
  for (const minutes of [1, 2, 5, 15]) await cronAfter(minutes);
  providerIs('up');
  await cronAfter(60);
  const link = linkIn(lastMail(email));
  vi.setSystemTime(Date.now() + 59 * MINUTE);
  expect((await new Visitor().open(link)).status).toBe(200);
});

describe('many owed mails', () => {
  it('leave in bounded runs, each once, also when sweeps overlap', async () => {
    await oweNotices(1200);
    await Promise.all([runCron(), runCron()]);
    expect(mails().length).toBeGreaterThan(DELIVERY.perSweep);
    expect(mails().length).toBeLessThanOrEqual(2 * DELIVERY.perRun);
    await minutesPass(2);
    expect(mails()).toHaveLength(1200);
    expect(new Set(mails().map(({ to }) => to)).size).toBe(1200);
  });

  it('are not handed over when the lease no longer covers them: a slow provider makes no double', async () => {
    await oweNotices(50);
    const startedAt = Date.now() + MINUTE;
    providerIs('slow');
    await cronAfter(1);
    expect(handovers()).toBeLessThan(50);
    expect(Date.now() - startedAt).toBeLessThan(DELIVERY.lease + DELIVERY.atOnce * 6_000);
    providerIs('up');
    await minutesPass(4);
    expect(handovers()).toBe(50);
    expect(mails()).toHaveLength(50);
  });

  it('wait together when the provider asks for a pause: no try is spent on the rest', async () => {
    await oweNotices(100);
    providerIs('E_RATE_LIMIT_EXCEEDED');
    await runCron();
    expect(handovers()).toBe(DELIVERY.atOnce);
    providerIs('up');
    await minutesPass(2);
    expect(mails()).toHaveLength(100);
  });
});
