// The map, src/index.tsx, against what the tests try: a page that is mounted but forgotten there is found here.

import type { Hono } from 'hono';
import { expect, it } from 'vitest';
import map from '../src/index.tsx?raw';
import { BUTTONS, FORMS } from './forms.ts';
import { Visitor } from './visitor.ts';

const modules = import.meta.glob('../src/{tenant,machines}/**/*', { import: '*', eager: true });
const pages: Record<string, Hono> = Object.assign({}, ...Object.values(modules));

/** Every method and address that is mounted, machines left out. */
const addresses = [...map.matchAll(/app\.route\('([^']*)', (\w+)\)/g)]
  .flatMap(([, base = '', name = '']) =>
    (pages[name]?.routes ?? []).map(({ method, path }) => ({ method, path: `${base}${path}` })),
  )
  .map(({ method, path }) => ({ method, path: path.replace(/^\/\//, '/').replace(/(?<=.)\/$/, '') }))
  .filter(({ method, path }) => method !== 'ALL' && !/^\/(api|sante)\b/.test(path));

const own = addresses.filter(({ path }) => path.startsWith('/espace'));

it('is read whole', () => {
  expect(addresses.length).toBeGreaterThan(35);
  expect(own.length).toBeGreaterThan(8);
});

it.each(own)('$method $path is closed to who is not signed in', async ({ method, path }) => {
  const visitor = new Visitor();
  const answer = method === 'POST' ? await visitor.post(path, { x: 'y' }) : await visitor.open(path);
  const signInFirst = `/connexion?suite=${encodeURIComponent(path)}`;
  if (method === 'POST') expect([answer.status, answer.html.includes(signInFirst)]).toEqual([401, true]);
  else expect([answer.status, answer.location]).toEqual([303, signInFirst]);
});

it('every form is known to the tests that type into all of them', () => {
  const posted = addresses.filter(({ method }) => method === 'POST').map(({ path }) => path);
  const known = [...FORMS.map(([path]) => path), ...BUTTONS];
  expect([...new Set(posted)].sort()).toEqual([...new Set(known)].sort());
});
