// What must hold on every page, whoever looks at it; and a picture of it for human eyes.

import { type AxeResults, source } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openTwin, type Visit } from './browser.ts';

/** For human eyes, and only when they ask: PICTURES=1. */
const SCREENSHOTS = process.env.PICTURES && 'test/browser/screenshots';

/** Takes the page's picture where it is asked for, then checks the page. */
export async function look(visit: Visit, name: string): Promise<void> {
  const { width, js, dark } = visit.reader;
  const path = `${SCREENSHOTS}/${name}-${width}-${js ? 'js' : 'nojs'}${dark ? '-dark' : ''}.png`;
  if (SCREENSHOTS) await visit.page.screenshot({ path, fullPage: true });
  await checkPage(visit);
}

/** Accessible, no wider than the screen, easy to hit, silent console, nothing fetched from elsewhere. */
export async function checkPage(visit: Visit): Promise<void> {
  expect(await examine(visit), await visit.page.title()).toEqual({
    barriers: [],
    sideways: [],
    smallTargets: [],
    faults: [],
  });
}

/** What is wrong with a page, by kind. */
export async function examine(visit: Visit): Promise<Record<string, string[]>> {
  return {
    barriers: await barriers(visit),
    sideways: await visit.page.evaluate<string[]>(SIDEWAYS),
    smallTargets: await visit.page.evaluate<string[]>(SMALL_TARGETS),
    faults: visit.faults,
  };
}

async function barriers(visit: Visit): Promise<string[]> {
  if (visit.reader.js) return axe(visit.page);
  // axe is a script itself: it reads the very same page where scripts run, but ours is left out.
  const twin = await twinOf(visit);
  await twin.setContent((await visit.page.content()).replace(/<script\b.*?<\/script>/gs, ''));
  return axe(twin);
}

const twins = new WeakMap<Visit, Page>();

/** One for each visit, on an address of the portal: the page's links and style sheet are relative. */
async function twinOf(visit: Visit): Promise<Page> {
  const known = twins.get(visit);
  if (known) return known;
  const twin = await openTwin(visit);
  await twin.goto('/sante');
  twins.set(visit, twin);
  return twin;
}

/** What axe finds wrong with a page, or with a text to which some rules do not apply. */
export async function axe(page: Page, leftOut: string[] = []): Promise<string[]> {
  await page.evaluate(source);
  const rules = Object.fromEntries(leftOut.map((rule) => [rule, { enabled: false }]));
  // What passes is not told: that takes as long as the check.
  const options = JSON.stringify({ rules, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`),
  );
}

// Run in the page, so written as text: the types of this checkout are the Worker's, which has no `document`.

/** What sticks out of the screen, or out of its own box: words cut or crossing a border. What is said aloud only is clipped. */
export const SIDEWAYS = `(() => {
  const screen = document.documentElement;
  const sticksOut = (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
  const isWider = (element) => element.getBoundingClientRect().right > screen.clientWidth;
  return [...document.querySelectorAll('body *:not(input)')]
    .filter((element) => getComputedStyle(element).clipPath === 'none')
    .filter((element) => sticksOut(element) || (sticksOut(screen) && isWider(element)))
    .map((element) => element.outerHTML.slice(0, 100));
})()`;

/**
 * What is under 44 px to hit. A link in running text is as high as its line; a hidden radio button is hit
 * through its label; what stands outside the screen until it has the focus is not hit at all.
 */
const SMALL_TARGETS = `(() => {
  const isRunningText = (element) => getComputedStyle(element).display === 'inline';
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true }) &&
    element.getBoundingClientRect().bottom > 0 &&
    getComputedStyle(element).clipPath === 'none';
  return [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), label.choice, summary')]
    .filter((element) => isShown(element) && !isRunningText(element))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 44 || box.width < 44)
    .map(({ element, box }) => Math.round(box.width) + ' × ' + box.height.toFixed(1) + ' px: ' + element.outerHTML);
})()`;
