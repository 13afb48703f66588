// The portal's database from a terminal: this machine's, or the deployed one.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getPlatformProxy } from 'wrangler';
import type { Env } from '../env.ts';

/** Where the local D1, KV and mails live; the browser tests take a folder of their own. */
export const STATE = process.env.STATE_DIR ?? '.wrangler/state';

/**
 * Does something with the portal's bindings and settings.
 * @param isRemote with the deployed database, through wrangler's own login
 */
export async function withPortal<T>(isRemote: boolean, act: (env: Env) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  try {
    const configPath = isRemote ? writeRemoteConfig(folder) : 'wrangler.toml';
    const { env, dispose } = await getPlatformProxy<Env>({ configPath, persist: { path: `${STATE}/v3` } });
    return await act(env).finally(dispose);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same configuration, with D1 marked as remote: wrangler then reaches the deployed one. */
function writeRemoteConfig(folder: string): string {
  const path = join(folder, 'wrangler.toml');
  const config = readFileSync('wrangler.toml', 'utf8');
  writeFileSync(path, config.replace('[[d1_databases]]', '[[d1_databases]]\nremote = true'));
  return path;
}
