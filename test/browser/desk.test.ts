// The desk in a real browser: every page narrow and wide, light and dark; by keyboard; on paper.

import { expect, it } from 'vitest';
import { openBrowser, origin, type Reader } from './browser.ts';
import { newClient } from './clients.ts';
import { look } from './look.ts';
import { newestMail } from './mailbox.ts';
import { emailOf, fill, openAccount, read, send } from './steps.ts';

const READERS: Reader[] = [
  { width: 320, js: true },
  { width: 1280, js: true },
  { width: 1280, js: false },
  { width: 320, js: true, dark: true },
  { width: 1280, js: true, dark: true },
];

it('every page, for every reader', async () => {
  const { page: tenant } = await openBrowser({ width: 320, js: true });
  const client = newClient();
  await openAccount(tenant, client);
  // The night that counts the sign-ups.
  await fetch(`${origin}/cdn-cgi/local/scheduled?cron=23+3+*+*+*`);
  for (const reader of READERS) {
    const visit = await openBrowser(reader);
    const { page } = visit;
    await page.goto('/guichet');
    await look(visit, 'desk');
    await fill(page, { q: 'paoli' });
    await send(page, 'Rechercher');
    await look(visit, 'desk-hits');
    await fill(page, { q: 'personne de ce nom' });
    await send(page, 'Rechercher');
    await look(visit, 'desk-nobody');
    await fill(page, { q: client.reference });
    await send(page, 'Rechercher');
    await look(visit, 'desk-client');
    await page.locator('details').evaluate((more: { open: boolean }) => {
      more.open = true;
    });
    await look(visit, 'desk-client-more');
    const client1 = new URL(page.url()).pathname;
    for (const act of ['lien', 'connexions', 'adresse', 'fermeture']) {
      await page.goto(`${client1}/${act}`);
      await look(visit, `desk-${act}`);
    }
    await page.goto(`${client1}/adresse`);
    await fill(page, { email: 'marie' });
    await send(page, 'Envoyer le lien à cette adresse');
    await look(visit, 'desk-adresse-error');
    for (const way of [
      'courriels',
      'inscriptions',
      'inscriptions/absents',
      'lettres',
      'fichier',
      'journal',
      'clients/99999',
    ]) {
      await page.goto(`/guichet/${way}`);
      await look(visit, `desk-${way.replace('/', '-')}`);
    }
  }
}, 300_000);

it('by keyboard alone: « / », the number, Enter, and Enter on the one button', async () => {
  const { page } = await openBrowser({ width: 1280, js: true });
  const client = newClient();
  await openAccount(page, client);
  await page.goto('/guichet/journal');
  await page.keyboard.press('/');
  await page.waitForURL('**/guichet');
  await page.locator('#q').blur();
  await page.keyboard.press('/');
  await page.keyboard.type(client.reference);
  await Promise.all([page.waitForURL('**/guichet/clients/*'), page.keyboard.press('Enter')]);
  await page.locator('.help-now button').focus();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await read(page.getByRole('status'))).toMatch(/Le lien vient de partir|plusieurs courriels/);
  await newestMail(emailOf(client), 3);
});

it('on paper a client has no identifier, no address, no button', async () => {
  const { page } = await openBrowser({ width: 1280, js: true });
  const client = newClient();
  await openAccount(page, client);
  await page.goto(`/guichet?q=${client.reference}`);
  expect(await read(page.locator('body'))).toMatch(/NHCAPA.*@/s);
  await page.emulateMedia({ media: 'print' });
  const shown = await read(page.locator('body'));
  expect(shown.toUpperCase()).toContain(client.nom);
  expect(shown).not.toMatch(/NHCAPA|@|Renvoyer|Comparer/);
});
