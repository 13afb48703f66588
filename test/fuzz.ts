// How long and from which seed the generated cases run; a failure prints the seed and the case.

import { env } from 'cloudflare:workers';

const TIMES = Number(env.FUZZ_TIMES);

/**
 * Parameters for `fc.assert`: so many runs, times FUZZ_TIMES (1), from FUZZ_SEED (always the same one). A busy machine
 * runs fewer rather than for ever.
 */
export function runs(count: number) {
  return { numRuns: count * TIMES, seed: Number(env.FUZZ_SEED), interruptAfterTimeLimit: 50_000 * TIMES };
}

/** What such a test may take, in ms; shrinking a failure included. */
export const LONG = 90_000 * TIMES;
