// The client file from a real browser, with scripts and without: compared, confirmed, applied. On a portal of its own: who
// leaves by these files would be missed by the other tests.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type Reader } from './browser.ts';
import { look } from './look.ts';
import { startPortal } from './portal.ts';
import { fill, leave, read, send } from './steps.ts';

const [head = '', ...lines] = readFileSync('test/demo/clients.csv', 'utf8').trim().split(/\r?\n/);
const folder = mkdtempSync(join(tmpdir(), 'portal-'));
let portal = '';
let end: () => Promise<void>;

beforeAll(async () => {
  ({ origin: portal, end } = await startPortal());
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await end();
});

/** Writes a client file. @returns its path */
function fileOf(name: string, ...clients: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, [head, ...clients, ''].join('\r\n'));
  return path;
}

const SOMEBODY = (reference: string) => `locataire;${reference};NOUVEAU;PAUL;01/02/1970;;;`;
const WRONG = 'locataire;998;SANTONI;LUC;31/02/1975;;;';
const FEW = () => fileOf('few.csv', ...lines.slice(0, 20), SOMEBODY('997'), WRONG);

const choose = (page: Page, path: string) => page.locator('#fichier').setInputFiles(path);
const pressed = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

it('with scripts: a bar while it goes up, and the same file is applied without choosing it again', async () => {
  const visit = await openBrowser({ width: 1280, js: true, portal });
  const { page } = visit;
  await page.goto('/guichet/fichier');
  await choose(page, fileOf('one-more.csv', ...lines, SOMEBODY('999')));
  // Held on its way, to be seen there.
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  await page.route('**/guichet/fichier', async (route) => {
    await held;
    await route.continue();
  });
  await pressed(page, 'Comparer');
  await expect.poll(() => page.locator('progress').count()).toBe(1);
  expect(await read(page.getByRole('status'))).toBe('Envoi de one-more.csv…');
  await page.getByRole('button', { name: 'Comparer' }).click({ force: true });
  letGo();
  await expect.poll(() => read(heading(page))).toBe('Comparaison du fichier');
  expect(await page.title()).toBe('Comparaison du fichier – Guichet');
  expect(await read(page.locator('.hint'))).toBe('Le fichier comparé est encore choisi.');
  await Promise.all([page.waitForURL('**/guichet/fichier/*'), pressed(page, 'Appliquer')]);
  expect(await read(page.locator('main'))).toMatch(
    /Appliqué .*Envoyé par gestionnaire@example\.fr\. nouveaux 1 /,
  );
  await page.goto('/guichet/fichier');
  // One file each time, however often the button was pressed.
  expect(await read(page.locator('tbody tr').first())).toMatch(
    /Appliqué gestionnaire@example\.fr 1 client nouveau/,
  );
  expect(await page.locator('tbody tr').count()).toBe(2);
  expect(visit.faults).toEqual([]);
}, 240_000);

it('a connection that breaks off is told, and what was chosen is there to be sent again', async () => {
  const { page } = await openBrowser({ width: 320, js: true, portal });
  await page.goto('/guichet/fichier');
  await choose(page, FEW());
  await page.route('**/guichet/fichier', (route) => route.abort());
  await pressed(page, 'Comparer');
  await expect
    .poll(() => read(page.getByRole('status')))
    .toContain('L’envoi n’a pas abouti : rien n’a été changé.');
  await page.unroute('**/guichet/fichier');
  await pressed(page, 'Comparer');
  await expect.poll(() => read(heading(page))).toBe('Comparaison du fichier');
});

it('without scripts: the same file is chosen again, and a guard asks for the number of who would leave', async () => {
  const { page } = await openBrowser({ width: 1280, js: false, portal });
  await page.goto('/guichet/fichier');
  await send(page, 'Comparer');
  expect(await read(page.locator('.summary'))).toContain('Choisissez le fichier.');
  await choose(page, FEW());
  await send(page, 'Comparer');
  const [, left = ''] = /Clients qui partiraient : (\d+) sur/.exec(await read(page.locator('.calm'))) ?? [];
  expect(Number(left)).toBeGreaterThan(10);
  await choose(page, FEW());
  await fill(page, { partants: '1' });
  await send(page, 'Appliquer');
  expect(await read(page.locator('.summary'))).toContain(
    'Ce n’est pas le nombre de clients qui partiraient.',
  );
  // Without the file, nothing is known of it any more: from the beginning.
  await send(page, 'Appliquer');
  expect(await read(page.locator('.summary'))).toContain('Choisissez le fichier.');
  await choose(page, FEW());
  await send(page, 'Comparer');
  await choose(page, FEW());
  await fill(page, { partants: left });
  await send(page, 'Appliquer');
  expect(page.url()).toMatch(/\/guichet\/fichier\/\d+$/);
  expect(await read(page.locator('main'))).toContain(`partis ${left}`);
});

it('the rejected lines can be taken away, and a model of the file', async () => {
  const { page } = await openBrowser({ width: 1280, js: true, portal });
  await page.goto('/guichet/fichier');
  expect(await taken(page, 'Télécharger un modèle')).toMatch(/^\ufeffprofil;reference;nom;.*\r\n$/);
  await choose(page, fileOf('wrong.csv', ...lines, WRONG));
  await pressed(page, 'Comparer');
  await page.getByText('Lignes rejetées (1)').click();
  const lost = await taken(page, 'Télécharger ces lignes, à corriger dans le fichier entier');
  expect(lost.split('\r\n')[1]).toContain('998;SANTONI;LUC;31/02/1975');
});

async function taken(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

it.each<Reader>([
  { width: 320, js: true },
  { width: 1280, js: false },
  { width: 1280, js: true, dark: true },
])('every page of it, for %o', async (reader) => {
  const visit = await openBrowser({ ...reader, portal });
  const { page } = visit;
  await page.goto('/guichet/fichier');
  await look(visit, 'desk-file');
  await send(page, 'Comparer');
  await look(visit, 'desk-file-error');
  await choose(page, fileOf('three.csv', ...lines.slice(0, 3), WRONG));
  await pressed(page, 'Comparer');
  await expect.poll(() => read(heading(page))).toBe('Comparaison du fichier');
  for (const summary of await page.locator('summary').all()) await summary.click();
  await look(visit, 'desk-file-report');
  await page.goto('/guichet/fichier');
  await leave(page, page.locator('tbody a').first());
  await look(visit, 'desk-file-import');
});
