// What people on small phones have to scroll and to print, measured and kept.

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { fill, openAccount, read } from './steps.ts';

/** A phone of that size, in letters as wide as a phone's own: the system font of this machine may be wider. */
async function openPhone(width: number, height: number): Promise<Page> {
  const { page } = await openBrowser({ width: 320, js: true });
  await page.setViewportSize({ width, height });
  await page.route('**/styles.css', async (route) => {
    const answer = await route.fetch();
    const css = (await answer.text()).replace(
      /font-family:[^;]*system-ui[^;]*;/,
      'font-family: "Liberation Sans", Arial;',
    );
    expect(css).toContain('font-family: "Liberation Sans"');
    await route.fulfill({ response: answer, body: css });
  });
  return page;
}

/** An edge of what is first found, from the top of the page. */
const edgeOf = (page: Page, what: string, edge: 'top' | 'bottom' | 'width') =>
  page.evaluate<number>(
    `document.querySelector('${what}').getBoundingClientRect().${edge} + ${edge === 'width' ? 0 : 'scrollY'}`,
  );
const bottomOf = (page: Page, what: string) => edgeOf(page, what, 'bottom');

describe('on a phone of 390 × 700', () => {
  it('/inscription shows its first field on the first screen, its button within 2.2 screens', async () => {
    const page = await openPhone(390, 700);
    await page.goto('/inscription', { waitUntil: 'networkidle' });
    const [field, button] = [await bottomOf(page, '#reference'), await bottomOf(page, 'main [type=submit]')];
    console.log(`/inscription at 390 × 700: first field ends at ${field} px, button at ${button} px`);
    expect(field).toBeLessThanOrEqual(700);
    expect(button).toBeLessThanOrEqual(2.2 * 700);
  });
});

describe('on a phone of 320 × 568', () => {
  it('/connexion shows both its buttons on the first screen', async () => {
    const page = await openPhone(320, 568);
    await page.goto('/connexion', { waitUntil: 'networkidle' });
    const [signIn, create] = [
      await bottomOf(page, 'main [type=submit]'),
      await bottomOf(page, 'main a.button[href="/inscription"]'),
    ];
    console.log(
      `/connexion at 320 × 568: « Connexion » ends at ${signIn} px, « Créer un compte ? » at ${create} px`,
    );
    expect(create).toBeGreaterThan(signIn);
    expect(create).toBeLessThanOrEqual(568);
  });

  it('the two kinds stand side by side', async () => {
    const page = await openPhone(320, 568);
    await page.goto('/inscription');
    expect(await edgeOf(page, '#profil-fournisseur + .choice', 'top')).toBe(
      await edgeOf(page, '#profil + .choice', 'top'),
    );
  });
});

it('at a desk the drawing of the notice keeps its own size', async () => {
  const { page } = await openBrowser({ width: 1280, js: true });
  await page.goto('/inscription', { waitUntil: 'networkidle' });
  const width = await edgeOf(page, '.notice img', 'width');
  expect(width).toBeLessThanOrEqual(24 * 18);
});

it('a suggestion moves nothing that stands above it', async () => {
  const page = await openPhone(320, 568);
  await page.goto('/inscription', { waitUntil: 'networkidle' });
  const before = await bottomOf(page, '#email_confirmation');
  await fill(page, { email: 'marie@ornage.fr' });
  await page.locator('#email').blur();
  await page.getByRole('button', { name: 'Oui, corriger' }).waitFor();
  expect(await bottomOf(page, '#email_confirmation')).toBe(before);
});

/** How many sheets of A4 a page takes. */
async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4' });
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

describe('on paper', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await openBrowser({ width: 1280, js: true }));
  });

  it('the guide takes three sheets', async () => {
    await page.goto('/aide', { waitUntil: 'networkidle' });
    expect(await sheets(page)).toBe(3);
  });

  it('the identifier takes one, with the person’s name and where it serves', async () => {
    await openAccount(page, clientOf('482'));
    expect(await page.locator('.paper').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: 'test/browser/screenshots/created-print.png', fullPage: true });
    expect(await read(page.locator('main'))).toMatch(/Lucie Moracchini Adresse du portail : http\S+/);
    await page.emulateMedia({ media: null });
    expect(await sheets(page)).toBe(1);
  });
});
