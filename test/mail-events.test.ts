// What became of a mail: the providers' reports, and the line the waiting pages show.

import { createMessageBatch } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import portal from '../src/index.tsx';
import { DAY, MINUTE } from '../src/numbers.ts';
import { createAccount, newTenant } from './support/account.ts';
import { openMailbox, providerIs } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, request, runCron, Visitor } from './support/visitor.ts';

const KEY = 'a-webhook-secret-of-at-least-32-characters';
const START = Date.UTC(2026, 10, 23, 9, 42);
let days = 0;
beforeEach(() => {
  openMailbox();
  vi.setSystemTime(START + 2 * DAY * ++days);
});

/** Somebody waits for a mail that has left: the browser, and the row's two ids. */
async function waitForMail(email: string) {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...emails(email) });
  const row = await env.DB.prepare('SELECT id, provider_id AS providerId FROM mails WHERE email = ?')
    .bind(email)
    .first<{ id: string; providerId: string }>();
  if (!row) throw new Error(`No mail to ${email}`);
  return { visitor, ...row };
}

function stateOf(email: string) {
  return env.DB.prepare('SELECT state, last_error AS reason FROM mails WHERE email = ?').bind(email).first();
}

const line = async (visitor: Visitor, path = '/inscription/courriel') =>
  /class="fate-line[^>]*>(.*?)</.exec((await visitor.open(path)).html)?.[1]?.replace(/\u00a0/g, ' ');

function post(
  body: unknown,
  authorization = `Bearer ${KEY}`,
  bindings: object = { MAIL_WEBHOOK_SECRET: KEY },
) {
  const init = { method: 'POST', headers: { authorization }, body: JSON.stringify(body) };
  return request('/api/mail-events/brevo', init, { ...env, ...bindings } as typeof env);
}

const seconds = (offset = 0) => Math.round(Date.now() / 1000) + offset;

describe('POST /api/mail-events/brevo', () => {
  it.each([
    ['delivered', '', 'delivered', null],
    ['deferred', '451 try later', 'deferred', 'slow'],
    ['hard_bounce', '550 5.1.1 The email account does not exist', 'refused', 'no_such_address'],
    ['hard_bounce', '550 No such user here', 'refused', 'no_such_address'],
    ['soft_bounce', '452 4.2.2 The email account is over quota', 'refused', 'mailbox_full'],
    ['soft_bounce', '552 mailbox is full', 'refused', 'mailbox_full'],
    ['invalid_email', '', 'refused', 'no_such_address'],
    ['blocked', 'blacklisted', 'refused', 'blocked'],
    ['hard_bounce', '554 5.7.1 rejected by policy', 'refused', 'blocked'],
    ['error', 'something', 'refused', 'undelivered'],
    ['spam', '', 'delivered', 'complained'],
    ['opened', '', 'sent', null],
  ])('%s « %s »: the mail is %s (%s)', async (event, reason, state, kept) => {
    const email = `${days}@x.example.fr`;
    const { id } = await waitForMail(email);
    const answer = await post({ event, reason, email, ts_event: seconds(5), 'X-Mailin-custom': id });
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    expect(await stateOf(email)).toEqual({ state, reason: kept });
  });

  it('finds a mail by the provider’s id too, takes batches, and ignores mails it does not know', async () => {
    const { providerId } = await waitForMail('batch@x.example.fr');
    const unknown = { event: 'hard_bounce', 'message-id': '<nobody@x>', ts_event: seconds() };
    const known = { event: 'delivered', 'message-id': providerId, ts_event: seconds(1) };
    expect((await post([unknown, known, { event: 'hard_bounce' }])).status).toBe(204);
    expect(await stateOf('batch@x.example.fr')).toEqual({ state: 'delivered', reason: null });
  });

  it('replayed or late reports change nothing: the latest stands', async () => {
    const { id } = await waitForMail('replay@x.example.fr');
    const report = (event: string, offset: number) =>
      post({ event, reason: '', ts_event: seconds(offset), 'X-Mailin-custom': id });
    await report('delivered', 10);
    await report('deferred', 5);
    await report('deferred', 10);
    await report('hard_bounce', 10);
    expect(await stateOf('replay@x.example.fr')).toEqual({ state: 'delivered', reason: null });
    await report('hard_bounce', 20);
    await report('delivered', 10);
    expect(await stateOf('replay@x.example.fr')).toMatchObject({ state: 'refused' });
  });

  it('a report of a mail whose answer was lost ends the tries', async () => {
    providerIs('down');
    const { id } = await waitForMail('lost@x.example.fr');
    await post({ event: 'delivered', ts_event: seconds(1), 'X-Mailin-custom': id });
    providerIs('up');
    vi.setSystemTime(Date.now() + 5 * MINUTE);
    await runCron();
    expect(await stateOf('lost@x.example.fr')).toEqual({ state: 'delivered', reason: null });
  });

  it.each(['taken', 'lost'])(
    'a report that is quicker than the provider’s own answer (%s) stands',
    async (answer) => {
      const email = `quick-${answer}@x.example.fr`;
      vi.spyOn(env.EMAIL, 'send').mockImplementationOnce(async () => {
        const row = await env.DB.prepare('SELECT id FROM mails WHERE email = ?').bind(email).first();
        await post({ event: 'delivered', ts_event: seconds(1), 'X-Mailin-custom': row?.id });
        if (answer === 'lost') throw new Error('Connection lost');
        return { messageId: '<quick@provider.example>' };
      });
      await waitForMail(email);
      expect(await stateOf(email)).toEqual({ state: 'delivered', reason: null });
    },
  );

  it('answers 401 without the key, 404 when no key is set, 400 to another body, 413 to a large one', async () => {
    const { id } = await waitForMail('guard@x.example.fr');
    const report = { event: 'hard_bounce', ts_event: seconds(1), 'X-Mailin-custom': id };
    for (const authorization of ['', 'Bearer', `Bearer ${KEY}x`, `Basic ${btoa(`brevo:${KEY}`)}`, KEY]) {
      expect((await post(report, authorization)).status).toBe(401);
    }
    expect((await post(report, `Bearer ${KEY}`, {})).status).toBe(404);
    expect((await post({ hello: 'world' })).status).toBe(400);
    expect((await post([{ ...report, padding: 'x'.repeat(300_000) }])).status).toBe(413);
    expect(await stateOf('guard@x.example.fr')).toEqual({ state: 'sent', reason: null });
  });
});

