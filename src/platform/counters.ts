// Exact counters of tries. Each try is counted before it is judged, in one atomic statement, so that parallel tries
// cannot slip past the limit; a success gives its count back.

import { type SQL, sql } from 'drizzle-orm';
import { SIGN_IN, SWEEP } from '../numbers.ts';
import { type Db, statement } from './db.ts';
import { derive } from './secrets.ts';

/** The key of a counter: an HMAC, so that nothing typed can be read back from the table. */
export function attemptKey(secret: string, ...parts: string[]): Promise<string> {
  return derive(secret, 'attempt', ...parts);
}

/**
 * How a counter slows down: the pause after each try, in ms, the last one again after all that follow; and the number
 * after which nothing is judged any more on that day.
 */
export type Pace = { waits: number[]; most: number };

/**
 * Statement: counts one try and sets the pause that follows it, unless a pause is running.
 * Returns `{ count }` when the try may be judged, nothing when it is refused.
 * @param when a further condition under which the try counts
 * @param mark the sign that `isMarked` asks for in the statements that follow
 */
export function countTry(
  db: Db,
  key: string,
  now: number,
  { waits, most }: Pace,
  when: SQL = sql`1`,
  mark: string | null = null,
) {
  const isOver = sql`attempts.expires_at <= ${now}`;
  // D1 binds a number as a real one, which is no place in a list.
  const wait = sql`json_extract(${JSON.stringify(waits)}, '$[' || CAST(min(attempts.count, ${waits.length - 1}) AS INTEGER) || ']')`;
  return statement<{ count: number }>(
    db,
    sql`
    -- The first try of a day,
    INSERT INTO attempts (key, count, blocked_until, expires_at, parts)
    SELECT ${key}, 1, ${now + (waits[0] ?? 0)}, ${now + SIGN_IN.window}, ${mark} WHERE ${when}
    -- or one more. A counter whose day is over begins anew, with this try.
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN ${isOver} THEN 1 ELSE attempts.count + 1 END,
      -- The last try that is judged closes the rest of the day; each one before sets its own wait.
      blocked_until = CASE
        WHEN ${isOver} THEN excluded.blocked_until
        WHEN attempts.count + 1 >= ${most} THEN attempts.expires_at
        ELSE ${now} + ${wait} END,
      expires_at = CASE WHEN ${isOver} THEN excluded.expires_at ELSE attempts.expires_at END,
      parts = excluded.parts
    -- While a pause runs nothing is counted, and no row comes back.
    WHERE attempts.blocked_until <= ${now}
    RETURNING count`,
  );
}

/** Condition: the try of this mark was counted by an earlier statement of the same batch. */
export function isMarked(key: string, mark: string): SQL {
  return sql`EXISTS (SELECT 1 FROM attempts WHERE key = ${key} AND parts = ${mark})`;
}

/** Condition: no pause of this counter is running. */
export function isOpen(key: string, now: number): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM attempts WHERE key = ${key} AND blocked_until > ${now})`;
}

/** Statement: until when a key is paused, `{ blockedUntil }` in ms. */
export function readPause(db: Db, key: string) {
  return statement<{ blockedUntil: number }>(
    db,
    sql`SELECT blocked_until AS "blockedUntil" FROM attempts WHERE key = ${key}`,
  );
}

/** Statement: forgets the failures of a key, where the condition holds. */
export function clearAttempts(db: Db, key: string, when: SQL = sql`1`) {
  return statement(db, sql`DELETE FROM attempts WHERE key = ${key} AND ${when}`);
}

/**
 * Statement: gives back one count, and the pause that it set; the other counts on this key stay. So a stranger who reads the
 * counter from elsewhere learns nothing of a success.
 */
export function giveBackTry(db: Db, key: string, when: SQL = sql`1`) {
  return statement(
    db,
    sql`UPDATE attempts SET count = count - 1, blocked_until = 0 WHERE key = ${key} AND count > 0 AND ${when}`,
  );
}

/** Statement: spends what is good for one use: the second time, until then (ms), no row changes. */
export function spendOnce(db: Db, key: string, until: number) {
  return statement(
    db,
    sql`INSERT INTO attempts (key, count, expires_at) VALUES (${key}, 1, ${until}) ON CONFLICT (key) DO NOTHING`,
  );
}

/** Removes the counters that are over, until none is left. @returns how many went */
export async function sweepAttempts(db: Db, now: number): Promise<number> {
  const over = sql`SELECT key FROM attempts WHERE expires_at <= ${now} LIMIT ${SWEEP.perRound}`;
  let removed = 0;
  for (let round = 0; round < SWEEP.rounds; round++) {
    const { meta } = await db.run(sql`DELETE FROM attempts WHERE key IN (${over})`);
    removed += meta.changes;
    if (meta.changes < SWEEP.perRound) break;
  }
  return removed;
}
