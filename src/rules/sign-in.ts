// Sign-in: how failed ones slow the next one down, and where it may lead.

import { MINUTE, SIGN_IN } from './numbers.ts';

/** The wait, in ms, after the nth failure: none for the first four, then 1, 2, 4 … 60 minutes. */
export function waitAfterFailure(nth: number): number {
  if (nth < SIGN_IN.free) return 0;
  return Math.min(MINUTE * 2 ** (nth - SIGN_IN.free), SIGN_IN.longestWait);
}

/** The tries left before the first pause, after the nth failure; 0 once a pause has begun. */
export function triesBeforePause(nth: number): number {
  return Math.max(0, SIGN_IN.free - nth);
}

/** Whether a page of this portal may follow the sign-in: a local path, never another site. */
export function isLocalPath(path: string, origin: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
  return URL.parse(path, origin)?.origin === origin;
}
