// How the counters of a failed identity stand after a try: what is full, until when, and how many tries are left.

import { IDENTITY } from '../numbers.ts';
import type { Counter, IdentityTry } from './guesses.ts';

/** A counter's row after a try, as `countIdentity` reads it. */
export type CounterRow = { key: string; count: number; until: number; parts: string | null };
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
export function readStandings({ network, mark, counters }: IdentityTry, rows: CounterRow[]): Standings {
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
