// The map, src/index.tsx, against what the tests try: a page that is mounted but forgotten there is found here.

import { expect, it } from 'vitest';
import { addresses } from './support/addresses.ts';
import { BUTTONS, FORMS } from './support/forms.ts';
import { Visitor } from './support/visitor.ts';

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
  // The desk's are its own test's (`desk-entry.test.ts`): to a visitor they do not exist.
  const posted = addresses
    .filter(({ method, path }) => method === 'POST' && !path.startsWith('/guichet'))
    .map(({ path }) => path);
  const known = [...FORMS.map(([path]) => path), ...BUTTONS];
  expect([...new Set(posted)].sort()).toEqual([...new Set(known)].sort());
});
