// Help requests and codes at the desk in a real browser, narrow and wide, light and dark; the sheet on one A4.

import { expect, it } from 'vitest';
import { openBrowser, type Reader } from './browser.ts';
import { type Client, newClient } from './clients.ts';
import { look } from './look.ts';
import { fill, read, send } from './steps.ts';

const READERS: Reader[] = [
  { width: 320, js: true },
  { width: 1280, js: true },
  { width: 1280, js: false, dark: true },
];

const MARGINS = { top: '15mm', right: '15mm', bottom: '15mm', left: '15mm' };

/** A tenant of whom the file says otherwise asks for help. @returns the help code */
async function askForHelp({ reference, nom, prenom }: Client, email: string): Promise<string> {
  const { page } = await openBrowser({ width: 320, js: false });
  await page.goto('/inscription/aide');
  await fill(page, { reference: `${reference}4`, nom: `${nom.slice(0, -1)}O`, prenom });
  await fill(page, { date_naissance: '01/02/1990', email, email_confirmation: email });
  await fill(page, { telephone: '06 12 34 56 78' });
  await send(page, 'Demander une vérification');
  return (await read(page.locator('.keep'))).trim();
}

it('requests: the list, one of them, what is missing, the answer', async () => {
  const client = newClient();
  await askForHelp(client, '488.a@example.fr');
  const code = await askForHelp(client, '488.b@example.fr');
  for (const reader of READERS) {
    const visit = await openBrowser(reader);
    const { page } = visit;
    await page.goto('/guichet');
    await look(visit, 'desk-waiting');
    await page.goto('/guichet/demandes');
    await look(visit, 'desk-requests');
    await page.goto(`/guichet?q=${code}`);
    await look(visit, 'desk-request');
    await send(page, 'Répondre');
    await look(visit, 'desk-request-error');
  }
  const visit = await openBrowser({ width: 320, js: true });
  const { page } = visit;
  await page.goto(`/guichet?q=${code}`);
  await page.locator('label[for="client"]').click();
  await page.locator('label[for="reponse"]').click();
  await page.locator('#preuve').selectOption('document_shown');
  await send(page, 'Répondre');
  await expect
    .poll(() => read(page.locator('main')))
    .toContain('le lien d’activation part à l’adresse écrite');
  await look(visit, 'desk-request-done');
}, 120_000);

it('a code: the form, and the sheet, which fills one A4', async () => {
  for (const reader of READERS) {
    const visit = await openBrowser(reader);
    const { page } = visit;
    await page.goto('/guichet?q=489');
    await page.goto(`${new URL(page.url()).pathname}/code`);
    await look(visit, 'desk-code');
    await page.locator('label[for="remise"]').click();
    await page.locator('#preuve').selectOption('document_shown');
    await send(page, 'Faire le code');
    await look(visit, 'desk-sheet');
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: 'test/browser/screenshots/desk-sheet-paper.png', fullPage: true });
    const paper = await page.pdf({
      format: 'A4',
      margin: MARGINS,
      path: 'test/browser/screenshots/desk-sheet.pdf',
    });
    expect(paper.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBe(1);
  }
}, 120_000);
