// Letters that invite, in a real browser: the pages around them, a run of 500 on paper, and what a camera reads from each.

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type Reader, type Visit } from './browser.ts';
import { newClient } from './clients.ts';
import { look } from './look.ts';
import { sendClients, startPortal } from './portal.ts';
import { follow, read, send } from './steps.ts';

const READERS: Reader[] = [
  { width: 320, js: true },
  { width: 1280, js: true, dark: true },
  { width: 320, js: false, dark: true },
];
const RUN = 500;
/** All that a setting, a name and a sector may hold. */
const LONGEST = {
  words: 'Votre office vous écrit, et vous souhaite la bienvenue chez vous. '.repeat(7).slice(0, 400),
  // The second is as long as names are, the first longer than any.
  names: [
    `${'VESCOVATO DE LA FOATA '.repeat(4)};${'MARIE DOMINIQUE '.repeat(6)}`,
    'COLONNA D’ISTRIA DE LA FOATA;MARIE-DOMINIQUE ANTOINETTE',
  ],
  sector: 'Résidence des Sanguinaires, bâtiment B, escalier 12, Ajaccio',
};

let portal: Awaited<ReturnType<typeof startPortal>>;
const references = Array.from({ length: RUN }, (_, n) =>
  n === 0 ? 'L 0047/14-AB-2026' : String(4714 + 7 * n),
);

beforeAll(async () => {
  portal = await startPortal({ LETTER_WORDS: LONGEST.words });
  const head = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email;secteur';
  const lines = references.map((reference, n) => {
    const name = [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
    const names = LONGEST.names[n] ?? `VESCOVATO${name};LUCIE`;
    return `locataire;${reference};${names};12/05/1951;;;;${LONGEST.sector}`;
  });
  await sendClients(portal.origin, [head, ...lines, ''].join('\n'));
});
afterAll(() => portal.end());

it('every page, for every reader', async () => {
  const client = newClient();
  for (const reader of READERS) {
    const visit = await openBrowser(reader);
    const { page } = visit;
    await page.goto(`/guichet?q=${client.reference}`);
    await follow(page, 'Imprimer une lettre d’invitation');
    await look(visit, 'letter-form');
    await send(page, 'Préparer la lettre');
    await look(visit, 'letter');
    await page.goto(`/inscription?reference=${client.reference}`);
    await look(visit, 'sign-up-by-letter');
  }
  const visit = await openBrowser({ width: 320, js: true });
  await visit.page.goto('/guichet/lettres');
  await send(visit.page, 'Préparer les lettres');
  await look(visit, 'letters-run');
}, 120_000);

// Run in the page, so written as text: the types of this checkout are the Worker's, which has no `document`.

/** Letters whose content leaves the sheet, or of which one part lies on the next; and names
 * that are cut, but for the first, which is longer than any. */
const TOO_LONG = `[...document.querySelectorAll('.letter')].filter((letter, nth) => {
  const edge = letter.getBoundingClientRect();
  const parts = [...letter.children].map((part) => part.getBoundingClientRect());
  const to = letter.querySelector('.letter-to');
  return parts.some(({ right, bottom }, n) =>
    bottom > edge.bottom - 30 || right > edge.right - 30 || bottom > (parts[n + 1]?.top ?? bottom) + 1
  ) || (to.scrollHeight > to.clientHeight && (nth > 0 || getComputedStyle(to).overflow !== 'hidden'));
}).map((letter) => letter.textContent.slice(0, 200))`;
const SQUARES = `[...document.querySelectorAll('.qr svg')].map((svg) => new XMLSerializer().serializeToString(svg))`;
/** Draws each square as a browser does and reads it as a camera does. */
const DECODE = `async (squares) => {
  const canvas = new OffscreenCanvas(246, 246).getContext('2d', { willReadFrequently: true });
  const read = [];
  for (const square of squares) {
    const image = new Image(246, 246);
    image.src = square.startsWith('data:') ? square : 'data:image/svg+xml,' + encodeURIComponent(square);
    await image.decode();
    canvas.drawImage(image, 0, 0, 246, 246);
    read.push(jsQR(canvas.getImageData(0, 0, 246, 246).data, 246, 246)?.data ?? null);
  }
  return read;
}`;

async function decode({ page }: Visit, squares: string[]): Promise<(string | null)[]> {
  const camera = await page.context().newPage();
  await camera.addScriptTag({ path: fileURLToPath(import.meta.resolve('jsqr')) });
  const read = await camera.evaluate<(string | null)[]>(`(${DECODE})(${JSON.stringify(squares)})`);
  await camera.close();
  return read;
}

it('500 letters are 500 sheets, each whole, and a camera reads from each the address of its own reference', async () => {
  const visit = await openBrowser({ width: 1280, js: true, portal: portal.origin });
  const { page } = visit;
  await page.goto('/guichet/lettres');
  await page.locator('#secteur').selectOption(LONGEST.sector);
  await send(page, 'Préparer les lettres');
  expect(await read(page.getByRole('status'))).toContain(`Lettres 1 à ${RUN} sur ${RUN}.`);
  expect(await page.locator('.letter:visible').count()).toBe(1);
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBe(RUN);

  const squares = await page.evaluate<string[]>(SQUARES);
  const said = references.map((one) => `${portal.origin}/inscription?reference=${encodeURIComponent(one)}`);
  expect(await decode(visit, squares)).toEqual(said);

  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate<string[]>(TOO_LONG)).toEqual([]);
  const first = page.locator('.letter').first();
  await first.screenshot({ path: 'test/browser/screenshots/letter-paper-longest.png' });
  await page.locator('.letter').nth(1).screenshot({ path: 'test/browser/screenshots/letter-paper.png' });
  // As printed: at its size on the sheet, 96 dots an inch.
  const printed = await first.locator('.qr').screenshot();
  expect(await decode(visit, [`data:image/png;base64,${printed.toString('base64')}`])).toEqual([said[0]]);
}, 120_000);

it('a scanned square opens the form in the hand, from another app, with the reference, also after a reload', async () => {
  const { page } = await openBrowser({ width: 320, js: true, portal: portal.origin });
  // A link on a page of nobody's origin: another site, to a browser.
  await page.setContent(`<a href="${portal.origin}/inscription?reference=L%200047%2F14">Ouvrir</a>`);
  await follow(page, 'Ouvrir');
  for (const _ of ['opened', 'reloaded']) {
    expect(new URL(page.url()).search).toBe('');
    expect(await page.locator('#reference').inputValue()).toBe('L 0047/14');
    expect(await read(page.locator('#reference-hint'))).toContain('Ce numéro vient de votre courrier.');
    await page.reload();
  }
});
