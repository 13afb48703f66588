// How long and from which seed the generated cases run; a failure prints the seed and the case.

import { env } from 'cloudflare:workers';

/** Parameters for `fc.assert`: so many runs, times FUZZ_TIMES (1), from FUZZ_SEED (always the same one). */
export function runs(count: number) {
  return { numRuns: count * Number(env.FUZZ_TIMES), seed: Number(env.FUZZ_SEED) };
}
