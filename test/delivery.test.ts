import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { nextDay } from './support/clock.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  nextDay();
});

async function statesOf(email: string): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT state FROM mails WHERE email = ? ORDER BY version')
    .bind(email)
    .all();
  return results.map(({ state }) => String(state));
}

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * MINUTE);

it('what the provider does not take stays owed, and cron sends it: the same mail with the same link', async () => {
  providerIs('down');
  const visitor = new Visitor();
  expect((await visitor.post('/inscription', { ...MARIE, ...emails('a@x.example.fr') })).status).toBe(303);
  expect(await statesOf('a@x.example.fr')).toEqual(['queued']);
  later(1);
  await runCron();
  providerIs('up');
  later(1);
  await runCron();
  expect(mails()).toHaveLength(0);
  later(1);
  await runCron();
  await runCron();
  expect(mails()).toHaveLength(1);
  expect(await statesOf('a@x.example.fr')).toEqual(['sent']);
  expect((await visitor.open(linkIn(lastMail('a@x.example.fr')))).status).toBe(200);
});

it('provider down, address corrected, provider up: one mail, to the new address', async () => {
  providerIs('down');
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...emails('wrong@x.example.fr') });
  await visitor.post('/inscription/courriel/adresse', emails('right@x.example.fr'));
  providerIs('up');
  later(2);
  await runCron();
  expect(mails().map(({ to }) => to)).toEqual(['right@x.example.fr']);
  expect(await statesOf('wrong@x.example.fr')).toEqual(['cancelled']);
});

it('two sweeps at once send each owed mail once', async () => {
  providerIs('down');
  await new Visitor().post('/inscription', { ...MARIE, ...emails('b@x.example.fr') });
  providerIs('up');
  later(1);
  await Promise.all(Array.from({ length: 5 }, runCron));
  expect(mails()).toHaveLength(1);
});

it('a mail left by a killed Worker is sent once its lease is over, with the same link as before', async () => {
  await new Visitor().post('/inscription', { ...MARIE, ...emails('c@x.example.fr') });
  const first = linkIn(lastMail('c@x.example.fr'));
  await env.DB.prepare("UPDATE mails SET state = 'queued', lease_until = ? WHERE email = 'c@x.example.fr'")
    .bind(Date.now() + 2 * MINUTE)
    .run();
  later(1);
  await runCron();
  expect(mails()).toHaveLength(1);
  later(2);
  await runCron();
  expect(mails()).toHaveLength(2);
  expect(linkIn(lastMail('c@x.example.fr'))).toBe(first);
});

it('no mail leaves without its token being kept: KV down means try again', async () => {
  const put = vi.spyOn(env.TOKENS, 'put').mockRejectedValueOnce(new Error('KV PUT failed: 500'));
  await new Visitor().post('/inscription', { ...MARIE, ...emails('e@x.example.fr') });
  expect(mails()).toHaveLength(0);
  put.mockRestore();
  later(1);
  await runCron();
  expect((await new Visitor().open(linkIn(lastMail('e@x.example.fr')))).status).toBe(200);
});

it('every mail has one reader, a text and an HTML part that say the same, and the headers of an automatic mail', async () => {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...emails('f@x.example.fr') });
  await visitor.post(linkIn(lastMail('f@x.example.fr')), passwords(PASSWORD));
  await new Visitor().post('/inscription', { ...MARIE, ...emails('g@x.example.fr') });
  expect(mails()).toHaveLength(3);
  for (const mail of mails()) {
    expect(typeof mail.to).toBe('string');
    expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
    expect(mail.replyTo).toBe('gestion@ophcapa.fr');
    expect(mail.html).not.toMatch(/<img|<script|src=/);
    const words = (part: string) =>
      part.replace(/<title>.*?<\/title>|<[^>]+>|https:[^\s<]+|&\w+;|&#39;|[\s:]/gs, '');
    // The HTML part has besides: the first line for the mailbox, who writes, and how to do without the button.
    const [onlyHtml, sameWords] = words(mail.html).split(/(?=Bonjour)/);
    expect(onlyHtml).toMatch(/PortaillocataireOPHdelaCAPA$/);
    const otherwise = words('Le bouton ne marche pas ? Copiez cette adresse dans votre navigateur :');
    expect(sameWords?.replace(otherwise, '')).toBe(words(mail.text));
    expect(mail.text).toContain('04\u00a095\u00a022\u00a010\u00a042');
  }
});
