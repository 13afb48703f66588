import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings, SETTING_NAMES } from '../src/env.ts';
import portal from '../src/index.tsx';
import { MINUTE } from '../src/numbers.ts';
import { newTenant } from './support/account.ts';
import { clientFile, forgetClients, night, postFile, tenant } from './support/client-file.ts';
import { OPTIONAL_SETTINGS } from './support/landlords.ts';
import { openMailbox, providerIs } from './support/mailbox.ts';
import { MARIE, request, runCron, Visitor } from './support/visitor.ts';

const health = async (bindings = env) => {
  const answer = await request('/sante', {}, bindings);
  return { status: answer.status, body: await answer.json() };
};

beforeEach(async () => {
  await env.DB.batch(['mails', 'runs'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

it('GET /sante is ok when D1, KV and the settings are', async () => {
  expect(await health()).toEqual({
    status: 200,
    body: {
      status: 'ok',
      database: 'ok',
      tokens: 'ok',
      settings: 'ok',
      mails: 'ok',
      cron: 'ok',
      clientFile: 'ok',
      wrongSettings: [],
      oldestOwedMailSeconds: null,
      cronSeconds: null,
      clientFileSeconds: expect.any(Number),
    },
  });
});

it('tells the age of the oldest mail that is late; of one on its way nothing, or it would tell who has an account', async () => {
  openMailbox();
  providerIs('down');
  const start = Date.now();
  vi.setSystemTime(start);
  await new Visitor().post('/inscription', MARIE);
  vi.setSystemTime(start + 2 * MINUTE - 1);
  expect((await health()).body).toMatchObject({ oldestOwedMailSeconds: null });
  vi.setSystemTime(start + 5 * MINUTE);
  expect((await health()).body).toMatchObject({ status: 'ok', oldestOwedMailSeconds: 300 });
  vi.useRealTimers();
});

it('fails when a mail is owed for more than an hour, and is well again when it left', async () => {
  openMailbox();
  providerIs('E_DAILY_LIMIT_EXCEEDED');
  const start = Date.now();
  vi.setSystemTime(start);
  await new Visitor().post('/inscription', { ...MARIE, ...(await newTenant()) });
  vi.setSystemTime(start + 60 * MINUTE);
  expect(await health()).toMatchObject({ status: 200, body: { mails: 'ok', oldestOwedMailSeconds: 3600 } });
  vi.setSystemTime(start + 60 * MINUTE + 1000);
  expect(await health()).toMatchObject({
    status: 503,
    body: { status: 'failed', mails: 'failed', database: 'ok', oldestOwedMailSeconds: 3601 },
  });
  providerIs('up');
  vi.setSystemTime(start + 61 * MINUTE);
  await runCron();
  expect(await health()).toMatchObject({ status: 200, body: { mails: 'ok', oldestOwedMailSeconds: null } });
  vi.useRealTimers();
});

describe('the client file', () => {
  const marie = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956');
  const watching = (days: string) => health({ ...env, CLIENT_FILE_DAYS: days } as unknown as typeof env);

  beforeEach(async () => {
    await forgetClients();
    vi.setSystemTime('2026-11-26T03:00:00Z');
  });
  afterEach(() => vi.useRealTimers());

  it('tells the age of the last one applied: not of one tried, refused, or of new numbers', async () => {
    await night(marie);
    vi.setSystemTime('2026-11-27T03:00:00Z');
    expect((await postFile(clientFile(marie), '?essai=1')).status).toBe(200);
    expect((await postFile('no file')).status).toBeGreaterThan(400);
    const numbers = await postFile('profil;ancienne;nouvelle\nlocataire;471;90471\n', '/renumerotation');
    expect(numbers.report).toMatchObject({ outcome: 'applied' });
    expect((await health()).body).toMatchObject({ clientFile: 'ok', clientFileSeconds: 24 * 3600 });
    await night(tenant('90471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'));
    expect((await health()).body).toMatchObject({ clientFileSeconds: 0 });
  });

  it('fails when the last applied one is older than CLIENT_FILE_DAYS; empty: never', async () => {
    await night(marie);
    vi.setSystemTime('2026-11-29T03:00:00Z');
    expect(await watching('3')).toMatchObject({ status: 200, body: { clientFile: 'ok' } });
    vi.setSystemTime('2026-11-29T03:00:01Z');
    expect(await watching('3')).toMatchObject({
      status: 503,
      body: { status: 'failed', clientFile: 'failed', database: 'ok', clientFileSeconds: 3 * 24 * 3600 + 1 },
    });
    expect(await watching('4')).toMatchObject({ status: 200 });
    expect(await watching('')).toMatchObject({ status: 200 });
    expect(await watching('three')).toMatchObject({
      status: 503,
      body: { clientFile: 'ok', settings: 'failed' },
    });
  });

  it('watched and never sent is a failure too: nobody can open an account', async () => {
    expect(await watching('3')).toMatchObject({
      status: 503,
      body: { clientFile: 'failed', clientFileSeconds: null },
    });
    expect(await watching('')).toMatchObject({ status: 200 });
  });
});

it('tells when cron last ran, and fails when it fell silent for ten minutes', async () => {
  vi.setSystemTime(Date.now());
  await runCron();
  vi.setSystemTime(Date.now() + 10 * MINUTE);
  expect(await health()).toMatchObject({ status: 200, body: { cron: 'ok', cronSeconds: 600 } });
  vi.setSystemTime(Date.now() + 1000);
  expect(await health()).toMatchObject({ status: 503, body: { status: 'failed', cron: 'failed' } });
  await runCron();
  expect((await health()).status).toBe(200);
  vi.useRealTimers();
});

it('answers 503 and names the part that fails', async () => {
  const database = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error('D1 is down');
  });
  expect(await health()).toMatchObject({
    status: 503,
    body: { status: 'failed', database: 'failed', tokens: 'ok' },
  });
  database.mockRestore();
  const tokens = vi.spyOn(env.TOKENS, 'get').mockRejectedValue(new Error('KV is down'));
  expect(await health()).toMatchObject({
    status: 503,
    body: { status: 'failed', database: 'ok', tokens: 'failed' },
  });
  tokens.mockRestore();
  const answer = await request('/sante', {}, { ...env, TOKENS: undefined } as unknown as typeof env);
  expect([answer.status, await answer.json()]).toMatchObject([503, { database: 'ok', tokens: 'failed' }]);
});

it('names a wrong setting and what it should be, never its value; pages then answer 503', async () => {
  const wrong = { ...env, TIME_ZONE: 'Mars/Olympus', PORTAL_SECRET: 'short' };
  const context = { waitUntil() {}, passThroughOnException() {}, props: {} } as unknown as ExecutionContext;
  const answer = await portal.fetch(new Request('https://x.example/sante'), wrong, context);
  expect(answer.status).toBe(503);
  const body = await answer.text();
  expect(body).toContain('TIME_ZONE must be a time zone such as Europe/Paris');
  expect(body).toContain('PORTAL_SECRET must be at least 32 characters long');
  expect(body).not.toMatch(/Olympus|short"/);
  const page = await portal.fetch(new Request('https://x.example/connexion'), wrong, context);
  expect(page.status).toBe(503);
});

it('names a mail setting that is missing: the key of the HTTP API, the binding of Cloudflare’s service', async () => {
  for (const [bindings, sentence] of [
    [{ MAIL_PROVIDER: 'brevo' }, 'MAIL_API_KEY is missing: set it with `wrangler secret put MAIL_API_KEY`'],
    [{ EMAIL: undefined }, 'EMAIL is not bound: MAIL_PROVIDER cloudflare needs [[send_email]]'],
  ]) {
    const answer = await request('/sante', {}, { ...env, ...(bindings as object) } as typeof env);
    expect([answer.status, await answer.json()]).toMatchObject([503, { wrongSettings: [sentence] }]);
  }
});

it.each([
  [
    'PORTAL_ORIGIN',
    'https://x.example/',
    'PORTAL_ORIGIN must be an origin such as https://portail.example.fr, without path or final slash',
  ],
  ['PORTAL_ORIGIN', 'x.example', 'PORTAL_ORIGIN must be an origin such as https://portail.example.fr'],
  ['IDENTIFIER_PREFIX', 'nh', 'IDENTIFIER_PREFIX must be 2 to 10 capital letters, such as NHCAPA'],
  ['CONTACT_EMAIL', '', 'CONTACT_EMAIL must be an e-mail address'],
  ['CLIENT_LEFT_GRACE_DAYS', 'ninety', 'CLIENT_LEFT_GRACE_DAYS must be a number of days, such as 90'],
  ['CLIENT_FILE_DAYS', '0', 'CLIENT_FILE_DAYS must be empty or a number of days, such as 3'],
  ['REPORT_TO', 'direction', 'REPORT_TO must be empty or an e-mail address'],
  ['ACCENT_COLOR', 'red', 'ACCENT_COLOR must be empty or a colour such as #0b5563'],
  [
    'ACCENT_COLOR',
    '#e0b04a',
    'ACCENT_COLOR is too pale: 1.7:1 with the sand of the pages, where 4.5:1 is needed',
  ],
  // Enough with white, not with the surfaces.
  ['ACCENT_COLOR', '#767676', 'ACCENT_COLOR is too pale: 3.9:1'],
  ['MAIL_PROVIDER', 'pigeon', 'MAIL_PROVIDER must be cloudflare or brevo'],
  ['CONTACT_PHONE', ' ', 'CONTACT_PHONE must not be empty'],
  ['LETTER_WORDS', 'é'.repeat(401), 'LETTER_WORDS must have 400 signs at most: it has 401'],
  ['SERVICES', 'Payer', 'SERVICES is wrong in entry 1: behind its label and « | » must stand an address'],
  ['SERVICES', 'A | https://a.fr; B | http://b.fr', 'SERVICES is wrong in entry 2: behind its label'],
  ['SERVICES', 'A | javascript:alert(1)', 'SERVICES is wrong in entry 1: behind its label'],
  ['SERVICES', 'A | https://a:b@a.fr', 'SERVICES is wrong in entry 1: behind its label'],
  [
    'SERVICES',
    'A | https://a.fr | privé',
    'SERVICES is wrong in entry 1: behind its address may stand « | public »',
  ],
  ['SERVICES', 'A | https://a.fr | public | x', 'SERVICES is wrong in entry 1: behind its address'],
  ['SERVICES', '| https://a.fr', 'SERVICES is wrong in entry 1: it has no label'],
  [
    'SERVICES',
    'A | https://a.fr; A | https://b.fr',
    'SERVICES is wrong in entry 1: its label is there twice',
  ],
  [
    'SERVICES',
    `${'A'.repeat(61)} | https://a.fr`,
    'SERVICES is wrong in entry 1: its label has more than 60',
  ],
  [
    'SERVICES',
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((nth) => `${nth} | https://a.fr`).join(';'),
    'SERVICES has 9 entries: 8 at most',
  ],
  ['MAIL_ACCOUNT_ID', 'abc', 'MAIL_ACCOUNT_ID must be empty or the 32 signs of an account’s id'],
  ['CLIENT_LEFT_GRACE_DAYS', 90, 'CLIENT_LEFT_GRACE_DAYS must be in quotes'],
  ['PROVISIONAL_PASSWORD_BY_MAIL', true, 'PROVISIONAL_PASSWORD_BY_MAIL must be in quotes'],
])('the setting %s = %j is refused: %s', (name, value, sentence) => {
  expect(() => readSettings({ ...env, [name]: value })).toThrow(sentence);
});

const SETTINGS = SETTING_NAMES.filter((name) => !/SECRET|KEY/.test(name) && !OPTIONAL_SETTINGS.test(name));

it.each(SETTINGS)('the setting %s is missing: said so, once', (name) => {
  expect(SETTINGS).toHaveLength(17);
  const read = () => readSettings({ ...env, [name]: undefined });
  expect(read).toThrow(new RegExp(`^${name} is missing$`));
});
