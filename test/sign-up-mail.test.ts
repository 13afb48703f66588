import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, Visitor } from './support/visitor.ts';

const NOON = Date.UTC(2026, 10, 23, 11, 0);
let hours = 0;

/** Later each time, so that the caps of one test do not reach into the next. */
beforeEach(() => {
  openMailbox();
  vi.setSystemTime(NOON + 48 * 60 * MINUTE * hours++);
});

async function waitFor(email: string): Promise<Visitor> {
  const visitor = new Visitor();
  expect((await visitor.post('/inscription', { ...MARIE, ...emails(email) })).status).toBe(303);
  return visitor;
}

it('GET /inscription/courriel says where the mail went, what to look for, and what to do when it does not come', async () => {
  const page = await (await waitFor('marie@example.fr')).open('/inscription/courriel');
  for (const words of [
    'marie@example.fr',
    'L’expéditeur est « OPH de la CAPA », l’objet est « Activez votre compte ».',
    'courriers indésirables',
    'Renvoyer le courriel',
    'Corriger mon adresse',
  ]) {
    expect(page.text).toContain(words);
  }
  expect(page.text).toContain('Vous pourrez demander un nouvel envoi à 12 h 01.');
  expect(lastMail('marie@example.fr').subject).toBe('Activez votre compte');
});

it('GET /inscription/courriel shows no address to a browser that asked for nothing, even with a forged cookie', async () => {
  await waitFor('marie@example.fr');
  const mail = await env.DB.prepare('SELECT id, version FROM mails ORDER BY version DESC').first<{
    id: string;
    version: number;
  }>();
  const stranger = new Visitor();
  const version = String(mail?.version).padStart(10, '0');
  stranger.cookies.set('__Host-attente', `${Date.now() + MINUTE}.${mail?.id}.${version}.${'A'.repeat(43)}`);
  const page = await stranger.open('/inscription/courriel');
  expect(page.text).toContain('Aucun courriel en attente sur cet appareil');
  expect(page.text).not.toContain('marie@example.fr');
});

it('POST renvoi before a minute sends nothing and says when; after it, sends a new link that replaces the old', async () => {
  const visitor = await waitFor('marie@example.fr');
  const soon = await visitor.post('/inscription/courriel/renvoi');
  expect(soon.status).toBe(429);
  expect(soon.text).toContain('Vous pourrez en demander un autre à 12 h 01.');
  expect(mails()).toHaveLength(1);
  const first = linkIn(lastMail('marie@example.fr'));
  vi.setSystemTime(Date.now() + MINUTE);
  const sent = await visitor.post('/inscription/courriel/renvoi');
  expect([sent.status, sent.location]).toEqual([303, '/inscription/courriel']);
  expect(mails()).toHaveLength(2);
  const old = await visitor.open(first);
  expect(old.status).toBe(410);
  expect(old.text).toContain('Un lien plus récent vous a été envoyé');
  expect(old.text).toContain('Le bon courriel est celui qui a été demandé à 12 h 01.');
  expect((await visitor.open(linkIn(lastMail('marie@example.fr')))).status).toBe(200);
});

it('twenty presses on the button at once send one mail', async () => {
  const visitor = await waitFor('marie@example.fr');
  vi.setSystemTime(Date.now() + MINUTE);
  await Promise.all(Array.from({ length: 20 }, () => visitor.post('/inscription/courriel/renvoi')));
  expect(mails()).toHaveLength(2);
});

it('POST adresse corrects the address with nothing else to type, at once', async () => {
  const visitor = await waitFor('mari@exemple.fr');
  const old = linkIn(lastMail('mari@exemple.fr'));
  const form = await visitor.open('/inscription/courriel/adresse');
  expect(form.html).toContain('value="mari@exemple.fr"');
  const page = await visitor.submit('/inscription/courriel/adresse', emails('marie@example.fr'));
  expect(page.text).toContain('marie@example.fr');
  expect((await visitor.open(old)).status).toBe(410);
  const created = await visitor.submit(linkIn(lastMail('marie@example.fr')), passwords(PASSWORD));
  expect(created.text).toContain('Votre compte vient d’être créé.');
  const ended = await visitor.open('/inscription/courriel');
  expect(ended.text).toContain('Votre compte est actif');
});

