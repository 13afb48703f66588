// The counters of failed identities: how often a network was wrong, and how often anybody was on each thing a wrong
// identity guesses at. A try is counted before it is judged, and given back when it was right.
//
//   a network's row   count: its wrong identities; parts: for each thing its guesses at it, each fingerprint it has tried
//   a thing's row     count: everybody's guesses at it
//
// A try on reference 494, which may mean 49, writes at most five rows however it is spelled: the network, 494, 49, the
// birth date, and, where the file has somebody born on an unknown day of that year, the name with the year.

import { type SQL, sql } from 'drizzle-orm';
import { IDENTITY } from '../numbers.ts';
import { attemptKey } from '../platform/counters.ts';
import { type Db, statement } from '../platform/db.ts';
import { networkKey, partName } from '../platform/network-counters.ts';
import { randomSecret } from '../platform/secrets.ts';
import type { Guessed } from '../schema.ts';
import { type Guess, guessesOf, type Identity, identityFingerprint } from './matching.ts';

/** A guess with the key of its counter, its part of the network's row, and what neither may pass. */
type Counter = Guess & {
  counter: string;
  part: string;
  perNetwork: number;
  most: number;
  /** Of a name with its year: the year. It counts where the file has somebody whom it can stop. */
  year: string | undefined;
};

/** The counters of one try. `mark` is its own: it tells this try from another of the same data. */
export type IdentityTry = { network: string; fingerprint: string; mark: string; counters: Counter[] };

