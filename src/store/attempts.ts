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
export function clearAttempts(db: Db, key: string, when: SQL = sql`1`) {
  return statement(db, sql`DELETE FROM attempts WHERE key = ${key} AND ${when}`);
}

/** A counter and the number it must not pass; `of` is the key of an identity it belongs to, `group` its hash. */
type Limit = { of: string; group: string; key: string; most: number };
/** The counters of one typed identity: its print, and two for each of its keys, per network and in all. */
export type IdentityCounters = { print: string; limits: Limit[] };

/** The counters on which a typed identity counts. */
export async function identityCounters(
  secret: string,
  typed: Identity,
  network: string,
): Promise<IdentityCounters> {
  const limits = identityKeys(typed).map(async (of): Promise<Limit[]> => {
    const group = await attemptKey(secret, 'identity', of);
    const here = await attemptKey(secret, 'identity', of, network);
    return [
      { of, group, key: here, most: IDENTITY.perNetwork },
      { of, group, key: group, most: IDENTITY.perKey },
    ];
  });
  return {
    print: await attemptKey(secret, 'identity print', identityPrint(typed)),
    limits: (await Promise.all(limits)).flat(),
  };
}

/** A group whose counters are full, and until when (ms). */
type Full = { group: string; until: number };

/**
 * Statements: which groups of counters are full, then count the try on all others; then how it stands: `isFirst`, when
 * the same was not tried before, and `left`, how many more other tries are judged. What is full counts no further, or
 * one network could fill the counter that stops everybody. The same data posted again count once, unless something is
 * full: a print kept then would be a guess for free later.
 */
export function countIdentity(db: Db, { print, limits }: IdentityCounters, now: number) {
  const list = JSON.stringify(limits.map(({ group, key, most }) => ({ group, key, most })));
  const each = sql`json_each(${list}) AS counter`;
  const full = sql`FROM attempts, ${each} WHERE attempts.key = counter.value->>'key'
    AND attempts.count >= counter.value->>'most' AND attempts.expires_at > ${now}`;
  const isFirst = sql`(SELECT count FROM attempts WHERE key = ${print}) = 1`;
  const open = sql`value->>'group' NOT IN (SELECT counter.value->>'group' ${full})`;
  return [
    statement<Full>(
      db,
      sql`SELECT counter.value->>'group' AS "group", max(attempts.expires_at) AS "until" ${full} GROUP BY 1`,
    ),
    countEach(db, JSON.stringify([{ key: print }]), sql`NOT EXISTS (SELECT 1 ${full})`, now),
    countEach(db, list, sql`(${isFirst} OR EXISTS (SELECT 1 ${full})) AND ${open}`, now),
    statement<{ isFirst: number; left: number | null }>(
      db,
      sql`SELECT ${isFirst} AS "isFirst", (SELECT min(counter.value->>'most' - attempts.count)
        FROM attempts, ${each} WHERE attempts.key = counter.value->>'key' AND attempts.expires_at > ${now}) AS "left"`,
    ),
  ] as const;
}

/** The keys that `countIdentity` counted on, for `uncountIdentity`. */
export function countedKeys({ limits }: IdentityCounters, full: Full[], isFirst: boolean): string[] {
  if (full.length === 0 && !isFirst) return [];
  const shut = full.map(({ group }) => group);
  return limits.filter(({ group }) => !shut.includes(group)).map(({ key }) => key);
}

/** Statement: gives back the count of an identity that turned out right. @param counted see `countedKeys` */
export function uncountIdentity(db: Db, counted: string[]) {
  return statement(
    db,
    sql`UPDATE attempts SET count = count - 1
    WHERE count > 0 AND key IN (SELECT value FROM json_each(${JSON.stringify(counted)}))`,
  );
}

/**
 * Statement: counts a « forgotten » request of the day. It is there to be written: a batch that finds nobody would
 * otherwise write nothing, answer sooner, and tell by its time that there is no such account.
 */
export function countAsk(db: Db, now: number) {
  return countEach(db, JSON.stringify([{ key: 'forgotten' }]), sql`1`, now);
}

/** @param list JSON: `[{ key }, …]` */
function countEach(db: Db, list: string, when: SQL, now: number) {
  const expired = sql`attempts.expires_at <= ${now}`;
  return statement(
    db,
    sql`
    INSERT INTO attempts (key, count, expires_at)
    SELECT value->>'key', 1, ${now + IDENTITY.window} FROM json_each(${list}) WHERE ${when}
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN ${expired} THEN 1 ELSE attempts.count + 1 END,
      expires_at = CASE WHEN ${expired} THEN excluded.expires_at ELSE attempts.expires_at END`,
  );
}
