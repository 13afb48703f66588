// What a page weighs on the wire, measured in Chromium, and kept: a first visit fits in the first round trip.

import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { openAccount, PASSWORD, signIn } from './steps.ts';

let identifier: string;
beforeAll(async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  ({ identifier } = await openAccount(page, clientOf('473')));
});

/** Bytes received, headers and compression as they are, by address. */
async function weigh(page: Page, address: string): Promise<Map<string, number>> {
  const wire = await page.context().newCDPSession(page);
  const [names, sizes] = [new Map<string, string>(), new Map<string, number>()];
  await wire.send('Network.enable');
  wire.on('Network.requestWillBeSent', ({ requestId, request }) =>
    names.set(requestId, new URL(request.url).pathname.replace(/^\/v\/\w+/, '')),
  );
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const name = names.get(requestId) ?? requestId;
    // The mark is asked for twice, the second time of the browser's own cache.
    sizes.set(name, (sizes.get(name) ?? 0) + encodedDataLength);
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await wire.detach();
  return sizes;
}

const total = (sizes: Map<string, number>) => [...sizes.values()].reduce((sum, size) => sum + size, 0);

it('the first visit of /connexion fits in 14 kB with the script of the passkeys, the next one in 4 kB, the script in 2 kB', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const first = await weigh(page, '/connexion');
  expect([...first.keys()].sort()).toEqual(
    expect.arrayContaining(['/connexion', '/portal.js', '/styles.css']),
  );
  expect(total(first)).toBeLessThanOrEqual(14_000);
  expect(first.get('/portal.js')).toBeLessThanOrEqual(2_000);
  const next = await weigh(page, '/connexion');
  // Styles and scripts are kept for a year: only the page itself is asked for.
  expect([...next.keys()].filter((name) => /\.(css|js)$/.test(name) && (next.get(name) ?? 0) > 0)).toEqual(
    [],
  );
  expect(total(next)).toBeLessThanOrEqual(4_000);
  console.log('first visit', Object.fromEntries(first), total(first), 'next', total(next));
});

const PAGES = [
  '/inscription',
  '/mot-de-passe-oublie',
  '/identifiant-oublie',
  '/nulle-part',
  '/inscription/courriel',
];

it.each(PAGES)('%s fits in 20 kB on a first visit, and nothing moves while it comes', async (address) => {
  const { page } = await openBrowser({ width: 320, js: true });
  await page.addInitScript(WATCH_SHIFTS);
  const sizes = await weigh(page, address);
  expect(total(sizes)).toBeLessThanOrEqual(20_000);
  expect(await page.evaluate('globalThis.shifted')).toBe(0);
});

it.each([
  '/espace',
  '/espace/compte',
  '/espace/cles',
  '/espace/mot-de-passe',
  '/espace/courriel',
  '/espace/sessions',
  '/espace/fermeture',
])('%s fits in 5 kB for who is signed in', async (address) => {
  const { page } = await openBrowser({ width: 320, js: true });
  await signIn(page, identifier, PASSWORD);
  expect(total(await weigh(page, address))).toBeLessThanOrEqual(5_000);
});

/** Sums what moves by itself (cumulative layout shift). */
const WATCH_SHIFTS = `
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;
