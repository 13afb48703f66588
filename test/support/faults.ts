// Makes one call to a part of the platform fail. Only the outside is touched: D1, KV, the mail binding, the rate limit.

import { env } from 'cloudflare:workers';
import { READS } from './statements.ts';

type Part = 'D1' | 'KV' | 'mail' | 'screen';
/** The nth call to a part fails: the call is lost before it is done, or it is done and its answer is lost. */
export type Fault = { part: Part; nth: number; lost: 'call' | 'answer' };

/** Each call to a part, in turn: whether it may change something there. */
type Calls = Record<Part, boolean[]>;

type Call = (...args: unknown[]) => Promise<unknown>;
type Statement = { statement: string };

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
 * @returns what it gave, and the calls that were made to each part
 */
export async function withFault<T>(fault: Fault | undefined, work: () => Promise<T>) {
  const calls: Calls = { D1: [], KV: [], mail: [], screen: [] };
  const undo = DOORS.flatMap(([part, object, names, message]) => {
    const door = object as Record<string, Call>;
    return names.map((name) => {
      const real = door[name] as Call;
      door[name] = async function (this: unknown, ...args) {
        const nth = calls[part].push(changesSomething(this, name, args));
        const isHit = nth === fault?.nth && part === fault.part;
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

function changesSomething(on: unknown, name: string, [first]: unknown[]): boolean {
  if (name === 'get' || name === 'limit') return false;
  const statements = name === 'batch' ? (first as Statement[]) : [on as Partial<Statement>];
  return !statements.every(({ statement }) => statement && READS.test(statement));
}

/** Every single fault that those calls allow. Where nothing changes, a lost answer is the same as a lost call. */
export function faultsOf(calls: Calls): Fault[] {
  return (Object.entries(calls) as [Part, boolean[]][]).flatMap(([part, made]) =>
    made.flatMap((changes, index): Fault[] => {
      const fault = { part, nth: index + 1 };
      return [{ ...fault, lost: 'call' }, ...(changes ? [{ ...fault, lost: 'answer' as const }] : [])];
    }),
  );
}
