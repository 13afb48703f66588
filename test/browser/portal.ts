// Starts the portal itself, as `npm start` does, with a database of its own, and stops it after the last test: one for each
// of the test files that run side by side.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { DEMO_CLIENTS_KEY } from '../../src/cli/demo-key.ts';

/** A portal that runs for the tests. */
export type Running = {
  /** The portal's origin, for example `http://localhost:40123`. */
  origin: string;
  /** The folder of the portal's local D1, KV and mails. */
  state: string;
  /** The client file that the portal has: the demo's lines, and more. */
  clients: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    /** As many as test files run side by side; `here.ts` picks one's own. */
    portals: Running[];
  }
}

/** From nothing to the first answer: migrations, demo clients, bundling. */
const START_WITHIN = 120_000;
const STOP_WITHIN = 15_000;
/** Clients for `newClient()`. */
const MORE_CLIENTS = 60;
const COUPLE = ['BLAISE;03/02/1940', 'ROSE;27/05/1942'].map(
  (one) => `locataire;69000;STROMBONI;${one};;;\r\n`,
);

export default async function setup(project: TestProject) {
  const portals: Running[] = [];
  const ends: (() => Promise<void>)[] = [];
  // One after the other: two that start at once take the same ports for what wrangler needs beside them.
  while (portals.length < project.config.maxWorkers) {
    const { origin, state, end } = await startPortal();
    ends.push(end);
    portals.push({ origin, state, clients: await loadClients(origin, state) });
  }
  project.provide('portals', portals);
  return () => Promise.all(ends.map((end) => end()));
}

/** Sends the portal the demo file with more tenants behind it. @returns the file's path */
async function loadClients(origin: string, state: string): Promise<string> {
  const path = join(state, 'clients.csv');
  const more = Array.from({ length: MORE_CLIENTS }, (_, n) => {
    const name = [...String(n).padStart(2, '0')].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
    return `locataire;${70_000 + 10 * n};VESCOVATO${name};LUCIE;12/05/1951;;;\r\n`;
  });
  writeFileSync(path, readFileSync('test/demo/clients.csv', 'utf8') + [...more, ...COUPLE].join(''));
  await sendClients(origin, readFileSync(path, 'utf8'));
  return path;
}

/** Sends a portal its client file; where the guard stops it, as somebody does who has looked at the report. */
export async function sendClients(origin: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${DEMO_CLIENTS_KEY}`, 'content-type': 'text/csv' };
  const post = (query = '') => fetch(`${origin}/api/clients${query}`, { method: 'POST', headers, body });
  const first = await post();
  if (first.ok) return;
  const { fingerprint } = (await first.json()) as { fingerprint: string };
  const { ok, status } = await post(`?confirme=${fingerprint}`);
  if (!ok) throw new Error(`The clients were not taken: ${first.status}, then ${status}`);
}

/** Starts a portal with other settings than those of wrangler.toml, or with none other. */
export async function startPortal(settings: Record<string, string> = {}) {
  const state = mkdtempSync(join(tmpdir(), 'portal-'));
  const port = await freePort();
  const vars = Object.entries(settings).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  const portal = spawn(process.execPath, ['src/cli/start.ts', ...vars], {
    env: { ...process.env, PORT: String(port), STATE_DIR: state },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: whatever it leaves behind can be found and ended, and nothing else.
    detached: true,
  });
  const endGroup = () => signalGroup(portal, 'SIGKILL');
  process.once('exit', endGroup);
  await untilGreeting(portal);
  const end = async () => {
    process.off('exit', endGroup);
    await stop(portal).finally(() => rmSync(state, { recursive: true, force: true }));
  };
  return { origin: `http://localhost:${port}`, state, end };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (!address || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

/** Resolves when the start command prints where the mailbox is, the last thing it does; else tells what it said. */
export function untilGreeting(portal: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      signalGroup(portal, 'SIGKILL');
      reject(new Error(`The portal did not start. It said:\n${said}`));
    };
    const timer = setTimeout(giveUp, START_WITHIN);
    portal.once('exit', giveUp);
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (!said.includes('Ctrl-C stops')) return;
      clearTimeout(timer);
      portal.off('exit', giveUp);
      resolve();
    };
    portal.stdout?.on('data', hear);
    portal.stderr?.on('data', hear);
  });
}

/** Stops the portal as Ctrl-C does, and proves that wrangler and workerd went with it. */
async function stop(portal: ChildProcess): Promise<void> {
  portal.kill('SIGTERM');
  for (const until = Date.now() + STOP_WITHIN; Date.now() < until; ) {
    if (livingInGroup(portal).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const left = livingInGroup(portal);
  signalGroup(portal, 'SIGKILL');
  throw new Error(`The portal was told to stop and left behind:\n${left.join('\n')}`);
}

/** The processes of the portal's group; the dead that nobody has buried yet (Z) do not count. */
function livingInGroup(portal: ChildProcess): string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => new RegExp(`^\\s*${portal.pid}\\s+[^Z]`).test(line));
}

function signalGroup(portal: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (portal.pid) process.kill(-portal.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
