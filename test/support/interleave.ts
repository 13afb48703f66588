// Two acts at once, as exactly as can be: the second runs whole between two calls that the first makes to D1.

import { env } from 'cloudflare:workers';

type Call = (...args: unknown[]) => Promise<unknown>;

const statement = Object.getPrototypeOf(env.DB.prepare('SELECT 1'));
const DOORS: [object, string[]][] = [
  [env.DB, ['batch']],
  [statement, ['first', 'all', 'run', 'raw']],
];

/**
 * Does the first act, and the second one whole before the nth call of the first to D1.
 * @returns how many calls the first made; when there are fewer than n, the second has not run
 */
export async function interleave(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
  nth: number,
): Promise<number> {
  let [calls, isSecond] = [0, false];
  const undo = DOORS.flatMap(([object, names]) => {
    const door = object as Record<string, Call>;
    return names.map((name) => {
      const real = door[name] as Call;
      door[name] = async function (this: unknown, ...args) {
        if (!isSecond && ++calls === nth) {
          isSecond = true;
          await second();
          isSecond = false;
        }
        return real.apply(this, args);
      };
      return () => {
        door[name] = real;
      };
    });
  });
  try {
    await first();
    return calls;
  } finally {
    for (const restore of undo) restore();
  }
}
