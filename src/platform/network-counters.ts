// One row for each network and kind of try: how often in all, and how often on each thing. However many things a
// network names, it writes no second row.

import { type SQL, sql } from 'drizzle-orm';
import { attemptKey } from './counters.ts';
import { type Db, statement } from './db.ts';
import { derive } from './secrets.ts';

/** A network's counter, the part of it for one thing, and the number that the whole must not pass. */
export type NetworkCount = { key: string; part: string; most: number };

/** The key of a network's counter. */
export function networkKey(secret: string, what: string, network: string): Promise<string> {
  return attemptKey(secret, 'network', what, network);
}

/** The name of a part: ten signs of an HMAC, enough to tell a few hundred things apart within one row. */
export async function partName(secret: string, ...thing: string[]): Promise<string> {
  return (await derive(secret, 'part', ...thing)).slice(0, 10);
}

/**
 * Statement: counts one on a network's counter, in all and on one thing. Once the counter is full nothing is written.
 * Returns `{ total, here }` when it counted: in all, and on this thing.
 */
export function countOnNetwork(db: Db, { key, part, most }: NetworkCount, now: number, window: number) {
  const running = sql`(SELECT key, count, parts, expires_at FROM attempts WHERE key = ${key} AND expires_at > ${now})`;
  return statement<{ total: number; here: number }>(
    db,
    sql`
    -- One more in all, and one more on this thing,
    INSERT INTO attempts (key, count, expires_at, parts)
    SELECT ${key}, coalesce(before.count, 0) + 1, coalesce(before.expires_at, ${now + window}),
      json_patch(coalesce(before.parts, '{}'), json_object(${part}, coalesce(before.parts->>${part}, 0) + 1))
    -- after what the running day has counted; a day that is over, or none, counts as nothing.
    FROM (SELECT 1) LEFT JOIN ${running} AS before
    -- A full counter writes no row and returns none.
    WHERE coalesce(before.count, 0) < ${most}
    ON CONFLICT (key) DO UPDATE SET
      count = excluded.count, expires_at = excluded.expires_at, parts = excluded.parts
    RETURNING count AS "total", parts->>${part} AS "here"`,
  );
}

/** Statement: gives back what `countOnNetwork` counted, and forgets what this network failed on this thing. */
export function clearOnNetwork(db: Db, { key, part }: NetworkCount, when: SQL) {
  return statement(
    db,
    sql`UPDATE attempts SET count = max(0, count - coalesce(parts->>${part}, 0)), parts = json_patch(parts, json_object(${part}, NULL))
    WHERE key = ${key} AND ${when}`,
  );
}

/** Statement: until when a network's counter runs, `{ total, until }`. */
export function readNetwork(db: Db, key: string, now: number) {
  return statement<{ total: number; until: number }>(
    db,
    sql`SELECT count AS "total", expires_at AS "until" FROM attempts WHERE key = ${key} AND expires_at > ${now}`,
  );
}
