// Test files share two workerds and what these have loaded: each file begins with the real clock, with nothing stubbed, and
// with a D1 that holds the demo client file, read as the real one is, and nothing else.

import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { importClients } from '../../src/client/import/run.ts';
import { openDatabase } from '../../src/platform/db.ts';

import demo from '../demo/clients.csv?raw';
import { payLowCost } from './hashing.ts';

vi.useRealTimers();
vi.restoreAllMocks();
payLowCost();
// Nothing waits for real seconds: a pause that the portal makes after an answer is over at once.
vi.spyOn(scheduler, 'wait').mockImplementation(async () => undefined);

/** Their rows are the migrations' own. */
const KEPT = ['d1_migrations', 'searched'];

const tables = await readTables();
if (tables.length > 0) await empty(tables);
else await applyD1Migrations(env.DB, env.MIGRATIONS);
const { keys } = await env.TOKENS.list();
await Promise.all(keys.map(({ name }) => env.TOKENS.delete(name)));
await importClients(openDatabase(env.DB), new Blob([demo]).stream());

/** The portal's tables; none when they are not all there. */
async function readTables(): Promise<string[]> {
  const named = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
    AND name NOT LIKE 'client\\_words%' ESCAPE '\\'`;
  const { results } = await env.DB.prepare(named).all<{ name: string }>();
  const names = results.map(({ name }) => name);
  if (names.includes('d1_migrations')) {
    const applied = await env.DB.prepare('SELECT count(*) AS n FROM d1_migrations').first('n');
    if (applied === env.MIGRATIONS.length) return names.filter((name) => !KEPT.includes(name));
  }
  await reset();
  return [];
}

/** Without its triggers, one of which keeps what staff did for a year. */
async function empty(tables: string[]): Promise<void> {
  const { results: triggers } = await env.DB.prepare(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
  ).all<{ name: string; sql: string }>();
  const statements = [
    'PRAGMA defer_foreign_keys = on',
    ...triggers.map(({ name }) => `DROP TRIGGER ${name}`),
    ...tables.map((table) => `DELETE FROM ${table}`),
    'UPDATE searched SET last_client = 0',
    "INSERT INTO client_words (client_words) VALUES ('delete-all')",
    ...triggers.map(({ sql }) => sql),
  ];
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)));
}
