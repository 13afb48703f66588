// The portal's database from a terminal: this machine's, or the deployed one.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../env.ts';
import { supportText as words } from '../words/support.ts';
import { CONFIG, readConfig } from './config.ts';
import { stop, tryWrangler } from './terminal.ts';
import { wranglerFunctions } from './wrangler.ts';

/** Where the local D1, KV and mails live; the browser tests take a folder of their own. */
export const STATE = process.env.STATE_DIR ?? '.wrangler/state';

/**
 * Does something with the portal's bindings and settings.
 * @param isRemote with the deployed database, through wrangler's own login
 */
export async function withPortal<T>(isRemote: boolean, act: (env: Env) => Promise<T>): Promise<T> {
  const { d1_databases } = readConfig();
  const start = isRemote ? 'npm run deploy' : 'npm start';
  if (isRemote && !d1_databases[0]?.database_id) stop(words.noTables(start));
  if (isRemote && !(await tryWrangler('auth', 'token', '--json')).isDone) stop(words.notLoggedIn);
  try {
    const { env, dispose } = await open(isRemote);
    return await act(env).finally(dispose);
  } catch (error) {
    const complaint = complaintOf(error);
    if (/no such table/.test(complaint)) stop(words.noTables(start));
    if (isRemote) stop(words.notReached(complaint));
    throw error;
  }
}

function open(isRemote: boolean) {
  // What it complains of is said once, by who called, without its road through wrangler.
  if (isRemote) process.env.WRANGLER_LOG ??= 'none';
  const configPath = isRemote ? writeRemoteConfig() : CONFIG;
  return wranglerFunctions().getPlatformProxy<Env>({ configPath, persist: { path: `${STATE}/v3` } });
}

/** The same configuration, with D1 marked as remote: wrangler then reaches the deployed one. */
function writeRemoteConfig(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  // However the command ends.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'wrangler.json');
  const { rawConfig } = wranglerFunctions().experimental_readRawConfig({ config: CONFIG });
  // The parsed configuration, not a search in its text: a database that the search missed would be this machine's own.
  const databases = rawConfig.d1_databases?.map((database: object) => ({ ...database, remote: true }));
  writeFileSync(path, JSON.stringify({ ...rawConfig, d1_databases: databases }));
  return path;
}

/** The first line of an error, or of what caused it: drizzle quotes the query, wrangler its whole road. */
function complaintOf(error: unknown): string {
  const { message, cause } = error as Error;
  const [first = ''] = (cause instanceof Error ? cause.message : message).split('\n');
  return first;
}
