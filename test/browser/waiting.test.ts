// The page that waits for the mail: a wrong address is mended there, a mail is sent again, nothing is typed twice.

import { expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { linkIn, mailsTo, newestMail } from './mailbox.ts';
import { emailOf, fill, follow, openAccount, read, send, signUp, titleOf } from './steps.ts';

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
  expect(await read(page.locator('main'))).toContain('Bonjour José Luciani');
});

it('does not send a mail again within a minute, and says from when it will', async () => {
  const visit = await openBrowser({ width: 320, js: false });
  const email = emailOf(clientOf('500'));
  await signUp(visit.page, clientOf('500'), email);
  await send(visit.page, 'Renvoyer le courriel');
  expect(await titleOf(visit.page)).toMatch(/^Votre courriel est parti/);
  expect(await read(visit.page.getByRole('status'))).toMatch(/en demander un autre .*à \d{1,2} h \d\d\./);
  await look(visit, 'resend-too-soon');
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
  await follow(visit.page, 'Connexion');
  expect(await titleOf(visit.page)).toBe('Connexion – Portail locataire');
});
