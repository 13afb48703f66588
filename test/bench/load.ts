// One load after the other from autocannon, in turn; every answer's status is looked at.

import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const CONNECTIONS = 8;
const WARMING_SECONDS = 2;

export type Target = {
  name: string;
  url: string;
  status: number;
  headers?: Record<string, string>;
  /** Forms differ from request to request: the next one. */
  next?: () => { path: string; method: string; headers: Record<string, string>; body: string };
  /** What can be posted only once is counted, not timed: how many, and what must be there before. */
  once?: { amount: number; ready?: () => Promise<void> };
};

/** Requests per second, and ms of workerd's CPU per request, of each round. */
export type Measured = { rates: number[]; costs: number[] };

/** Loads each target once per round, in turn: what disturbs the machine disturbs all of them. */
export async function measure(targets: Target[], rounds: number, seconds: number) {
  const measured = new Map(targets.map(({ name }) => [name, { rates: [], costs: [] } as Measured]));
  for (let round = 1; round <= rounds; round++) {
    for (const target of targets) {
      await target.once?.ready?.();
      if (!target.once) await load(target, WARMING_SECONDS);
      const before = workerdCpu();
      const { answers, time } = await load(target, seconds);
      const { rates, costs } = measured.get(target.name) as Measured;
      rates.push((1000 * answers) / time);
      costs.push((workerdCpu() - before) / answers);
      console.log(`  round ${round}/${rounds}  ${target.name.padEnd(40)} ${rates.at(-1)?.toFixed(0)}/s`);
    }
  }
  return measured;
}

/**
 * @returns how many answers came, and ms until the last of them: autocannon's own time is whole seconds
 * @throws when an answer is not the one expected: a figure made of refusals is none
 */
async function load(target: Target, seconds: number): Promise<{ answers: number; time: number }> {
  const { url, headers, next, once, status, name } = target;
  const request = next
    ? { ...next(), setupRequest: (former: object) => ({ ...former, ...next() }) }
    : { headers };
  const length = once ? { amount: once.amount } : { duration: seconds };
  const start = performance.now();
  let last = start;
  const running = autocannon({ url, connections: CONNECTIONS, requests: [request], ...length });
  running.on('response', () => {
    last = performance.now();
  });
  const { errors, statusCodeStats, requests } = await running;
  const others = Object.keys(statusCodeStats).filter((code) => code !== String(status));
  if (errors > 0 || others.length > 0) {
    throw new Error(`${name}: ${errors} errors, answers ${JSON.stringify(statusCodeStats)}`);
  }
  return { answers: requests.total, time: last - start };
}

/** ms of CPU that the workerd processes of this one have used; 0 where there is no /proc. */
function workerdCpu(): number {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
    const ticks = pids.flatMap((pid) => {
      // After the name, in brackets, user time stands 12th and system time 13th.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return [Number(fields[11]), Number(fields[12])];
    });
    return ticks.reduce((sum, count) => sum + count, 0) * 10;
  } catch {
    return 0;
  }
}
