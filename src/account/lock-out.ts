// The lock-out: how wrong passwords slow the next one down.

import { MINUTE, SIGN_IN } from '../numbers.ts';
import { countTry, type Pace, readPause } from '../platform/counters.ts';
import { batch, type Db } from '../platform/db.ts';

/** The wait, in ms, after the nth failure: none for the first four, then 1, 2, 4 … 60 minutes. */
export function waitAfterFailure(nth: number): number {
  if (nth < SIGN_IN.free) return 0;
  return Math.min(MINUTE * 2 ** (nth - SIGN_IN.free), SIGN_IN.longestWait);
}

/** The tries left before the first pause, after the nth failure; 0 once a pause has begun. */
export function triesBeforePause(nth: number): number {
  return Math.max(0, SIGN_IN.free - nth);
}

/** Of wrong passwords, and of identifiers where one is asked. */
export const SIGN_IN_PACE: Pace = {
  waits: Array.from({ length: SIGN_IN.most }, (_, nth) => waitAfterFailure(nth + 1)),
  most: SIGN_IN.most,
};

/** Counts a try. @returns until when it may not be judged (ms); 0 when it may */
export async function pauseBefore(db: Db, key: string, now: number): Promise<number> {
  const { counted, pause } = await batch(db, {
    counted: countTry(db, key, now, SIGN_IN_PACE),
    pause: readPause(db, key),
  });
  return counted.length > 0 ? 0 : (pause[0]?.blockedUntil ?? 0);
}
