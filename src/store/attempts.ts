// Exact counters of failed tries. Each try is counted before it is judged, in one atomic statement,
// so that parallel tries cannot slip past the limit; a success gives its count back.

import { type SQL, sql } from 'drizzle-orm';
import { type Identity, identityKeys, identityPrint } from '../rules/identity.ts';
import { IDENTITY, SIGN_IN } from '../rules/numbers.ts';
import { derive } from '../rules/secrets.ts';
import { waitAfterFailure } from '../rules/sign-in.ts';
import { type Db, statement } from './db.ts';

/** The key of a counter: an HMAC, so that nothing typed can be read back from the table. */
export function attemptKey(secret: string, ...parts: string[]): Promise<string> {
  return derive(secret, 'attempt', ...parts);
}

/**
 * Statement: counts one try of a password or an identifier and sets the pause that follows it, unless a pause is
 * running. Returns `{ count }` when the try may be judged, nothing when it is refused.
 */
export function countTry(db: Db, key: string, now: number) {
  const waits = JSON.stringify(Array.from({ length: SIGN_IN.most }, (_, nth) => waitAfterFailure(nth + 1)));
  const expired = sql`attempts.expires_at <= ${now}`;
  return statement<{ count: number }>(
    db,
    sql`
    INSERT INTO attempts (key, count, expires_at) VALUES (${key}, 1, ${now + SIGN_IN.window})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN ${expired} THEN 1 ELSE attempts.count + 1 END,
      blocked_until = CASE
        WHEN ${expired} THEN 0
        WHEN attempts.count + 1 >= ${SIGN_IN.most} THEN attempts.expires_at
        ELSE ${now} + json_extract(${waits}, '$[' || attempts.count || ']') END,
      expires_at = CASE WHEN ${expired} THEN excluded.expires_at ELSE attempts.expires_at END
    WHERE attempts.blocked_until <= ${now}
    RETURNING count`,
  );
}

/** Statement: until when a key is paused, `{ blockedUntil }` in ms. */
export function readPause(db: Db, key: string) {
  return statement<{ blockedUntil: number }>(
    db,
    sql`SELECT blocked_until AS "blockedUntil" FROM attempts WHERE key = ${key}`,
  );
}

/** Counts a try. @returns until when it may not be judged (ms); 0 when it may */
export async function pauseBefore(db: Db, key: string, now: number): Promise<number> {
  const [counted, pause] = await db.batch([countTry(db, key, now), readPause(db, key)]);
  return counted.length > 0 ? 0 : (pause[0]?.blockedUntil ?? 0);
}

/** Statement: forgets the failures of a key, where the condition holds. */
export function clearAttempts(db: Db, key: string, when: SQL) {
  return statement(db, sql`DELETE FROM attempts WHERE key = ${key} AND ${when}`);
}

/** Forgets the failures of a key. */
export async function forgetTries(db: Db, key: string): Promise<void> {
  await clearAttempts(db, key, sql`1`);
}

/** The counters of one typed identity: its print, and each key with the number it must not pass. */
export type IdentityCounters = { print: string; limits: { key: string; most: number }[] };

/** The counters on which a typed identity counts, per network and in all. */
export async function identityCounters(
  secret: string,
  typed: Identity,
  network: string,
): Promise<IdentityCounters> {
  const limits = identityKeys(typed).flatMap((key) => [
    { parts: [key, network], most: IDENTITY.perNetwork },
    { parts: [key], most: IDENTITY.perKey },
  ]);
  return {
    print: await attemptKey(secret, 'identity print', identityPrint(typed)),
    limits: await Promise.all(
      limits.map(async ({ parts, most }) => ({ key: await attemptKey(secret, 'identity', ...parts), most })),
    ),
  };
}

/**
 * Statements: until when this identity is refused (`{ blockedUntil }`, null when it is not), then count it.
 * A refused try counts nowhere, or one network could shut the door for all; the same data posted again neither.
 */
export function countIdentity(db: Db, counters: IdentityCounters, now: number) {
  const full = sql`FROM attempts, json_each(${JSON.stringify(counters.limits)}) AS counter
    WHERE attempts.key = counter.value->>'key' AND attempts.count >= counter.value->>'most'
      AND attempts.expires_at > ${now}`;
  const isFirst = sql`(SELECT count FROM attempts WHERE key = ${counters.print}) = 1`;
  return [
    statement<{ blockedUntil: number | null }>(
      db,
      sql`SELECT max(attempts.expires_at) AS "blockedUntil" ${full}`,
    ),
    countEach(db, [counters.print], sql`NOT EXISTS (SELECT 1 ${full})`, now),
    countEach(db, keysOf(counters), sql`NOT EXISTS (SELECT 1 ${full}) AND ${isFirst}`, now),
    statement<{ isFirst: number }>(db, sql`SELECT ${isFirst} AS "isFirst"`),
  ] as const;
}

/** Statement: gives back the count of an identity that turned out right, when it was counted. */
export function uncountIdentity(db: Db, counters: IdentityCounters, counted: boolean) {
  return statement(
    db,
    sql`UPDATE attempts SET count = count - 1
    WHERE ${counted ? 1 : 0} AND count > 0 AND key IN (SELECT value FROM json_each(${JSON.stringify(keysOf(counters))}))`,
  );
}

/**
 * Statement: counts a « forgotten » request of the day. It is there to be written: a batch that finds nobody would
 * otherwise write nothing, answer sooner, and tell by its time that there is no such account.
 */
export function countAsk(db: Db, now: number) {
  return countEach(db, ['forgotten'], sql`1`, now);
}

function countEach(db: Db, keys: string[], when: SQL, now: number) {
  const expired = sql`attempts.expires_at <= ${now}`;
  return statement(
    db,
    sql`
    INSERT INTO attempts (key, count, expires_at)
    SELECT value, 1, ${now + IDENTITY.window} FROM json_each(${JSON.stringify(keys)}) WHERE ${when}
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN ${expired} THEN 1 ELSE attempts.count + 1 END,
      expires_at = CASE WHEN ${expired} THEN excluded.expires_at ELSE attempts.expires_at END`,
  );
}

function keysOf(counters: IdentityCounters): string[] {
  return counters.limits.map(({ key }) => key);
}
