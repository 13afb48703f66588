// Finds the client whom a typed identity denotes, and says whether its tries are used up.

import { IDENTITY } from '../numbers.ts';
import { batch, type Db } from '../platform/db.ts';
import { countIdentity } from './counting.ts';
import type { IdentityTry } from './guesses.ts';
import { findClient, type Identity, isPartlyKnown, stopsClient } from './matching.ts';
import type { Pause } from './pauses.ts';
import { type Client, clientsUnder } from './rows.ts';
import { readStandings, type Standing, type Standings, triesLeft } from './standings.ts';

export type Identified = { ok: true; client: Client; standings: Standings } | Unidentified;

export type Unidentified = {
  ok: false;
  /** Until when tries are refused (ms); null when they are judged. */
  blockedUntil: number | null;
  /** Which counter is full: the network's own, or one that others may have filled. */
  blockedBy: 'network' | 'others';
  /** How many more tries are judged. */
  left: number;
  /** Whether the network has just met its limit. */
  isLastOfNetwork: boolean;
  /** For the staff on the phone. */
  pauses: Pause[];
};

/**
 * Finds the one client a typed identity denotes, and counts the try (see `countIdentity`), in one round trip. A right
 * identity is stopped by its client's own counters only, a wrong one by any counter of the try, so that « too many tries »
 * never shows a guesser that a guess was right. A client whose birth date is partly known is, after a few wrong tries, not
 * found.
 */
export async function identify(
  db: Db,
  typed: Identity,
  counts: IdentityTry,
  now: number,
): Promise<Identified> {
  const { rows, under } = await batch(db, {
    ...countIdentity(db, counts, now),
    under: clientsUnder(db, typed.kind, typed.reference),
  });
  const standings = readStandings(counts, rows);
  const client = findClient(typed, under);
  const full = standings.counters.filter(({ isFull }) => isFull);
  const stops = client ? full.filter((one) => stopsClient(one, typed, client)) : full;
  const guards = client && isPartlyKnown(client) ? guardsOf(client, typed, standings) : [];
  const { network, isCounted } = standings;
  if (client && !network.isFull && stops.length + guards.length === 0) return { ok: true, client, standings };
  // The latest of all full counters, this client's or not: the hour must show a guesser no more than « too many tries ».
  const untils = stops.length > 0 ? full.map(({ until }) => until) : [];
  const blocked = network.isFull ? [network.until] : untils;
  return {
    ok: false,
    blockedUntil: blocked.length > 0 ? Math.max(...blocked) : null,
    blockedBy: network.isFull ? 'network' : 'others',
    left: triesLeft(standings),
    isLastOfNetwork: isCounted && network.count === IDENTITY.network,
    pauses: client
      ? pausesOf(client, [...stops, ...guards], network)
      : under.flatMap((row) => pausesOf(row, aimedAt(row, typed, full))),
  };
}

/** The counters by which a client of few tries is no longer found: those made before this one count. */
function guardsOf(client: Client, typed: Identity, { counters, isCounted }: Standings): Standing[] {
  return counters.filter((one) => {
    const before = one.count - (isCounted ? one.guesses : 0);
    return one.of !== 'birth_date' && stopsClient(one, typed, client) && before >= IDENTITY.partlyKnown;
  });
}

/** Of the full counters, those of the reference that a client has: nobody else was meant by it. */
function aimedAt(client: Client, typed: Identity, full: Standing[]): Standing[] {
  return full.filter((one) => one.of.endsWith('reference') && stopsClient(one, typed, client));
}

function pausesOf({ id }: Client, full: Standing[], network?: Standings['network']): Pause[] {
  const pauses = full.map((one): Pause => ({ clientId: id, key: one.fullKey ?? one.counter, why: one.of }));
  return network?.isFull ? [{ clientId: id, key: network.key, why: 'network' }] : pauses;
}
