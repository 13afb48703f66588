// What the commands have in common at a terminal: wrangler run as a program, and the ways to end.

import { type ChildProcess, spawn } from 'node:child_process';

export const WRANGLER = 'node_modules/wrangler/bin/wrangler.js';
/** wrangler tells nobody what it does, and asks the network for nothing of its own. */
export const ENV = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' };

// Whoever reads may have heard enough (`| head`): what was begun is ended all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

let running: ChildProcess | undefined;

/** Runs wrangler to its end, and never asks: what it says comes back. */
export async function tryWrangler(
  ...words: string[]
): Promise<{ isDone: boolean; said: string; complained: string }> {
  const child = spawn(process.execPath, [WRANGLER, ...words], {
    env: ENV,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complained += text;
  });
  return { isDone: (await endOf(child)) === 0, said, complained };
}

/** The same, where nothing can go on without it. */
export async function wrangler(...words: string[]): Promise<string> {
  const { isDone, said, complained } = await tryWrangler(...words);
  if (!isDone) stop(`wrangler ${words.join(' ')} failed:\n${said}${complained}`);
  return said;
}

/** The same, seen by the person at the terminal, whom wrangler may ask before it overwrites something. */
export async function wranglerAsking(...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [WRANGLER, ...words], { env: ENV, stdio: 'inherit' });
  if ((await endOf(child)) !== 0) stop(`wrangler ${words.join(' ')} failed: see above.`);
}

function endOf(child: ChildProcess): Promise<number | null> {
  running = child;
  return new Promise((resolve) => child.once('close', resolve));
}

/**
 * The JSON in what wrangler said: before and behind it may stand a warning or « There is a newer version ».
 * @returns undefined when there is none, or only a part of it
 */
export function readJson<T>(said: string): T | undefined {
  const ends = [...said.matchAll(/[\]}]/g)].map(({ index }) => index + 1).reverse();
  for (const { index } of said.matchAll(/^[[{]/gm)) {
    for (const end of ends) {
      try {
        return JSON.parse(said.slice(index, end)) as T;
      } catch {
        // « [WARNING] », or a bracket of what stands behind: the next one.
      }
    }
  }
  return undefined;
}

/**
 * The port of `npm start`: PORT, or the usual one.
 * @param wrong the sentence when PORT is none
 */
export function readPort(wrong: string, code = 1): number {
  const typed = process.env.PORT ?? '8787';
  const port = Number(typed);
  return /^\d+$/.test(typed) && port >= 1 && port <= 65_535 ? port : stop(wrong, code);
}

/** Ends the command with a sentence that says why. */
export function stop(sentence: string, code = 1): never {
  console.error(sentence);
  process.exit(code);
}

/** Ctrl-C and `kill` end wrangler too, and what is removed at the end is removed. */
export function endOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      running?.kill(signal);
      process.exit(code);
    });
}
