// Requests for a reset link, counted for the identifier typed, whether it exists or not: so the answer may say until when no
// other mail can leave, and shows nobody which accounts exist.

import { sql } from 'drizzle-orm';
import { ASKS, RESET_ASKS } from '../numbers.ts';
import { countTry, isMarked, isOpen, readPause } from '../platform/counters.ts';
import { type Db, statement } from '../platform/db.ts';
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
 * Statements: count a request. The asker's own network comes first, so that no stranger can use up the holder's requests.
 * The rest of the batch asks `isTaken`.
 */
export function countResetAsk(db: Db, { network, fromHere, inAll, mark }: Ask, now: number) {
  return [
    countOnNetwork(db, network, now, ASKS.window),
    countTry(db, fromHere, now, RESET_ASKS.perNetwork, sql`changes() > 0 AND ${isOpen(inAll, now)}`),
    countTry(db, inAll, now, RESET_ASKS.inAll, sql`changes() > 0`, mark),
    readNetwork(db, network.key, now),
    readPause(db, fromHere),
    readPause(db, inAll),
  ] as const;
}

/** Condition: the request was counted by an earlier statement of the same batch. */
export function isTaken({ inAll, mark }: Ask) {
  return isMarked(inAll, mark);
}

type Counted = [{ here: number; total: number }[], unknown[], unknown[], { until: number }[], Pause, Pause];
type Pause = { blockedUntil: number }[];

/** The outcome, from the rows that those statements gave. */
export function readAsked({ network }: Ask, rows: [...Counted, ...unknown[]]): Asked {
  const [[here], , taken, [whole], [pauseHere], [pauseInAll]] = rows;
  const pause = Math.max(pauseHere?.blockedUntil ?? 0, pauseInAll?.blockedUntil ?? 0);
  return {
    isTaken: taken.length > 0,
    until: here ? pause : (whole?.until ?? 0),
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
