// Named steps: what a batch returns, and in which order they run.

import { env } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { batch, openDatabase, previousChanged, statement } from '../src/platform/db.ts';
import { knownFaults } from '../src/schema.ts';

const db = openDatabase(env.DB);
const add = (fault: string, when = sql`1`) =>
  statement<{ fault: string }>(
    db,
    sql`INSERT INTO known_faults (fault, lines) SELECT ${fault}, 1 WHERE ${when} RETURNING fault`,
  );
const read = () => db.select({ fault: knownFaults.fault }).from(knownFaults).orderBy(knownFaults.fault);
const clear = () => db.delete(knownFaults);

it('gives each step its rows, and a list of steps a list of them, in the order written', async () => {
  const done = await batch(db, {
    cleared: clear(),
    none: [],
    first: add('a'),
    some: [add('b'), read(), add('c')],
    last: read(),
  });
  expect(done).toMatchObject({
    none: [],
    first: [{ fault: 'a' }],
    some: [[{ fault: 'b' }], [{ fault: 'a' }, { fault: 'b' }], [{ fault: 'c' }]],
    last: [{ fault: 'a' }, { fault: 'b' }, { fault: 'c' }],
  });
  expect(Object.keys(done)).toEqual(['cleared', 'none', 'first', 'some', 'last']);
});

it('a step can ask whether the write before it changed a row; one that reads in between does not matter', async () => {
  const { yes, no, after } = await batch(db, {
    cleared: clear(),
    added: add('a'),
    between: read(),
    yes: add('b', previousChanged),
    refused: add('c', sql`0`),
    no: add('d', previousChanged),
    after: read(),
  });
  expect([yes.length, no.length]).toEqual([1, 0]);
  expect(after.map(({ fault }) => fault)).toEqual(['a', 'b']);
});

it('a step that fails undoes those before it', async () => {
  await batch(db, { cleared: clear() });
  await expect(batch(db, { first: add('a'), again: add('a') })).rejects.toThrow();
  expect(await read()).toEqual([]);
});

it('no steps are no call', async () => {
  expect(await batch(db, { none: [] })).toEqual({ none: [] });
});
