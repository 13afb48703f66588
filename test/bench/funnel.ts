// npm run bench:funnel: what a night's count of the sign-ups, the page that shows it and the list of who has no account ask of
// D1 among 1,000,000 clients in 120 sectors, of whom 15 % have an account.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eachAbsent, readAbsent } from '../../src/account/absent.ts';
import { countSignUps, readSignUps } from '../../src/account/sign-up-counts.ts';
import { readSectors } from '../../src/client/sectors.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { type Counts, fill } from './fill.ts';
import { servePortal } from './portal.ts';
import { build } from './workers.ts';

const CLIENTS = 1_000_000;
const ZONE = 'Europe/Paris';

type Meta = { rows_read: number; rows_written: number; duration: number };
type Result = { meta: Meta };
type Prepared = { bind: (...values: unknown[]) => Prepared; all: () => Promise<Result> };

let filled: Counts = { clients: 0, accounts: 0 };
let asked: Meta = { rows_read: 0, rows_written: 0, duration: 0 };

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const portal = await servePortal(build(folder), false, join(folder, 'state'));
try {
  const db = openDatabase(watched(portal.database));
  const counts = { clients: CLIENTS, accounts: CLIENTS * 0.15 };
  await fillTo(counts);
  const [now, filter] = [Date.now(), { isHeldToo: true }];
  const last = { sector: 'Secteur 7', isHeldToo: true };
  console.log(`\n${CLIENTS} clients, ${counts.accounts} accounts:`);
  console.table({
    'the night': await measure(() => countSignUps(db, ZONE, now)),
    'the first night of a month': await measure(() => countSignUps(db, ZONE, now + 31 * 86_400_000)),
    'the page': await measure(() => readSignUps(db)),
    'the sectors of the filter': await measure(() => readSectors(db)),
    'a hundred without account': await measure(() => readAbsent(db, filter, 0, 101, now)),
    'the same of one sector': await measure(() => readAbsent(db, last, 0, 101, now)),
    'the file of all of them': await measure(async () => {
      for await (const _ of eachAbsent(db, filter, now));
    }),
  });
} finally {
  await portal.stop();
  rmSync(folder, { recursive: true });
}

/** In pieces: workerd ends a connection over a statement that writes a million rows. */
async function fillTo({ clients, accounts }: Counts): Promise<void> {
  while (filled.clients < clients || filled.accounts < accounts) {
    const next = {
      clients: Math.min(clients, filled.clients + 100_000),
      accounts: Math.min(accounts, filled.accounts + 50_000),
    };
    await fill(portal.database, filled, next);
    const sectors = "UPDATE clients SET sector = 'Secteur ' || (id % 120) WHERE sector IS NULL";
    await portal.database.prepare(sectors).run();
    filled = next;
  }
}

async function measure(work: () => PromiseLike<unknown>) {
  asked = { rows_read: 0, rows_written: 0, duration: 0 };
  const start = performance.now();
  await work();
  const time = Math.round(performance.now() - start);
  const { rows_read: read, rows_written: written, duration } = asked;
  return {
    'rows read': read,
    'rows written': written,
    'ms in D1': Math.round(duration),
    'ms, all told': time,
  };
}

/** Notes what each call reads and writes; everything goes to the real one. */
function watched(database: D1Database): D1Database {
  const note = <R extends Result>(result: R): R => {
    asked.rows_read += result.meta.rows_read;
    asked.rows_written += result.meta.rows_written;
    asked.duration += result.meta.duration;
    return result;
  };
  const wrap = (real: Prepared): object => ({
    real,
    bind: (...values: unknown[]) => wrap(real.bind(...values)),
    all: async () => note(await real.all()),
    run: async () => note(await real.all()),
    // As drizzle reads what it selects by itself.
    raw: async () => {
      const { results } = note(await real.all()) as Result & { results: object[] };
      return results.map((row) => Object.values(row));
    },
  });
  return {
    prepare: (sql: string) => wrap(database.prepare(sql) as unknown as Prepared),
    batch: async (all: { real: D1PreparedStatement }[]) =>
      (await database.batch(all.map(({ real }) => real))).map((result) => note(result)),
  } as unknown as D1Database;
}
