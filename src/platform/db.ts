// The database as the core sees it. `db.batch()` is the transaction: D1 has no other.

import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { oncePer } from './cache.ts';

export type Db = ReturnType<typeof openDatabase>;

/** Drizzle over one D1 binding. */
export const openDatabase = oncePer((d1: D1Database) => drizzle(d1));

/**
 * A statement in raw SQL for `db.batch()`: the conditional writes are made of these.
 * Rows come back under the names the SQL gives them.
 */
export function statement<Row>(db: Db, query: SQL) {
  const raw = db.all<Row>(query);
  // drizzle 0.45 binds parameters to a prepared `stmt` and does not prepare raw statements itself.
  return Object.assign(raw, { stmt: db.$client.prepare(raw.getQuery().sql) });
}
