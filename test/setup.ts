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

/** The full-text index takes no plain DELETE, and a trigger guards the acts: it is set aside, and put back. */
async function empty(tables: string[]): Promise<void> {
  const plain = tables.filter((table) => table !== 'searched' && !table.startsWith('client_words'));
  const guard = await env.DB.prepare("SELECT sql FROM sqlite_schema WHERE name = 'acts_stay_a_year'").first(
    'sql',
  );
  const steps = [
    'PRAGMA defer_foreign_keys = on',
    'UPDATE searched SET last_client = 0',
    "INSERT INTO client_words (client_words) VALUES ('delete-all')",
    'DROP TRIGGER acts_stay_a_year',
    ...plain.map((table) => `DELETE FROM ${table}`),
    String(guard),
  ];
  await env.DB.batch(steps.map((step) => env.DB.prepare(step)));
}
