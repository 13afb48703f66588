// The page that waits for the mail: a wrong address is mended there, a mail is sent again, nothing is typed twice.

import { expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { linkIn, mailsTo, newestMail, report } from './mailbox.ts';
import {
  emailOf,
  fill,
  follow,
  openAccount,
  PASSWORD,
  read,
  send,
  signIn,
  signUp,
  titleOf,
} from './steps.ts';

it('mends the address without anything else being typed again; the first link is dead', async () => {
  const visit = await openBrowser({ width: 320, js: true });
  const { page } = visit;
  await signUp(page, clientOf('498'), 'jose.lucian@example.fr');
  const firstLink = linkIn(await newestMail('jose.lucian@example.fr'));
  await follow(page, 'Corriger mon adresse');
  await look(visit, 'correct-address');
  await fill(page, { email: 'jose.luciani@example.fr', email_confirmation: 'jose.luciani@example' });
  await send(page, 'Envoyer le courriel');
  await look(visit, 'correct-address-errors');
  await fill(page, { email_confirmation: 'jose.luciani@example.fr' });
  await send(page, 'Envoyer le courriel');
  expect(await read(page.locator('main'))).toContain('jose.luciani@example.fr');
  await page.goto(firstLink);
  expect(await titleOf(page)).toBe('L’adresse e-mail a été corrigée – Portail locataire');
  await look(visit, 'dead-address-changed');
  await page.goto(linkIn(await newestMail('jose.luciani@example.fr')));
  expect(await read(page.locator('main'))).toContain('Bonjour José');
});

it('does not send a mail again within a minute, and says from when it will', async () => {
  const visit = await openBrowser({ width: 320, js: false });
  const email = emailOf(clientOf('500'));
  await signUp(visit.page, clientOf('500'), email);
  await send(visit.page, 'Renvoyer le courriel');
  expect(await titleOf(visit.page)).toMatch(/^Ouvrez le courriel/);
  expect(await read(visit.page.locator('.calm'))).toMatch(/en demander un autre .*à \d{1,2} h \d\d\./);
  await look(visit, 'resend-too-soon');
  await newestMail(email);
  expect(await mailsTo(email)).toHaveLength(1);
});

it('says so on a device that waits for nothing', async () => {
  const visit = await openBrowser({ width: 320, js: true });
  await visit.page.goto('/inscription/courriel');
  expect(await titleOf(visit.page)).toMatch(/^Aucun courriel en attente/);
  await look(visit, 'waiting-nothing');
});

it('leads to the sign-in page once the account is active', async () => {
  const visit = await openBrowser({ width: 320, js: true });
  await openAccount(visit.page, clientOf('501'));
  await visit.page.goto('/inscription/courriel');
  await look(visit, 'waiting-active');
  await follow(visit.page, 'Se connecter');
  expect(await titleOf(visit.page)).toBe('Connexion – Portail locataire');
});

it('tells where the mail is: refreshed by itself with a script', async () => {
  const visit = await openBrowser({ width: 320, js: true });
  const { page } = visit;
  await page.clock.install();
  const email = emailOf(clientOf('1024'));
  await signUp(page, clientOf('1024'), email);
  await newestMail(email);
  await page.clock.runFor(10_000);
  await expect.poll(() => read(page.locator('.fate-line'))).toMatch(/^Votre courriel est parti à \d/);
  await look(visit, 'fate-sent');
  await report(email, 'delivered');
  await page.clock.runFor(10_000);
  await expect.poll(() => read(page.locator('.fate-line'))).toMatch(/^Votre courriel est arrivé/);
  await look(visit, 'fate-delivered');
});

it('while an address is being typed the news comes into the line, and an outage is no news', async () => {
  const visit = await openBrowser({ width: 320, js: true });
  const { page } = visit;
  const { identifier } = await openAccount(page, clientOf('492'));
  await signIn(page, identifier, PASSWORD);
  await page.goto('/espace/courriel');
  const email = 'jurgen@example.fr';
  await fill(page, { email, email_confirmation: email, mot_de_passe_actuel: PASSWORD });
  await send(page, 'Changer mon adresse');
  await newestMail(email);
  await page.clock.install();
  await page.goto('/espace/courriel');
  await fill(page, { email: 'juergen@' });
  const line = page.locator('.fate-line');
  const before = await read(line);
  await page.route('/espace/courriel', (route) => route.fulfill({ status: 503, body: 'Panne' }));
  await report(email, 'hard_bounce', '550 5.1.1 user unknown');
  await Promise.all([page.waitForResponse('/espace/courriel'), page.clock.runFor(10_000)]);
  expect(await read(line)).toBe(before);
  await page.unroute('/espace/courriel');
  await page.clock.runFor(10_000);
  await expect.poll(() => read(line)).toContain('Cette adresse e-mail n’existe pas');
  expect(await line.getAttribute('class')).toContain('lost');
  expect(await page.locator('[name="email"]').inputValue()).toBe('juergen@');
});

it('tells where the mail is: asked for by its button without one, and what to do when it is refused', async () => {
  const visit = await openBrowser({ width: 320, js: false });
  const { page } = visit;
  const email = emailOf(clientOf('4714'));
  await signUp(page, clientOf('4714'), email);
  await newestMail(email);
  await report(email, 'hard_bounce', '550 5.1.1 user unknown');
  await send(page, 'Où en est mon courriel ?');
  expect(await titleOf(page)).toBe('Votre courriel n’est pas arrivé – Portail locataire');
  expect(await read(page.locator('.fate-line'))).toContain('Cette adresse e-mail n’existe pas');
  await look(visit, 'fate-refused');
  await follow(page, 'Corriger mon adresse');
  expect(await titleOf(page)).toBe('Corriger votre adresse e-mail – Portail locataire');
});
