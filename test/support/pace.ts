// How long work takes, on a machine that is as slow and as busy as it is: what is compared is the quickest of many tries
// with the pace of the machine itself.

/** Milliseconds. */
async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The quickest of some: a busy machine slows one down, never all. It stops at one that is quick enough. */
export async function quickest(work: () => unknown, enough = 0): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < (enough > 0 ? 40 : 10) && best > enough; nth++)
    best = Math.min(best, await timeOf(work));
  return best;
}

/** A pattern that tries again at each sign: eight million steps, which take so many milliseconds where the limits were found. */
const CARELESS = /(\.|-)+@$/;
const DOTS = '.'.repeat(4000);
const USUAL = 36;
let slowness: Promise<number> | undefined;

/** How many times slower than that machine this one is; at least 1. Measured once. */
export function slownessHere(): Promise<number> {
  slowness ??= quickest(() => CARELESS.test(DOTS)).then((took) => {
    // A Worker’s clock may stand still while it works: then whatever is timed would be quick.
    if (took === 0) throw new Error('The clock stands still here: nothing can be timed.');
    return Math.max(1, took / USUAL);
  });
  return slowness;
}
