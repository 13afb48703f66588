// `npm start` from its first line to its last: what it prints, and what it says when its port or its files are gone.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { here } from './here.ts';
import { freePort, untilGreeting } from './portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(port: number | string, state: string) {
  const portal = spawn(process.execPath, ['src/cli/run.js', 'src/cli/start.ts'], {
    env: { ...process.env, PORT: String(port), STATE_DIR: state },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { said: '', complained: '' };
  portal.stdout.on('data', (chunk) => {
    heard.said += chunk;
  });
  portal.stderr.on('data', (chunk) => {
    heard.complained += chunk;
  });
  return { portal, heard };
}

const endOf = async (portal: ChildProcess) => (portal.exitCode ?? (await once(portal, 'exit'))[0]) as number;

it('greets in a dozen lines, and ends in a sentence when its files are removed', {
  timeout: 120_000,
}, async () => {
  const { portal, heard } = start(await freePort(), folder);
  await untilGreeting(portal);
  expect(heard.said.trim().split('\n').length).toBeLessThan(16);
  expect(heard.said).toMatch(/^Starting the portal…\n\n {2}Portal {4}http:.*Ctrl-C stops\.\s*$/s);
  expect(heard.complained).toBe('');
  rmSync(join(folder, 'v3'), { recursive: true });
  expect(await endOf(portal)).not.toBe(0);
  expect(heard.complained).toContain(
    `${folder} was removed while the portal ran, and its data with it: start it again.\n`,
  );
  expect(readdirSync(folder).filter((name) => name.endsWith('.pid'))).toEqual([]);
});

it('says that its port is taken: by a portal of this folder, with the process to end, or by something else', async () => {
  const { port } = new URL(here.origin);
  const again = start(port, here.state);
  expect(await endOf(again.portal)).toBe(1);
  const number = readFileSync(join(here.state, `dev-server-${port}.pid`), 'utf8');
  expect(again.heard.complained).toBe(
    `Port ${port} is taken by a portal started here earlier: end its process ${number}, or choose another port with \`PORT=9000 npm start\`.\n`,
  );
  const other = createServer().listen(0, 'localhost');
  await once(other, 'listening');
  const { port: taken } = other.address() as { port: number };
  const { portal, heard } = start(taken, folder);
  expect(await endOf(portal)).toBe(1);
  expect(heard.complained).toBe(
    `Port ${taken} is taken: stop what uses it, or choose another with \`PORT=9000 npm start\`.\n`,
  );
  other.close();
});
