// Watches what the portal asks of D1. Everything still goes to the real one.

import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import portal from '../../src/index.tsx';

export type Statement = { sql: string; params: unknown[]; rowsRead: number; rowsWritten: number };
/** One call to D1: a statement, or a batch of them. */
export type RoundTrip = Statement[];

type Prepared = { statement: string; params: unknown[]; all: () => Promise<Result> };
type Result = { meta: { rows_read: number; rows_written: number } };

/** What a statement begins with that changes nothing. */
export const READS = /^\s*(select|with (?!.*\b(insert|update|delete)\b))/is;

const prepared = Object.getPrototypeOf(env.DB.prepare('SELECT 1'));
const { all, raw } = prepared;
const batch = env.DB.batch;

/**
 * Does something and notes each call to D1.
 * @returns what it gave, the calls made before the (last) answer was there, and those made after it
 */
export async function watchStatements<T>(work: () => Promise<T>) {
  const trips: RoundTrip[] = [];
  let answered: number | undefined;
  const note = ({ statement, params }: Prepared, { meta }: Result): Statement => ({
    sql: statement,
    params,
    rowsRead: meta.rows_read,
    rowsWritten: meta.rows_written,
  });
  prepared.all = prepared.run = async function (this: Prepared) {
    const result = await all.call(this);
    trips.push([note(this, result)]);
    return result;
  };
  // Its answer does not tell what was read: a reading is read again.
  prepared.raw = async function (this: Prepared, ...options: unknown[]) {
    const rows = await raw.apply(this, options);
    const isReading = READS.test(this.statement);
    trips.push([note(this, isReading ? await all.call(this) : { meta: { rows_read: 0, rows_written: 0 } })]);
    return rows;
  };
  env.DB.batch = (async (statements: Prepared[]) => {
    const results = (await batch.call(env.DB, statements as never)) as Result[];
    trips.push(statements.map((one, index) => note(one, results[index] as Result)));
    return results;
  }) as never;
  const fetch = portal.fetch;
  const watched = vi.spyOn(portal, 'fetch').mockImplementation(async (...request) => {
    const answer = await fetch(...request);
    answered = trips.length;
    return answer;
  });
  try {
    const given = await work();
    return { given, before: trips.slice(0, answered), after: trips.slice(answered) };
  } finally {
    Object.assign(prepared, { all, run: all, raw });
    env.DB.batch = batch;
    watched.mockRestore();
  }
}

/** How SQLite goes about a statement, one line per step. */
export async function planOf({ sql, params }: Statement): Promise<string[]> {
  const plan = env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...params);
  const { results } = await plan.all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