/** A name with its year stops only clients whose birth date is partly known (see `stopsClient`): nobody else by it. */
const NO_LIMIT = { perNetwork: Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
const LIMITS: Record<Guessed, { perNetwork: number; most: number }> = {
  reference: IDENTITY.reference,
  cut_reference: IDENTITY.reference,
  birth_date: IDENTITY.person,
  siret: IDENTITY.person,
  name_and_year: NO_LIMIT,
};

/** The counters on which a typed identity counts. */
export async function identityTry(secret: string, typed: Identity, network: string): Promise<IdentityTry> {
  const counters = guessesOf(typed).map(async (guess): Promise<Counter> => {
    // Both readings of a reference are one thing: 49 typed, and 494 cut.
    const thing = [guess.of.replace('cut_', ''), guess.key];
    const [counter, part] = [attemptKey(secret, 'identity', ...thing), partName(secret, ...thing)];
    const year = guess.of === 'name_and_year' ? guess.key.slice(-4) : undefined;
    return { ...guess, counter: await counter, part: await part, ...LIMITS[guess.of], year };
  });
  return {
    network: await networkKey(secret, 'identity', network),
    fingerprint: await partName(secret, 'fingerprint', identityFingerprint(typed)),
    mark: randomSecret(),
    counters: await Promise.all(counters),
  };
}

/**
 * Statements: count the try, then tell how its counters stand.
 *
 * A try counts once: the same data from the same network write nothing more. It counts on nothing that is full, or one
 * network could fill the counter that stops everybody; and while something is full its fingerprint is not kept, or it
 * would be a guess for free later. A network that is full writes nothing at all.
 */
export function countIdentity(db: Db, { network, fingerprint, mark, counters }: IdentityTry, now: number) {
  const tried = JSON.stringify(counters.map(({ of: _, key: __, ...counter }) => counter));
  const keys = sql.join(
    [network, ...counters.map(({ counter }) => counter)].map((key) => sql`${key}`),
    sql`, `,
  );
  return [
    // The network's row. It notes which things this try counts on (`open`), for the statement that follows.
    statement(
      db,
      sql`
    WITH
      here AS (SELECT count, parts, expires_at FROM attempts WHERE key = ${network} AND expires_at > ${now}),
      tried AS (
        SELECT value->>'counter' AS counter, value->>'part' AS part, value->>'guesses' AS guesses,
          coalesce((SELECT parts->>(value->>'part') FROM here), 0) AS from_here,
          coalesce((SELECT parts->>(value->>'part') FROM here), 0) >= value->>'perNetwork'
            OR EXISTS (SELECT 1 FROM attempts WHERE key = value->>'counter' AND expires_at > ${now}
              AND count >= value->>'most') AS is_full
        FROM json_each(${tried})
        WHERE value->>'year' IS NULL OR ${hasPartlyKnown(sql`value->>'year'`)}),
      counted AS (
        SELECT json_group_object(part, from_here + guesses) FILTER (WHERE NOT is_full) AS parts,
          json_group_array(json_array(counter, guesses)) FILTER (WHERE NOT is_full) AS open,
          max(is_full) AS is_stopped
        FROM tried)
    INSERT INTO attempts (key, count, expires_at, parts)
    SELECT ${network}, coalesce((SELECT count FROM here), 0) + 1,
      coalesce((SELECT expires_at FROM here), ${now + IDENTITY.window}),
      json_patch(
        json_patch(coalesce((SELECT parts FROM here), '{}'), coalesce(counted.parts, '{}')),
        json_object('mark', ${mark}, 'open', json(coalesce(counted.open, '[]')), ${fingerprint}, iif(is_stopped, NULL, 1)))
    FROM counted
    WHERE coalesce((SELECT count FROM here), 0) < ${IDENTITY.network}
      AND (is_stopped OR (SELECT parts->>${fingerprint} FROM here) IS NULL)
    ON CONFLICT (key) DO UPDATE SET
      count = excluded.count, expires_at = excluded.expires_at, parts = excluded.parts`,
    ),
    // The things' rows, when the network's row says that this very try counts on them.
    statement(
      db,
      sql`
    INSERT INTO attempts (key, count, expires_at)
    SELECT thing.value->>0, thing.value->>1, ${now + IDENTITY.window}
    FROM attempts AS here, json_each(here.parts, '$.open') AS thing
    WHERE here.key = ${network} AND here.parts->>'mark' = ${mark}
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN attempts.expires_at <= ${now} THEN 0 ELSE attempts.count END + excluded.count,
      expires_at = CASE WHEN attempts.expires_at <= ${now} THEN excluded.expires_at ELSE attempts.expires_at END`,
    ),
    statement<Row>(
      db,
      sql`SELECT key, count, expires_at AS "until", parts FROM attempts WHERE key IN (${keys}) AND expires_at > ${now}`,
    ),
  ] as const;
}

/** Condition: the file has somebody born on an unknown day of that year. */
function hasPartlyKnown(year: SQL): SQL {
  return sql`EXISTS (SELECT 1 FROM clients
    WHERE substr(birth_date, 9) = '00' AND birth_date >= ${year} AND birth_date < ${year} || '~')`;
}

type Row = { key: string; count: number; until: number; parts: string | null };
type Parts = Record<string, number> & { mark?: string; open?: [string, number][] };

/** How a counter stands after the try. */
export type Standing = Counter & {
  /** Everybody's guesses, this try's included; and those of its network. */
  count: number;
  fromHere: number;
  /** Whether it was full before the try. */
  isFull: boolean;
  /** Which row is full, and until when (ms): the thing's own, or the network's. */
  fullKey: string | undefined;
  until: number;
};

export type Standings = {
  counters: Standing[];
  /** Whether the try was new and counted, or its data had been tried before. */
  isCounted: boolean;
  network: { key: string; count: number; until: number; isFull: boolean };
};

/** How the counters stand, from the rows that `countIdentity` read. */
export function readStandings({ network, mark, counters }: IdentityTry, rows: Row[]): Standings {
  const here = rows.find(({ key }) => key === network);
  const parts: Parts = JSON.parse(here?.parts ?? '{}');
  const isCounted = parts.mark === mark;
  const open = isCounted ? (parts.open ?? []).map(([key]) => key) : [];
  const standings = counters.map((one): Standing => {
    const row = rows.find(({ key }) => key === one.counter);
    const fromHere = parts[one.part] ?? 0;
    const full = fromHere >= one.perNetwork ? here : row;
    const isFull = isCounted && one.of !== 'name_and_year' && !open.includes(one.counter);
    return { ...one, count: row?.count ?? 0, fromHere, isFull, fullKey: full?.key, until: full?.until ?? 0 };
  });
  const count = here?.count ?? 0;
  const isFull = !isCounted && count >= IDENTITY.network;
  return {
    counters: standings,
    isCounted,
    network: { key: network, count, until: here?.until ?? 0, isFull },
  };
}

/** How many more wrong tries would be judged, by the fullest of the counters. */
export function triesLeft({ counters, network }: Standings): number {
  const lefts = counters.map(({ count, fromHere, guesses, perNetwork, most }) =>
    Math.floor(Math.min(perNetwork - fromHere, most - count) / guesses),
  );
  return Math.max(0, Math.min(IDENTITY.network - network.count, ...lefts));
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
