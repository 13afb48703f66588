// Makes one call to a part of the platform fail. Only the outside is touched: D1, KV, the mail binding, the rate limit.

import { env } from 'cloudflare:workers';

export type Part = 'D1' | 'KV' | 'mail' | 'screen';
/** The nth call to a part fails: the call is lost before it is done, or it is done and its answer is lost. */
export type Fault = { part: Part; nth: number; lost: 'call' | 'answer' };

type Call = (...args: unknown[]) => Promise<unknown>;

const statement = Object.getPrototypeOf(env.DB.prepare('SELECT 1'));
const DOORS: [Part, object, string[], string][] = [
  ['D1', env.DB, ['batch', 'exec'], 'D1_ERROR: Network connection lost.'],
  ['D1', statement, ['first', 'all', 'run', 'raw'], 'D1_ERROR: Network connection lost.'],
  ['KV', env.TOKENS, ['get', 'put'], 'KV GET failed: 500 Internal Server Error'],
  ['mail', env.EMAIL, ['send'], 'internal error'],
  ['screen', env.SCREEN, ['limit'], 'internal error'],
];

/**
 * Does something while a fault waits for its call; without one, all goes well.
 * @returns what it gave, and how many calls were made to each part
 */
export async function withFault<T>(fault: Fault | undefined, work: () => Promise<T>) {
  const calls: Record<Part, number> = { D1: 0, KV: 0, mail: 0, screen: 0 };
  const undo = DOORS.flatMap(([part, object, names, message]) => {
    const door = object as Record<string, Call>;
    return names.map((name) => {
      const real = door[name] as Call;
      door[name] = async function (this: unknown, ...args) {
        const isHit = ++calls[part] === fault?.nth && part === fault.part;
        if (isHit && fault.lost === 'call') throw new Error(message);
        const answer = await real.apply(this, args);
        if (isHit) throw new Error(message);
        return answer;
      };
      return () => {
        door[name] = real;
      };
    });
  });
  try {
    return { given: await work(), calls };
  } finally {
    for (const restore of undo) restore();
  }
}

/** Every single fault that those calls allow. */
export function faultsOf(calls: Record<Part, number>): Fault[] {
  return (Object.entries(calls) as [Part, number][]).flatMap(([part, count]) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((nth) => [
      { part, nth, lost: 'call' as const },
      { part, nth, lost: 'answer' as const },
    ]),
  );
}
