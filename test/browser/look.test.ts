// A check that never finds anything proves nothing: here it looks at a page that was spoiled on purpose.

import { expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { examine } from './look.ts';

const SPOILT = `
  document.querySelector('main label').remove();
  document.querySelector('h1').innerHTML = '<font color="#dddddd">Connexion</font>';
  document.querySelector('main .hint').style.width = '40rem';
  document.querySelector('main button').style.cssText = 'min-height: 0; height: 1rem';
`;

it.each([true, false])('finds what is wrong with a spoilt page (JavaScript: %s)', async (js) => {
  const visit = await openBrowser({ width: 320, js });
  await visit.page.goto('/connexion');
  await visit.page.evaluate(SPOILT);
  const found = await examine(visit);
  expect(found.barriers?.join()).toMatch(/label: #identifiant/);
  expect(found.barriers?.join()).toMatch(/color-contrast: font/);
  expect(found.sideways?.join()).toMatch(/class="hint"/);
  expect(found.smallTargets?.join()).toMatch(/<button/);
});

it('hears what goes wrong behind a page', async () => {
  const { page, faults } = await openBrowser({ width: 320, js: true });
  await page.goto('/connexion');
  await page.evaluate(`console.error('broken')`);
  await page.goto('about:blank');
  await page.goto('http://127.0.0.1:9/').catch(() => undefined);
  expect(faults).toEqual(['console: broken', 'outside request: http://127.0.0.1:9/']);
});
