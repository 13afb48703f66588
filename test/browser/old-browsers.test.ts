// The oldest browsers the portal dresses for, kept in package.json (`browserslist`): iPhones that end at iOS 12, Android
// phones of early 2020. Older ones read the same pages, plainer.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import doiuse from 'doiuse';
import postcss, { type ChildNode, type Rule } from 'postcss';
import { expect, it } from 'vitest';
import { browserslist } from '../../package.json' with { type: 'json' };
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { openAccount } from './steps.ts';

/** What they leave out without harm, each with what is seen instead. */
const HARMLESS: Record<string, string> = {
  'css-clip-path': 'what is off the screen is clipped by `clip` too',
  'css-masks': 'counted with clip-path',
  'css-focus-visible': 'the browser’s own ring',
  'css-has': 'no rule beside a field that needs mending, no smooth scrolling',
  'css-paged-media': 'the browser’s own margins around a printed letter',
  'css-not-sel-list': 'ours hold one simple selector each',
  'css-overflow': 'known but for values we do not use',
  'css-scroll-behavior': 'the page jumps',
  'css-text-indent': 'known but for words we do not use',
  multicolumn: 'named for break-inside: a sheet may end inside a card',
  'prefers-color-scheme': 'the light colours',
  'text-decoration': 'an underline of the usual thickness',
};

/** What such a browser makes of a sheet: where a rule says a thing twice, the second is for newer ones. */
function asOldOnesRead(css: string): string {
  const sheet = postcss.parse(css);
  sheet.walkAtRules('supports', (rule) => {
    rule.remove();
  });
  sheet.walkDecls((one) => {
    const twins = (one.parent as Rule).nodes.filter(
      (node: ChildNode) => 'prop' in node && node.prop === one.prop,
    );
    for (const newer of twins.slice(1)) newer.remove();
  });
  return sheet.toString();
}

async function notUnderstood(css: string): Promise<string[]> {
  const found = new Set<string>();
  const onFeatureUsage = ({ feature, usage }: { feature: string; usage: ChildNode }) => {
    // Taken for min() by its name.
    if (!(feature in HARMLESS) && !/minmax\(/.test(usage.toString()))
      found.add(`${feature}: ${usage.toString().split('\n')[0]}`);
  };
  await postcss([doiuse({ browsers: browserslist, onFeatureUsage })]).process(asOldOnesRead(css), {
    from: 'styles.css',
  });
  return [...found];
}

it.each(readdirSync('public').filter((name) => name.endsWith('.css')))(
  'understand %s, but for what does no harm',
  async (name) => {
    expect(await notUnderstood(readFileSync(`public/${name}`, 'utf8'))).toEqual([]);
  },
);

it.each([
  ['a { margin-inline: auto }', /^css-logical-props/],
  ['a { padding-block: 1rem }', /^css-logical-props/],
  ['a { display: flex; gap: 1rem }', /^flexbox-gap/],
  ['a { font-size: clamp(1rem, 2vw, 2rem) }', /^css-math-functions/],
])('would not understand %s', async (css, feature) => {
  expect(await notUnderstood(css)).toEqual([expect.stringMatching(feature)]);
});

it('have a fallback where a rule says a thing twice', async () => {
  expect(await notUnderstood('a { font-size: 1rem; font-size: clamp(1rem, 2vw, 2rem) }')).toEqual([]);
});

/** What es-check complains of; nothing when it is content. */
function complaints(...files: string[]): string {
  // Parts of a page are fetched by `import()`, which they all know.
  const options = ['checkBrowser', '--module', '--checkFeatures', '--ignore', 'DynamicImport', ...files];
  const { status, stdout, stderr } = spawnSync('node_modules/.bin/es-check', options, { encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr;
}

it('understand the scripts', () => {
  const scripts = readdirSync('public').filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  expect(complaints(...scripts.map((name) => `public/${name}`))).toBe('');
  // This very file is newer: it must be found out.
  expect(complaints('src/cli/run.js')).toMatch(/NullishCoalescing|OptionalChaining/);
});

it('are offered no button that could do nothing', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  await page.addInitScript('delete Navigator.prototype.clipboard');
  await openAccount(page, clientOf('477'));
  expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Copier' }).isVisible()).toBe(false);
});