// From here on Marie's account is active: the pages below need another client.
const ROSE = { ...MARIE, reference: '496', nom: 'Albertini', prenom: 'Rose', date_naissance: '27/05/1942' };

it('POST adresse with mistakes comes back with what was typed', async () => {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...ROSE, ...emails('rose@x.example.fr') });
  const form = { email: 'rose@y.example.fr', email_confirmation: 'rose@z.example.fr' };
  const answer = await visitor.post('/inscription/courriel/adresse', form);
  expect(answer.status).toBe(422);
  expect(answer.html).toContain('id="email_confirmation-error">Les deux adresses ne sont pas les mêmes.');
  expect(answer.html).toContain('value="rose@y.example.fr"');
  expect(mails()).toHaveLength(1);
});

it('POST adresse over the caps says so and until when, and keeps the corrected address to be sent then', async () => {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...ROSE, ...emails('rose@a.example.fr') });
  for (const domain of ['b', 'c'])
    await visitor.post('/inscription/courriel/adresse', emails(`rose@${domain}.example.fr`));
  vi.setSystemTime(Date.now() + 20 * MINUTE);
  const answer = await visitor.post('/inscription/courriel/adresse', emails('rose@d.example.fr'));
  expect(answer.status).toBe(429);
  expect(answer.title).toBe('Erreur : Corriger votre adresse e-mail – Portail locataire');
  expect(answer.text).toContain('Votre adresse n’est pas encore corrigée');
  expect(answer.html.match(/value="rose@d\.example\.fr"/g)).toHaveLength(2);
  const wait = Number(answer.headers.get('retry-after')) * 1000;
  // The browser's hour began again when it was told to come back.
  vi.setSystemTime(Date.now() + wait + 15 * MINUTE);
  const sent = await visitor.post('/inscription/courriel/adresse', emails('rose@d.example.fr'));
  expect(sent.status).toBe(303);
  expect(mails('rose@d.example.fr')).toHaveLength(1);
});

it('a browser whose request was replaced by a newer one neither sees nor changes the address', async () => {
  const first = new Visitor();
  await first.post('/inscription', { ...ROSE, ...emails('old@x.example.fr') });
  await new Visitor().post('/inscription', { ...ROSE, ...emails('new@x.example.fr') });
  const page = await first.open('/inscription/courriel');
  expect(page.text).toContain('Une demande plus récente existe');
  expect(page.text).not.toContain('new@x.example.fr');
  const answer = await first.post('/inscription/courriel/adresse', emails('thief@x.example.fr'));
  expect(answer.text).toContain('Une demande plus récente existe');
  expect(mails('thief@x.example.fr')).toHaveLength(0);
});

it('the cookie of the waiting page dies after an hour, whatever the browser does', async () => {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...ROSE, ...emails('rose@x.example.fr') });
  const cookie = visitor.cookies.get('__Host-attente') ?? '';
  vi.setSystemTime(Date.now() + 61 * MINUTE);
  visitor.cookies.set('__Host-attente', cookie);
  expect((await visitor.open('/inscription/courriel')).text).toContain('Aucun courriel en attente');
});

it('on a shared device the tab of the person before corrects nobody else’s address', async () => {
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...ROSE, ...emails('rose@x.example.fr') });
  const tab = await visitor.open('/inscription/courriel/adresse');
  const demande = /name="demande" value="([^"]+)"/.exec(tab.html)?.[1] ?? '';
  const noel = { ...MARIE, reference: '500', nom: 'Battesti', prenom: 'Noël', date_naissance: '25/12/1947' };
  await visitor.post('/inscription', { ...noel, ...emails('noel@x.example.fr') });
  const late = { ...emails('rose.albertini@x.example.fr'), demande };
  for (const path of ['/inscription/courriel/adresse', '/inscription/courriel/renvoi']) {
    expect((await visitor.post(path, late)).text).toContain('Une demande plus récente existe');
  }
  expect(mails().map(({ to }) => to)).toEqual(['rose@x.example.fr', 'noel@x.example.fr']);
  const own = await visitor.open('/inscription/courriel/adresse');
  const now = /name="demande" value="([^"]+)"/.exec(own.html)?.[1] ?? '';
  const corrected = await visitor.post('/inscription/courriel/adresse', {
    ...emails('noel.b@x.example.fr'),
    demande: now,
  });
  expect(corrected.status).toBe(303);
});
