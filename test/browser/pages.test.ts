// The guide, the legal pages, and the hint at a mistyped mailbox, as a reader has them before the eyes.

import { describe, expect, it } from 'vitest';
import { openBrowser, origin } from './browser.ts';
import { checkPage, look } from './look.ts';
import { fill, read, send } from './steps.ts';

const PAGES = {
  '/aide': 'help',
  '/plan-du-site': 'site-map',
  '/accessibilite': 'accessibility',
  '/mentions-legales': 'legal-notices',
  '/donnees-personnelles': 'personal-data',
};

describe.each([
  { where: 'a phone', width: 320, js: true },
  { where: 'a phone without JavaScript', width: 320, js: false },
  { where: 'a desk', width: 1280, js: true },
  { where: 'a phone in the dark', width: 320, js: true, dark: true },
  { where: 'a desk in the dark', width: 1280, js: true, dark: true },
] as const)('on $where', (reader) => {
  it.each(Object.entries(PAGES))('%s can be read by everybody', async (path, name) => {
    const visit = await openBrowser(reader);
    expect((await visit.page.goto(path))?.status()).toBe(200);
    await look(visit, name);
  });
});

it('the guide weighs at most 60 kB with all that it needs', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) =>
    sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize)),
  );
  await page.goto('/aide', { waitUntil: 'networkidle' });
  const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`/aide: ${weight} bytes in ${sizes.length} answers`);
  expect(sizes.length).toBeGreaterThanOrEqual(9);
  expect(weight).toBeLessThan(60_000);
});

it('the guide’s drawings all come, and nothing moves while they do', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  await page.goto('/aide', { waitUntil: 'networkidle' });
  const missing = `[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)`;
  expect(await page.evaluate(missing)).toEqual([]);
  const moved = await page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) sum += shift.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 200);
  })`);
  expect(moved).toBe(0);
});

it('on paper the guide is light, whole, and without what only a screen can do', async () => {
  const { page } = await openBrowser({ width: 1280, js: true, dark: true });
  await page.emulateMedia({ media: 'print' });
  await page.goto('/aide');
  await page.screenshot({ path: 'test/browser/screenshots/help-print.png', fullPage: true });
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(22, 33, 31)');
  for (const name of ['Imprimer ce guide', 'Je n’arrive pas à me connecter'])
    expect(await page.getByRole('button', { name }).or(page.getByRole('link', { name })).count()).toBe(0);
  for (const words of ['04 95 22 10 42', 'Créer votre compte', origin])
    expect(await read(page.locator('body'))).toContain(words);
});

describe('a mistyped mailbox', () => {
  it('is noticed when the field is left, and mended in both fields by one press', async () => {
    const visit = await openBrowser({ width: 320, js: true });
    const { page } = visit;
    await page.goto('/inscription');
    const accept = page.getByRole('button', { name: 'Oui, corriger' });
    expect(await accept.isVisible()).toBe(false);
    await fill(page, { email_confirmation: 'marie@ornage.fr', email: 'marie@ornage.fr' });
    await page.locator('#email').blur();
    await accept.waitFor();
    expect(await read(page.locator('.suggestion p'))).toBe('Vouliez-vous dire marie@orange.fr ?');
    await look(visit, 'email-hint');
    await accept.click();
    expect(await page.locator('#email').inputValue()).toBe('marie@orange.fr');
    expect(await page.locator('#email_confirmation').inputValue()).toBe('marie@orange.fr');
    expect(await page.locator(':focus').getAttribute('id')).toBe('email');
    expect(await accept.isVisible()).toBe(false);
    await checkPage(visit);
  });

  it('is forgotten when the address is typed well', async () => {
    const { page } = await openBrowser({ width: 320, js: true });
    await page.goto('/inscription');
    const accept = page.getByRole('button', { name: 'Oui, corriger' });
    for (const [email, isAsked] of [
      ['marie@gmial.com', true],
      ['marie@gmail.com', false],
      ['marie@gmx.fr', false],
    ] as const) {
      await fill(page, { email });
      await page.locator('#email').blur();
      await accept.waitFor({ state: isAsked ? 'visible' : 'hidden' });
    }
  });

  it('is said under the field without JavaScript too, when the form came back', async () => {
    const visit = await openBrowser({ width: 320, js: false });
    await visit.page.goto('/inscription');
    await fill(visit.page, { email: 'marie@ornage.fr', email_confirmation: 'marie@ornage.fr' });
    await send(visit.page, 'Créer mon compte');
    expect(await read(visit.page.locator('.suggestion'))).toBe('Vouliez-vous dire marie@orange.fr ?');
    await look(visit, 'email-hint');
  });
});

it('what a browser asks for by itself is there, and small', async () => {
  for (const [path, type, most] of [
    ['/favicon.ico', /^image\//, 1000],
    ['/apple-touch-icon.png', /^image\/png/, 3000],
    ['/robots.txt', /^text\/plain/, 500],
  ] as const) {
    const answer = await fetch(`${origin}${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(most);
  }
  expect(await (await fetch(`${origin}/robots.txt`)).text()).toMatch(/^User-agent: \*\nDisallow:$/m);
});

it('the scripts, as they are sent, weigh at most 2.75 kB together', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('.js')) sizes.push(request.sizes().then((size) => size.responseBodySize));
  });
  await page.goto('/inscription');
  await fill(page, { email: 'marie@ornage.fr' });
  await page.locator('#email').blur();
  await page.getByRole('button', { name: 'Oui, corriger' }).waitFor();
  const weights = await Promise.all(sizes);
  console.log(`scripts: ${weights.join(' + ')} bytes`);
  expect(weights).toHaveLength(3);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(2750);
});
