// The portal, telling with each answer what it asked of D1: before the answer, and after it (`x-asked`, JSON). Whoever asks
// has passed Cloudflare Access, as at the desk.

import type { Env } from '../../src/env.ts';
import portal from '../../src/index.tsx';
import { DESK_AUDIENCE } from './desk-audience.ts';

/** Calls to D1 (a batch is one), and the rows they read and wrote. */
export type Asked = { trips: number; read: number; written: number };

type Result = { meta: { rows_read: number; rows_written: number } };
type Prepared = { statement: string; all: () => Promise<Result> };

let asked: Asked = { trips: 0, read: 0, written: 0 };
let isWatched = false;

export default {
  async fetch(request, env) {
    if (!isWatched) watch(env.DB);
    isWatched = true;
    takeAsked();
    const later: Promise<unknown>[] = [];
    const context = {
      access: { aud: DESK_AUDIENCE, getIdentity: async () => ({ email: 'agent@bench.example' }) },
      waitUntil: (work: Promise<unknown>) => void later.push(work),
    } as unknown as ExecutionContext;
    const answer = await portal.fetch(request, env, context);
    const atOnce = takeAsked();
    await Promise.all(later);
    const told = new Response(answer.body, answer);
    told.headers.set('x-asked', JSON.stringify({ atOnce, later: takeAsked() }));
    return told;
  },
} satisfies ExportedHandler<Env>;

function takeAsked(): Asked {
  const taken = asked;
  asked = { trips: 0, read: 0, written: 0 };
  return taken;
}

/** Notes each call; everything still goes to D1. */
function watch(database: D1Database): void {
  const prepared = Object.getPrototypeOf(database.prepare('SELECT 1'));
  const { all, raw } = prepared;
  const batch = database.batch;
  prepared.all = prepared.run = async function (this: Prepared) {
    return note([await all.call(this)])[0];
  };
  // Its answer does not tell what was read: a reading is read again.
  prepared.raw = async function (this: Prepared, ...options: unknown[]) {
    const rows = await raw.apply(this, options);
    if (/^\s*(select|with)\b/i.test(this.statement)) note([await all.call(this)]);
    return rows;
  };
  database.batch = (async (statements: never) =>
    note((await batch.call(database, statements)) as Result[])) as never;
}

function note(results: Result[]): Result[] {
  asked.trips++;
  for (const { meta } of results) {
    asked.read += meta.rows_read;
    asked.written += meta.rows_written;
  }
  return results;
}
