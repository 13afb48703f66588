// Each letter as a mail reader shows it, light and dark, its text part beside it: pictures for human eyes, and axe.

import { expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { readSettings } from '../../src/env.ts';
import { printText } from '../../src/mail/letters/letter.tsx';
import { printHtml } from '../../src/mail/letters/print-html.tsx';
import { FIRST_LANDLORD, OTHER_SETTINGS } from '../support/landlords.ts';
import { lettersOf } from '../support/letters.ts';
import { openBrowser } from './browser.ts';
import { axe } from './look.ts';

const { vars } = unstable_readConfig({ config: 'wrangler.toml' });
const PORTAL_SECRET = 'for-pictures-only-for-pictures-only';
const settings = readSettings({ ...vars, PORTAL_SECRET });
const other = readSettings({ ...vars, ...OTHER_SETTINGS, PORTAL_SECRET });

const readers = [
  { visit: await openBrowser({ width: 320, js: true }), mark: '' },
  { visit: await openBrowser({ width: 320, js: true, dark: true }), mark: '-dark' },
];

it.each(lettersOf(settings))('%s reads well in a narrow window, light and dark', async (kind, letter) => {
  for (const { visit, mark } of readers) {
    const { page } = visit;
    await page.setContent(printHtml(letter, settings));
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${kind}${mark}.png`, fullPage: true });
    expect(await axe(page, PAGE_ONLY)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= 320')).toBe(true);
  }
});

it('a press anywhere on the colour of a button follows its link', async () => {
  const page = readers[0]?.visit.page;
  for (const [kind, letter] of lettersOf(settings)) {
    await page?.setContent(printHtml(letter, settings));
    expect([kind, await page?.evaluate(UNPRESSABLE)]).toEqual([kind, []]);
  }
});

it.each(lettersOf(settings))('%s has a text part for the same eyes', async (kind, letter) => {
  const page = readers[0]?.visit.page;
  await page?.setContent(`<pre style="${AS_TEXT}">${printText(letter, settings)}</pre>`);
  if (PICTURES) await page?.screenshot({ path: `${PICTURES}/${kind}-text.png`, fullPage: true });
  // One thing to do at most, and its link alone on its line.
  expect(printText(letter, settings).match(/https:\S+/g)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(printText(letter, settings)).toMatch(/Le service technique du portail/);
});

it.each(lettersOf(other))('%s of another landlord says no word of the first', async (kind, letter) => {
  const html = printHtml(letter, other);
  expect(html + printText(letter, other) + letter.subject).not.toMatch(FIRST_LANDLORD);
  expect(html).toContain(OTHER_SETTINGS.ORGANISATION_NAME);
  await readers[0]?.visit.page.setContent(html);
  if (PICTURES)
    await readers[0]?.visit.page.screenshot({ path: `${PICTURES}/${kind}-landlord.png`, fullPage: true });
});

/** For human eyes, and only when they ask. */
const PICTURES = process.env.PICTURES && 'test/browser/screenshots/letters';
/** The coloured cells, below the head, whose link does not fill them, or is no finger high. */
const UNPRESSABLE = `[...document.querySelectorAll('td[bgcolor]:has(a)')]
  .filter((cell) => {
    const [box, link] = [cell, cell.querySelector('a')].map((one) => one.getBoundingClientRect());
    return link.width < box.width - 1 || link.height < box.height - 1 || link.height < 44;
  })
  .map((cell) => cell.outerHTML)`;

const AS_TEXT = 'white-space: pre-wrap; overflow-wrap: anywhere; padding: 12px';

/** What only a page of a site has. */
const PAGE_ONLY = ['region', 'landmark-one-main', 'page-has-heading-one'];
