// `wrangler dev` under `npm start`: silent until it serves, known by its number, ended with the command.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { STATE } from './database.ts';
import { ENV, stop, WRANGLER } from './terminal.ts';

export type DevServer = {
  child: ChildProcess;
  /** From now on what wrangler says is shown as it comes: requests, what the portal logs, errors. */
  show: () => void;
  /** What it has said so far, for a start that fails. */
  held: () => string;
};

/** A start that was killed leaves wrangler behind: its number says whom to end. */
const numberFile = (port: number) => join(STATE, `dev-server-${port}.pid`);

/** Where miniflare keeps the database. */
const DATABASE = join(STATE, 'v3/d1');

/** Ends the command, and says who has the port, when it is taken. */
export async function checkPort(port: number): Promise<void> {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)));
  });
  if (isFree) return;
  const number = runningNumber(port);
  if (number)
    stop(
      `Port ${port} is taken by a portal started here earlier: end its process ${number}, or choose another port with \`PORT=9000 npm start\`.`,
    );
  stop(`Port ${port} is taken: stop what uses it, or choose another with \`PORT=9000 npm start\`.`);
}

/** The process of an earlier start that still runs. */
function runningNumber(port: number): number | undefined {
  try {
    const number = Number(readFileSync(numberFile(port), 'utf8'));
    process.kill(number, 0);
    return number;
  } catch {
    return undefined;
  }
}

/**
 * Serves until it is stopped; a signal to this process reaches wrangler, and it stops workerd.
 * @param vars settings that hold instead of those in wrangler.toml
 */
export function serve(port: number, vars: Record<string, string>): DevServer {
  const settings = Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  // Unminified: the places an error names can be read here.
  const place = ['--port', String(port), '--ip', 'localhost', '--persist-to', STATE];
  const child = spawn(process.execPath, [WRANGLER, 'dev', '--no-minify', ...place, ...settings], {
    env: process.stdout.isTTY ? { FORCE_COLOR: '1', ...ENV } : ENV,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  mkdirSync(STATE, { recursive: true });
  writeFileSync(numberFile(port), String(child.pid));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    rmSync(numberFile(port), { force: true });
    process.exitCode ||= code ?? 0;
  });
  return { child, ...holdWords(child) };
}

/** The table of bindings and the hint about cron come at each start, twice: only who must find a fault needs them. */
function holdWords({ stdout, stderr }: ChildProcess): Omit<DevServer, 'child'> {
  let words = '';
  let isShown = false;
  for (const [from, to] of [
    [stdout, process.stdout],
    [stderr, process.stderr],
  ] as const)
    from?.on('data', (chunk: Buffer) => {
      if (isShown) to.write(chunk);
      else words += chunk;
    });
  return {
    show: () => {
      isShown = true;
      words = '';
    },
    held: () => words,
  };
}

/** wrangler would hang for ever without its files: the command ends in a sentence instead. */
export function endWithoutFiles({ child }: DevServer): void {
  const watch = setInterval(() => {
    if (existsSync(DATABASE)) return;
    console.error(`${STATE} was removed while the portal ran, and its data with it: start it again.`);
    process.exitCode = 1;
    clearInterval(watch);
    child.kill();
  }, 1_000);
  child.once('exit', () => clearInterval(watch));
}
