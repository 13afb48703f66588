// An address that the mail provider writes to no more: what the desk is told of it, and how it is written to again.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { newTenant } from './support/account.ts';
import { Agent, accessOf, DESK } from './support/agent.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { emails, MARIE, Visitor } from './support/visitor.ts';

const KEY = { ...DESK, MAIL_ACCOUNT_ID: 'a'.repeat(32), MAIL_API_KEY: 'a-key' } as typeof env;
const BREVO = {
  ...DESK,
  MAIL_PROVIDER: 'brevo',
  MAIL_API_BASE: 'http://provider.example',
  MAIL_API_KEY: 'a-key',
} as typeof env;
const agentWith = (portal: typeof env) =>
  new Agent('accueil@capa.example', accessOf('accueil@capa.example'), portal);
const acts = async () =>
  (await env.DB.prepare("SELECT reason, words FROM acts WHERE kind = 'unblock'").all()).results;

beforeEach(() => {
  openMailbox();
  vi.setSystemTime(Date.now());
});

/** Somebody signs up whose address the provider holds back; the reference to search for. */
async function signUpBlocked(email: string): Promise<string> {
  const tenant = await newTenant();
  providerIs('E_RECIPIENT_SUPPRESSED');
  await new Visitor().post('/inscription', { ...MARIE, ...tenant, ...emails(email) });
  expect(mails(email)).toEqual([]);
  return tenant.reference;
}

it('is said with its reason and its end; unblocked, the mail that waited leaves, and it is written down', async () => {
  const email = 'pleine@x.example.fr';
  const agent = agentWith(KEY);
  const client = await agent.search(await signUpBlocked(email));
  const path = `${client.path}/blocage`;
  expect(client.html).toContain(`class="button next-step" href="${path}"`);
  expect((await agent.open(path)).text).toContain(
    'jusqu’au 2 janvier 2027 à 10 h 30 : sa boîte était pleine ou ne répondait pas.',
  );
  providerIs('up');
  const done = await agent.act(path, { precision: 'boîte vidée' });
  expect(done.text).toContain('L’adresse est débloquée : le courriel qui attendait repart.');
  expect((await new Visitor().open(linkIn(lastMail(email)))).status).toBe(200);
  expect(await acts()).toEqual([{ reason: 'asked_by_phone', words: 'boîte vidée' }]);
  expect(done.text).toContain('Envoi de courriels débloqué');
  // The mail is gone: nothing is left to unblock.
  expect((await agent.open(path)).text).toContain('l’état a changé');
});

it('is not called unblocked when the provider does not answer: nothing is written down, the reason stays chosen', async () => {
  const agent = agentWith(KEY);
  const { path } = await agent.search(await signUpBlocked('silent.x@x.example.fr'));
  const before = await acts();
  expect((await agent.open(`${path}/blocage`)).text).toContain('nous ne savons pas si l’adresse est encore');
  const page = await agent.act(`${path}/blocage`, { precision: 'rappelée' });
  expect(page.status).toBe(503);
  expect(page.text).toContain('Le service d’envoi n’a pas répondu : rien n’a été débloqué.');
  expect(page.html).toContain('rappelée');
  expect(await acts()).toEqual(before);
});

it('with Brevo its key is enough, and an address that is not on the list is no fault', async () => {
  const agent = agentWith(BREVO);
  const reference = await signUpBlocked('brevo@x.example.fr');
  await env.DB.prepare(
    "UPDATE mails SET state = 'refused', last_error = 'blocked' WHERE email = 'brevo@x.example.fr'",
  ).run();
  const { path } = await agent.search(reference);
  expect((await agent.open(`${path}/blocage`)).text).toContain('ne dit pas jusqu’à quand');
  for (const _ of ['there', 'gone'])
    expect((await agent.act(`${path}/blocage`)).text).toContain('L’adresse est débloquée');
});

it('without a key it is not offered, and the address of the page does nothing', async () => {
  const agent = new Agent();
  const client = await agent.search(await signUpBlocked('sans.cle@x.example.fr'));
  expect(client.html).not.toContain('blocage');
  const before = await acts();
  expect((await agent.open(`${client.path}/blocage`)).text).toContain('l’état a changé');
  expect((await agent.post(`${client.path}/blocage`, { motif: 'mistake' })).status).toBe(409);
  expect(await acts()).toEqual(before);
});
