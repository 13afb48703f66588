// Test files share two workerds and what these have loaded: each file begins with the real clock, with nothing stubbed, and
// with a D1 that holds the demo client file, read as the real one is, and nothing else.

import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { importClients } from '../src/client/import/run.ts';
import { openDatabase } from '../src/platform/db.ts';
import './hashing.ts';
import demo from './demo/clients.csv?raw';

vi.useRealTimers();
vi.restoreAllMocks();
// Nothing waits for real seconds: a pause that the portal makes after an answer is over at once.
vi.spyOn(scheduler, 'wait').mockImplementation(async () => undefined);

const tables = await readTables();
if (tables.length > 0) await empty(tables);
else await applyD1Migrations(env.DB, env.MIGRATIONS);
await importClients(openDatabase(env.DB), new Blob([demo]).stream());

/** The portal's tables; none when they are not all there. */
async function readTables(): Promise<string[]> {
  const named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
  const { results } = await env.DB.prepare(named).all<{ name: string }>();
  const names = results.map(({ name }) => name);
  if (names.includes('d1_migrations')) {
    const applied = await env.DB.prepare('SELECT count(*) AS n FROM d1_migrations').first('n');
    if (applied === env.MIGRATIONS.length) return names.filter((name) => name !== 'd1_migrations');
  }
  await reset();
  return [];
}

async function empty(tables: string[]): Promise<void> {
  const deletions = tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`));
  await env.DB.batch([env.DB.prepare('PRAGMA defer_foreign_keys = on'), ...deletions]);
}
