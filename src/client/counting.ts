// A failed identity counted in one batch, and given back when it turns out right (what it counts on: `guesses.ts`).

import { sql } from 'drizzle-orm';
import { IDENTITY } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import type { IdentityTry } from './guesses.ts';
import type { CounterRow, Standings } from './standings.ts';

/**
 * Steps: count the try, then tell how its counters stand.
 *
 * A try counts once: the same data from the same network write nothing more. It counts on nothing that is full, or one
 * network could fill the counter that stops everybody; and while something is full its fingerprint is not kept, or it
 * would be a guess for free later. A network that is full writes nothing at all.
 */
export function countIdentity(db: Db, { network, fingerprint, mark, counters }: IdentityTry, now: number) {
  const tried = JSON.stringify(counters.map(({ of: _, key: __, ...counter }) => counter));
  const keys = JSON.stringify([network, ...counters.map(({ counter }) => counter)]);
  return {
    // The network's row. It notes which things this try counts on (`open`), for the step that follows.
    onNetwork: statement(
      db,
      sql`
    WITH
      -- The network's row as it stood, unless its day is over.
      here AS (SELECT count, parts, expires_at FROM attempts WHERE key = ${network} AND expires_at > ${now}),
      -- Each thing that is guessed at: how often from here, and whether it is full for this network or for everybody.
      tried AS (
        SELECT value->>'counter' AS counter, value->>'part' AS part, value->>'guesses' AS guesses,
          coalesce((SELECT parts->>(value->>'part') FROM here), 0) AS from_here,
          coalesce((SELECT parts->>(value->>'part') FROM here), 0) >= value->>'perNetwork'
            OR EXISTS (SELECT 1 FROM attempts WHERE key = value->>'counter' AND expires_at > ${now}
              AND count >= value->>'most') AS is_full
        FROM json_each(${tried})
        -- A name with its year counts only where the file has somebody born on an unknown day of that year: few, by
        -- their own index. Left to choose, SQLite reads everybody born that year.
        WHERE value->>'year' IS NULL OR EXISTS (SELECT 1 FROM clients INDEXED BY clients_partly_known
          WHERE substr(birth_date, 9) = '00'
          AND birth_date >= value->>'year' AND birth_date < value->>'year' || '~')),
      -- The same in one row: the new parts and the things to count on, both without what is full.
      counted AS (
        SELECT json_group_object(part, from_here + guesses) FILTER (WHERE NOT is_full) AS parts,
          json_group_array(json_array(counter, guesses)) FILTER (WHERE NOT is_full) AS open,
          max(is_full) AS is_stopped
        FROM tried)
    -- One more try of this network, within its running day or from now on.
    INSERT INTO attempts (key, count, expires_at, parts)
    SELECT ${network}, coalesce((SELECT count FROM here), 0) + 1,
      coalesce((SELECT expires_at FROM here), ${now + IDENTITY.window}),
      -- Its former parts, the new ones over them, this try's mark, and its fingerprint unless something is full.
      json_patch(
        json_patch(coalesce((SELECT parts FROM here), '{}'), coalesce(counted.parts, '{}')),
        json_object('mark', ${mark}, 'open', json(coalesce(counted.open, '[]')), ${fingerprint}, iif(is_stopped, NULL, 1)))
    FROM counted
    -- A network that is full writes nothing; nor does the same data again, unless something is full.
    WHERE coalesce((SELECT count FROM here), 0) < ${IDENTITY.network}
      AND (is_stopped OR (SELECT parts->>${fingerprint} FROM here) IS NULL)
    ON CONFLICT (key) DO UPDATE SET
      count = excluded.count, expires_at = excluded.expires_at, parts = excluded.parts`,
    ),
    onThings: statement(
      db,
      sql`
    -- One row for each thing that the network's row names as open,
    INSERT INTO attempts (key, count, expires_at)
    SELECT thing.value->>0, thing.value->>1, ${now + IDENTITY.window}
    FROM attempts AS here, json_each(here.parts, '$.open') AS thing
    -- when it was this very try that wrote that row.
    WHERE here.key = ${network} AND here.parts->>'mark' = ${mark}
    -- A row that is there counts on; one whose day is over begins anew.
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN attempts.expires_at <= ${now} THEN 0 ELSE attempts.count END + excluded.count,
      expires_at = CASE WHEN attempts.expires_at <= ${now} THEN excluded.expires_at ELSE attempts.expires_at END`,
    ),
    rows: statement<CounterRow>(
      db,
      sql`SELECT key, count, expires_at AS "until", parts FROM attempts
      WHERE key IN (SELECT value FROM json_each(${keys})) AND expires_at > ${now}`,
    ),
  };
}

/** Statements: give back the count of an identity that turned out right; its fingerprint stays. */
export function giveBackIdentity(db: Db, { counters, isCounted, network }: Standings) {
  const counted = isCounted ? counters.filter(({ isFull, fromHere }) => !isFull && fromHere > 0) : [];
  const given = JSON.stringify(counted.map(({ counter, part, guesses }) => ({ counter, part, guesses })));
  return [
    statement(
      db,
      sql`UPDATE attempts SET count = count - 1, parts = json_patch(parts,
        (SELECT json_group_object(value->>'part', parts->>(value->>'part') - value->>'guesses') FROM json_each(${given})))
      WHERE key = ${network.key} AND ${isCounted ? 1 : 0}`,
    ),
    statement(
      db,
      sql`UPDATE attempts SET count = max(0, attempts.count - given.value->>'guesses') FROM json_each(${given}) AS given
      WHERE attempts.key = given.value->>'counter'`,
    ),
  ] as const;
}
