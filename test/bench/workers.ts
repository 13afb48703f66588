// Workers for the bench: built by wrangler as for a deployment, run by Miniflare without the proxy of `wrangler dev`.

import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from 'miniflare';
import { unstable_splitSqlQuery } from 'wrangler';

const WRANGLER = 'node_modules/wrangler/bin/wrangler.js';
const ENV = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' };

/** A Worker on the disk: its modules, and what it weighs compressed. */
export type Built = { folder: string; gzip: number };

/** Builds a Worker as `wrangler deploy` does. @param words the entry and its flags; none for the portal */
export function build(folder: string, words: string[] = []): Built {
  const said = wrangler('deploy', ...words, '--dry-run', '--minify', '--outdir', folder);
  return { folder, gzip: Number(/gzip: ([\d.]+) KiB/.exec(said)?.[1]) };
}

/** The ms in which `wrangler check startup` saw a Worker's start at work. */
export function measureStart(folder: string, words: string[] = []): number {
  const outfile = join(folder, 'start.cpuprofile');
  const said = wrangler(
    'check',
    'startup',
    `--args=${[...words, '--minify'].join(' ')}`,
    '--outfile',
    outfile,
  );
  return Number(/Active: ([\d.]+) ms/.exec(said)?.[1]);
}

function wrangler(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [WRANGLER, ...words], {
    env: ENV,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`wrangler ${words.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

export type Served = { origin: string; database: D1Database; stop: () => Promise<void> };

/**
 * Serves a built Worker on loopback, its D1 and KV in memory or in a folder.
 * @param isDirect on a socket of its own, without the small Worker Miniflare puts before every other
 */
export async function serve(
  { folder }: Built,
  options: (origin: string) => Omit<V4WorkerOptions, 'modules'>,
  isDirect: boolean,
  state?: string,
): Promise<Served> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const worker = { ...options(origin), modules: modulesOf(folder), modulesRoot: folder } as V4WorkerOptions;
  const socket = isDirect ? { unsafeDirectSockets: [{ host: '127.0.0.1', port }] } : {};
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      port: isDirect ? 0 : port,
      cf: false,
      // What a Worker prints is read and dropped.
      handleStructuredLogs: () => {},
      resourcePersistencePath: state,
      workers: [{ ...worker, ...socket }],
    }),
  );
  await miniflare.ready;
  return { origin, database: await miniflare.getD1Database('DB'), stop: () => miniflare.dispose() };
}

/** The script, and the .wasm it imports. The script first: Miniflare takes the first module for the entry. */
function modulesOf(folder: string) {
  const names = readdirSync(folder);
  return [
    ...names
      .filter((name) => name.endsWith('.js'))
      .map((name) => ({ type: 'ESModule', path: join(folder, name) })),
    ...names
      .filter((name) => name.endsWith('.wasm'))
      .map((name) => ({ type: 'CompiledWasm', path: join(folder, name) })),
  ];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The portal's migrations, in their order. */
export async function migrate(database: D1Database): Promise<void> {
  for (const path of globSync('migrations/*.sql').toSorted()) {
    const statements = unstable_splitSqlQuery(readFileSync(path, 'utf8'));
    await database.batch(statements.map((sql) => database.prepare(sql)));
  }
}
