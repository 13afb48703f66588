// The database as the rest of the store sees it. `db.batch()` is the transaction: D1 has no other.

import { drizzle } from 'drizzle-orm/d1';

export type Db = ReturnType<typeof openDatabase>;

/** Drizzle over one D1 binding. */
export function openDatabase(d1: D1Database) {
  return drizzle(d1);
}
