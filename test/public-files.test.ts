// The files of public/ stand in the pages under a fingerprint of what they hold: one place, one truth.

import { expect, it } from 'vitest';
import headers from '../public/_headers?raw';
import redirects from '../public/_redirects?raw';
import { fingerprintOf } from '../src/platform/fingerprint.ts';
import { publicFile } from '../src/web/public-files.ts';
import { request } from './support/visitor.ts';

const files = Object.entries(
  import.meta.glob('../public/*.{css,js,svg}', { query: '?raw', import: 'default', eager: true }),
).map(([path, text]): [string, string] => [path.replace('../public/', ''), String(text)]);

it('the fingerprint is that of the files: run `npm run fix` after a change of public/', async () => {
  expect(files.length).toBeGreaterThan(8);
  const fingerprint = await fingerprintOf(files);
  expect(publicFile('styles.css')).toBe(`/v/${fingerprint}/styles.css`);
  expect(redirects).toContain(`\n/v/${fingerprint}/* /:splat 200\n`);
});

it('another byte, or another name, is another fingerprint', async () => {
  const one = await fingerprintOf([['a.css', 'x']]);
  expect(one).toMatch(/^[0-9a-f]{10}$/);
  expect(await fingerprintOf([['a.css', 'y']])).not.toBe(one);
  expect(await fingerprintOf([['b.css', 'x']])).not.toBe(one);
});

it('what stands under it is kept for a year, the plain addresses for an hour', () => {
  expect(headers).toMatch(
    /^\/v\/\*\n {2}! Cache-Control\n {2}Cache-Control: public, max-age=31536000, immutable$/m,
  );
});

it.each(['/connexion', '/inscription', '/aide', '/nulle-part'])(
  '%s links no file of public/ otherwise',
  async (path) => {
    const html = await (await request(path)).text();
    const linked = [...html.matchAll(/(?:href|src)="(\/[^"]*\.(?:css|js|svg))"/g)].map(
      ([, address]) => address ?? '',
    );
    expect(linked.length).toBeGreaterThanOrEqual(4);
    for (const address of linked) expect(files.map(([name]) => publicFile(name))).toContain(address);
  },
);
