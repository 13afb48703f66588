// The HTTP transport, over real sockets, against a server that plays the provider with the faults an address asks for.

import { createScheduledController } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import portal from '../src/index.tsx';
import { MINUTE } from '../src/numbers.ts';
import { createAccount } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { openMailbox } from './support/mailbox.ts';
import type { Taken } from './support/provider.ts';
import { request } from './support/visitor.ts';

const brevo = {
  ...env,
  MAIL_PROVIDER: 'brevo',
  MAIL_API_BASE: 'http://provider.example',
  MAIL_API_KEY: 'a-key',
} as unknown as typeof env;

let identifier: string;
beforeAll(async () => {
  openMailbox();
  identifier = (await createAccount()).identifier;
});

beforeEach(() => {
  nextDay();
});

async function minutesPass(minutes: number, bindings = brevo): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    vi.setSystemTime(Date.now() + MINUTE);
    const cron = createScheduledController({ scheduledTime: new Date(), cron: '* * * * *' });
    await portal.scheduled(cron, bindings);
  }
}

/** Owes one notice to each address. */
async function oweNotices(addresses: string[]): Promise<void> {
  const rows = addresses.map((email) => [crypto.randomUUID(), email]);
  await env.DB.prepare(
    `INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
     SELECT value->>0, 'password_changed', a.id, value->>1, 1, 'n', ?1, ?1
     FROM accounts AS a, json_each(?2) WHERE a.identifier = ?3`,
  )
    .bind(Date.now(), JSON.stringify(rows), identifier)
    .run();
}

async function takenTo(address = ''): Promise<Taken[]> {
  const answer = await env.MAIL_API.fetch('http://provider.example/taken');
  return (await answer.json<Taken[]>()).filter(({ to }) => to.includes(address));
}

async function rowOf(email: string) {
  return env.DB.prepare(
    'SELECT state, last_error AS reason, attempts, next_attempt_at AS next FROM mails WHERE email = ?',
  )
    .bind(email)
    .first<{ state: string; reason: string | null; attempts: number; next: number }>();
}

it('hands over sender, reader, reply address, both parts, and the mail’s id as idempotency key', async () => {
  await oweNotices(['plain@x.example.fr']);
  await minutesPass(1);
  const [mail] = await takenTo('plain@x.example.fr');
  const { id } = (await env.DB.prepare(
    "SELECT id FROM mails WHERE email = 'plain@x.example.fr'",
  ).first()) as {
    id: string;
  };
  expect(mail?.message).toEqual({
    sender: { email: 'portail@ophcapa.fr', name: 'OPH de la CAPA' },
    to: [{ email: 'plain@x.example.fr' }],
    replyTo: { email: 'gestion@ophcapa.fr' },
    subject: 'Votre mot de passe a changé',
    textContent: expect.stringContaining('Bonjour Marie-Dominique Orsoni'),
    htmlContent: expect.stringContaining('Bonjour Marie-Dominique Orsoni'),
    headers: { 'Auto-Submitted': 'auto-generated', idempotencyKey: id, 'X-Mailin-custom': id },
  });
  expect(await rowOf('plain@x.example.fr')).toMatchObject({ state: 'sent', reason: null });
});

it('500 mails through faults (500, 429, resets, lost answers, time-outs): all delivered, none lost, none twice', async () => {
  const faults = ['500x1', '500x3', 'resetx1', 'resetx2', 'lostx1', 'lostx2', 'plain'];
  const addresses = Array.from(
    { length: 497 },
    (_, index) => `${faults[index % 7]}.many${index}@x.example.fr`,
  );
  const rare = ['429x1.many497@x.example.fr', '429x1.many498@x.example.fr', 'latex1.many499@x.example.fr'];
  await oweNotices([...addresses, ...rare]);
  // Nobody waits ten real seconds for the one answer that never comes.
  const { timeout } = AbortSignal;
  const impatient = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 10));
  await minutesPass(60);
  impatient.mockRestore();
  const taken = await takenTo('.many');
  expect(taken).toHaveLength(500);
  expect(taken.filter(({ delivered }) => delivered !== 1)).toEqual([]);
  // Every retry carried the same key and, byte for byte, the same body.
  expect(taken.filter(({ bodies }) => bodies.length !== 1)).toEqual([]);
  expect(taken.filter(({ tries }) => tries > 1).length).toBeGreaterThan(390);
  const left = await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE state <> 'sent'").first('n');
  expect(left).toBe(0);
}, 60_000);

it('429 with Retry-After is respected', async () => {
  await oweNotices(['429x1.after@x.example.fr']);
  await minutesPass(1);
  expect(await rowOf('429x1.after@x.example.fr')).toMatchObject({
    state: 'queued',
    reason: 'throttled',
    next: Date.now() + 10 * MINUTE,
  });
  await minutesPass(9);
  expect((await takenTo('.after'))[0]?.tries).toBe(1);
  await minutesPass(1);
  expect((await takenTo('.after'))[0]).toMatchObject({ tries: 2, delivered: 1 });
});

it('an address the provider does not accept is tried once', async () => {
  await oweNotices(['400x9.never@x.example.fr']);
  await minutesPass(5);
  expect((await takenTo('.never'))[0]?.tries).toBe(1);
  expect(await rowOf('400x9.never@x.example.fr')).toMatchObject({
    state: 'refused',
    reason: 'address_refused',
  });
});

it('a wrong key is named by /sante; the mails wait and leave when it is right', async () => {
  const wrongKey = { ...brevo, MAIL_API_KEY: 'another' } as unknown as typeof env;
  await oweNotices(['key@x.example.fr']);
  await minutesPass(1, wrongKey);
  const health = await request('/sante', {}, wrongKey);
  expect(await health.json()).toMatchObject({
    wrongSettings: ['MAIL_FROM or MAIL_API_KEY is refused by the mail provider'],
  });
  await minutesPass(1);
  expect(await rowOf('key@x.example.fr')).toMatchObject({ state: 'sent' });
});

it('a provider that lets in known IP addresses only is named by /sante, with the switch; the mails wait and leave', async () => {
  await oweNotices(['401x1.ip@x.example.fr']);
  await minutesPass(1);
  expect(await rowOf('401x1.ip@x.example.fr')).toMatchObject({ state: 'queued', reason: 'ip_refused' });
  const health = await request('/sante', {}, brevo);
  expect([health.status, await health.json()]).toMatchObject([
    503,
    { settings: 'failed', wrongSettings: [expect.stringContaining('« Block unknown IP addresses » off')] },
  ]);
  await minutesPass(1);
  expect(await rowOf('401x1.ip@x.example.fr')).toMatchObject({ state: 'sent' });
  expect((await request('/sante', {}, brevo)).status).toBe(200);
});

it('without a service binding the API is called over the public network', async () => {
  const { MAIL_API: _, ...open } = brevo;
  const called = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const sent = input as Request;
    expect([sent.url, sent.redirect]).toEqual(['https://api.brevo.com/v3/smtp/email', 'manual']);
    return Response.json({ messageId: '<1@api.brevo.com>' }, { status: 201 });
  });
  await oweNotices(['open@x.example.fr']);
  await minutesPass(1, { ...open, MAIL_API_BASE: 'https://api.brevo.com' } as unknown as typeof env);
  expect(called).toHaveBeenCalledOnce();
  called.mockRestore();
  expect(await rowOf('open@x.example.fr')).toMatchObject({ state: 'sent' });
});
