// What the commands have in common at a terminal: wrangler run as a program, and a way to stop.

import { spawnSync } from 'node:child_process';

export const WRANGLER = 'node_modules/wrangler/bin/wrangler.js';
/** wrangler tells nobody what it does, and asks the network for nothing of its own. */
export const ENV = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' };

/** Runs wrangler to its end, and never asks: what it says comes back. */
export function tryWrangler(...words: string[]): { isDone: boolean; said: string; complained: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [WRANGLER, ...words], {
    env: ENV,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  return { isDone: status === 0, said: stdout, complained: stderr };
}

/** The same, where nothing can go on without it. */
export function wrangler(...words: string[]): string {
  const { isDone, said, complained } = tryWrangler(...words);
  if (!isDone) stop(`wrangler ${words.join(' ')} failed:\n${said}${complained}`);
  return said;
}

/** The same, seen by the person at the terminal, whom wrangler may ask before it overwrites something. */
export function wranglerAsking(...words: string[]): void {
  const { status } = spawnSync(process.execPath, [WRANGLER, ...words], { env: ENV, stdio: 'inherit' });
  if (status !== 0) stop(`wrangler ${words.join(' ')} failed: see above.`);
}

/** Ends the command with a sentence that says why. */
export function stop(sentence: string, code = 1): never {
  console.error(sentence);
  process.exit(code);
}