describe('the queue of email.sending events', () => {
  const event = (status: string, messageId: string, delivery = {}) => ({
    type: `cf.email.sending.message.${status}`,
    source: { type: 'email.sending', zoneId: 'zone', domain: 'ophcapa.fr' },
    payload: { eventId: crypto.randomUUID(), messageId, terminal: true, delivery: { status, ...delivery } },
    metadata: { eventSchemaVersion: 1, eventTimestamp: new Date(Date.now() + 1000).toISOString() },
  });

  async function consume(bodies: unknown[]) {
    const messages = bodies.map((body, index) => ({
      id: String(index),
      timestamp: new Date(),
      attempts: 1,
      body,
    }));
    const batch = createMessageBatch('portail-locataire-mail-events', messages);
    await portal.queue(batch, env);
  }

  it.each([
    ['delivered', {}, 'delivered', null],
    ['deferred', { smtpStatusCode: '451' }, 'deferred', 'slow'],
    ['bounced', { smtpStatusCode: '550', smtpEnhancedStatusCode: '5.1.1' }, 'refused', 'no_such_address'],
    ['bounced', { smtpStatusCode: '552', smtpEnhancedStatusCode: '5.2.2' }, 'refused', 'mailbox_full'],
    ['failed', {}, 'refused', 'undelivered'],
    ['rejected', {}, 'refused', 'address_suppressed'],
    ['complained', {}, 'delivered', 'complained'],
  ])('%s %o: the mail is %s (%s)', async (status, delivery, state, reason) => {
    const email = `queue${days}@x.example.fr`;
    const { providerId } = await waitForMail(email);
    await consume([
      event(status, providerId, delivery),
      event('bounced', '<unknown@x>'),
      { type: 'another' },
      'x',
    ]);
    expect(await stateOf(email)).toEqual({ state, reason });
  });

  it('a batch that D1 cannot keep comes back', async () => {
    const { providerId } = await waitForMail('down@x.example.fr');
    const down = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: down'));
    await expect(consume([event('delivered', providerId)])).rejects.toThrow();
    down.mockRestore();
  });
});

