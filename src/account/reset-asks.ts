// Requests for a reset link, counted for the identifier typed, whether it exists or not: so the answer may say until when no
// other mail can leave, and shows nobody which accounts exist.

import { sql } from 'drizzle-orm';
import { ASKS, RESET_ASKS } from '../numbers.ts';
import { countTry, isMarked, isOpen, readPause } from '../platform/counters.ts';
import { type Db, previousChanged, statement } from '../platform/db.ts';
import { countOnNetwork, type NetworkCount, readNetwork } from '../platform/network-counters.ts';

/** The counters of one request: of its network, of the identifier from there, and of the identifier from anywhere. */
export type Ask = { network: NetworkCount; fromHere: string; inAll: string; mark: string };

/** Whether a mail may leave; if not, until when (ms), and which counter is full. */
export type Asked = {
  isTaken: boolean;
  until: number;
  by: 'network' | 'identifier';
  isLastOfNetwork: boolean;
};

/**
 * Steps: count a request. The asker's own network comes first, so that no stranger can use up the holder's
 * requests. The rest of the batch asks `isTaken`.
 */
export function countResetAsk(db: Db, { network, fromHere, inAll, mark }: Ask, now: number) {
  const isFree = sql`${previousChanged} AND ${isOpen(inAll, now)}`;
  return {
    onNetwork: countOnNetwork(db, network, now, ASKS.window),
    fromHere: countTry(db, fromHere, now, RESET_ASKS.perNetwork, isFree),
    taken: countTry(db, inAll, now, RESET_ASKS.inAll, previousChanged, mark),
    whole: readNetwork(db, network.key, now),
    pauseHere: readPause(db, fromHere),
    pauseInAll: readPause(db, inAll),
  };
}

/** Condition: the request was counted by an earlier statement of the same batch. */
export function isTaken({ inAll, mark }: Ask) {
  return isMarked(inAll, mark);
}

type Counted = {
  onNetwork: { total: number }[];
  taken: unknown[];
  whole: { until: number }[];
  pauseHere: Pause;
  pauseInAll: Pause;
};
type Pause = { blockedUntil: number }[];

/** The outcome, from the rows that those steps gave. */
export function readAsked({ network }: Ask, { onNetwork, taken, whole, ...pauses }: Counted): Asked {
  const [here] = onNetwork;
  const pause = Math.max(pauses.pauseHere[0]?.blockedUntil ?? 0, pauses.pauseInAll[0]?.blockedUntil ?? 0);
  return {
    isTaken: taken.length > 0,
    until: here ? pause : (whole[0]?.until ?? 0),
    by: here ? 'identifier' : 'network',
    isLastOfNetwork: here?.total === network.most,
  };
}

/** Whether no newer link may leave yet for a request from there: until then the newest one stays good. */
export async function isNewestLink(
  db: Db,
  { fromHere, inAll }: Pick<Ask, 'fromHere' | 'inAll'>,
  now: number,
): Promise<boolean> {
  const [row] = await statement<{ paused: number }>(
    db,
    sql`SELECT count(*) AS "paused" FROM attempts WHERE key IN (${fromHere}, ${inAll}) AND blocked_until > ${now}`,
  );
  return (row?.paused ?? 0) > 0;
}