describe('the waiting pages tell it', () => {
  it.each([
    ['delivered', '', 'Votre courriel est arrivé dans votre messagerie à 10 h 43.'],
    ['deferred', '', 'Votre courriel est parti à 10 h 42. La messagerie de cette adresse le fait attendre'],
    ['soft_bounce', '552 5.2.2 full', 'Votre messagerie est pleine'],
    ['hard_bounce', '550 5.1.1 unknown', 'Cette adresse e-mail n’existe pas'],
    ['blocked', '', 'La messagerie de cette adresse refuse nos courriels.'],
  ])('sign-up: %s %s', async (event, reason, words) => {
    const { visitor, id } = await waitForMail(`page${days}@x.example.fr`);
    expect(await line(visitor)).toBe('Votre courriel est parti à 10 h 42.');
    await post({ event, reason, ts_event: seconds(60), 'X-Mailin-custom': id });
    expect(await line(visitor)).toContain(words);
  });

  it('sign-up: in the queue, then tried in vain, then parted', async () => {
    providerIs('down');
    const { visitor } = await waitForMail('queued@x.example.fr');
    expect((await visitor.open('/inscription/courriel')).title).toContain('Votre courriel va partir');
    expect(await line(visitor)).toContain('n’est pas encore parti');
    expect((await visitor.open('/inscription/courriel')).text).not.toContain('Cherchez un courriel');
    await env.DB.prepare("UPDATE mails SET last_error = NULL WHERE email = 'queued@x.example.fr'").run();
    expect(await line(visitor)).toBe('Votre courriel part à l’instant.');
    providerIs('up');
    vi.setSystemTime(Date.now() + MINUTE);
    await runCron();
    expect(await line(visitor)).toBe('Votre courriel est parti à 10 h 43.');
  });

  it('sign-up: after a refusal the way to correct the address is the first button', async () => {
    const { visitor, id } = await waitForMail('mistyped@x.example.fr');
    await post({ event: 'invalid_email', ts_event: seconds(60), 'X-Mailin-custom': id });
    const page = await visitor.open('/inscription/courriel');
    expect(page.html).toContain('<a class="button next-step" href="/inscription/courriel/adresse">');
    await visitor.post('/inscription/courriel/adresse', emails('right@x.example.fr'));
    expect(await line(visitor)).toBe('Votre courriel est parti à 10 h 42.');
  });

  it('sign-up: when the mailbox was full or sending was given up, asking again is the first button', async () => {
    const { visitor, id } = await waitForMail('full@x.example.fr');
    const offer = async () => {
      const { html } = await visitor.open('/inscription/courriel');
      expect(html).toContain('<button type="submit">Renvoyer le courriel</button>');
      expect(html).toContain('<a class="button second" href="/inscription/courriel/adresse">');
    };
    const full = { reason: '552 5.2.2 mailbox full', ts_event: seconds(60), 'X-Mailin-custom': id };
    await post({ event: 'hard_bounce', ...full });
    await offer();
    await env.DB.prepare("UPDATE mails SET state = 'failed', last_error = 'timeout' WHERE id = ?")
      .bind(id)
      .run();
    await offer();
  });

  it('address change: to the session that asked, and nobody else', async () => {
    const { visitor, identifier } = await createAccount(await newTenant());
    await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    const change = { mot_de_passe_actuel: PASSWORD, ...emails('new@x.example.fr') };
    expect((await visitor.post('/espace/courriel', change)).location).toBe('/espace');
    expect((await visitor.open('/espace/compte')).html).toContain('<a href="/espace/courriel">');
    expect(await line(visitor, '/espace/courriel')).toBe('Votre courriel est parti à 10 h 42.');
    const row = await env.DB.prepare("SELECT id FROM mails WHERE email = 'new@x.example.fr'").first<{
      id: string;
    }>();
    await post({ event: 'invalid_email', ts_event: seconds(60), 'X-Mailin-custom': row?.id });
    expect(await line(visitor, '/espace/courriel')).toContain('Cette adresse e-mail n’existe pas');
  });

  it('the « forgotten » pages show no fate', async () => {
    const visitor = new Visitor();
    await visitor.post('/mot-de-passe-oublie', { identifiant: 'NHCAPAL123456' });
    for (const path of ['/mot-de-passe-oublie/courriel', '/identifiant-oublie/courriel']) {
      expect(await line(visitor, path)).toBeUndefined();
    }
  });
});
