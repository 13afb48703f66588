// The migrations: they make the schema of the code, and each finds the rows of the version before unharmed.

import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';

type Row = Record<string, unknown>;
const rowsOf = async (sql: string) => (await env.DB.prepare(sql).all<Row>()).results;

/** What a database is made of: each table with its columns and foreign keys, each index in its own words. Drizzle knows no
 * virtual table: the words of the desk's search are tried in `search.test.ts`. */
async function readShape(): Promise<Row> {
  const made = await rowsOf(
    `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL
      AND name NOT LIKE 'client\\_words%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name <> 'd1_migrations' ORDER BY name`,
  );
  const shapes = made.map(async ({ type, name, sql }) => {
    if (type === 'index') return [name, sql];
    const [columns, keys] = [`PRAGMA table_info(${name})`, `PRAGMA foreign_key_list(${name})`].map(rowsOf);
    // A migration adds a column at the end, wherever the code names it.
    const byName = (await columns)?.map(({ cid: _, ...column }) => [column.name, column]);
    return [name, { columns: Object.fromEntries(byName ?? []), keys: await keys }];
  });
  return Object.fromEntries(await Promise.all(shapes));
}

it('the migrations make the tables, columns, keys and indexes of src/schema.ts, and nothing else', async () => {
  const migrated = await readShape();
  expect(Object.keys(migrated)).toContain('accounts');
  await reset();
  await env.DB.batch(env.SCHEMA.map((statement) => env.DB.prepare(statement)));
  expect(migrated).toEqual(await readShape());
});

/** A row of each table, in the words of the version that made the table. */
const ROWS: Record<string, string> = {
  clients:
    "INSERT INTO clients (id, kind, reference, reference_key, name_key, family_name, present_since) VALUES (7, 'tenant', '471', '471', 'ORSONI MARIE', 'ORSONI', 1)",
  accounts:
    "INSERT INTO accounts (id, client_id, identifier, email, state, created_at) VALUES (9, 7, 'NHCAPAL123456', 'm@x.fr', 'active', 2)",
  sessions:
    "INSERT INTO sessions (id, account_id, created_at, last_seen_at, device) VALUES ('s', 9, 3, 3, 'iPhone')",
  passkeys:
    "INSERT INTO passkeys (id, account_id, public_key, counter, host, device, created_at) VALUES ('k', 9, '{}', 0, 'x.fr', 'iphone', 3)",
  mails:
    "INSERT INTO mails (id, kind, account_id, email, version, nonce, next_attempt_at, created_at) VALUES ('m', 'activation', 9, 'm@x.fr', 1, 'n', 4, 4)",
  attempts: "INSERT INTO attempts (key, count, expires_at) VALUES ('k', 3, 5)",
  pauses: "INSERT INTO pauses (client_id, key, why) VALUES (7, 'k', 'reference')",
  events: "INSERT INTO events (account_id, kind, at) VALUES (9, 'requested', 6)",
  imports: 'INSERT INTO imports (started_at, lease_until) VALUES (7, 8)',
  staged_lines: "INSERT INTO staged_lines (import_id, line, kind, reference) VALUES (1, 2, 'tenant', '471')",
  staged_pairs: 'INSERT INTO staged_pairs (import_id, line_id, client_id) VALUES (1, 1, 7)',
  staged_numbers:
    "INSERT INTO staged_numbers (import_id, line, kind, old_key, reference, new_key) VALUES (1, 2, 'tenant', '471', '90471', '90471')",
  known_faults: "INSERT INTO known_faults (fault, lines) VALUES ('tenant 471', 1)",
  help_requests: `INSERT INTO help_requests (id, code, key, kind, reference, reference_keys, name_key, email, created_at)
    VALUES (3, 'K7P4M2', 'k', 'tenant', '471', '["471"]', 'ORSONI MARIE', 'm@x.fr', 9)`,
  codes:
    "INSERT INTO codes (client_id, kind, hash, given_by, created_at, expires_at) VALUES (7, 'counter', 'h', 'a@x.fr', 9, 10)",
  sign_up_counts:
    "INSERT INTO sign_up_counts (month, sector, clients, asked, mailed, activated, signed_in, refused, unmatched) VALUES ('2026-11', '', 9, 8, 7, 6, 5, 1, 0)",
  acts: "INSERT INTO acts (id, agent, kind, client_id, at) VALUES ('a', 'anne@x.fr', 'look', 7, 9)",
  // The migration that makes it writes its one row.
  searched: 'UPDATE searched SET last_client = last_client',
  runs: "INSERT INTO runs (job, ended_at) VALUES ('minute', 9)",
};

/** What a migration makes of a row on purpose: a code in place of a word. */
const TURNED: Record<string, { by: string; as: Row }> = {
  sessions: { by: 'codes_in_rows', as: { device: 'iphone' } },
};

it('each migration keeps the rows of the version before, and they can be used', async () => {
  await reset();
  const held = new Map<string, Row[]>();
  for (const [nth, migration] of env.MIGRATIONS.entries()) {
    await applyD1Migrations(env.DB, env.MIGRATIONS.slice(0, nth + 1));
    for (const [name, rows] of held) {
      const now = await rowsOf(`SELECT * FROM ${name}`);
      const { by, as } = TURNED[name] ?? { by: '', as: {} };
      const turned = by && migration.name.includes(by) ? as : {};
      expect(now).toEqual(rows.map((row) => expect.objectContaining({ ...row, ...turned })));
    }
    const made = Object.keys(await readShape());
    for (const [name, row] of Object.entries(ROWS)) {
      if (made.includes(name) && !held.has(name)) await env.DB.prepare(row).run();
      if (made.includes(name)) held.set(name, await rowsOf(`SELECT * FROM ${name}`));
    }
  }
  const tables = await rowsOf(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'client\\_words%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name <> 'd1_migrations'",
  );
  expect([...held.keys()].sort()).toEqual(tables.map(({ name }) => name).sort());
  expect(await rowsOf("SELECT state, reported_at FROM mails WHERE id = 'm'")).toEqual([
    { state: 'queued', reported_at: 0 },
  ]);
});

/** The names under which devices were kept, with their codes: French, but for the makers'. */
const DEVICES: Record<string, string> = {
  iPhone: 'iphone',
  iPad: 'ipad',
  'Téléphone Android': 'android_phone',
  'Tablette Android': 'android_tablet',
  'Ordinateur Windows': 'windows',
  'Ordinateur Apple': 'mac',
  Chromebook: 'chromebook',
  'Ordinateur Linux': 'linux',
  'Appareil inconnu': 'unknown',
};

it('devices and reasons that were kept in French become codes, each under its own row', async () => {
  await reset();
  const turning = env.MIGRATIONS.findIndex(({ name }) => name.includes('codes_in_rows'));
  await applyD1Migrations(env.DB, env.MIGRATIONS.slice(0, turning));
  await env.DB.batch(['clients', 'accounts'].map((table) => env.DB.prepare(ROWS[table] ?? '')));
  const session = env.DB.prepare(
    'INSERT INTO sessions (id, account_id, created_at, last_seen_at, device) VALUES (?1, 9, 3, 3, ?1)',
  );
  const event = env.DB.prepare('INSERT INTO events (account_id, kind, device, at) VALUES (9, ?, ?, 6)');
  const reason = 'double : l’autre compte reste, vu avec Mme Orsoni';
  await env.DB.batch([
    ...Object.keys(DEVICES).flatMap((name) => [session.bind(name), event.bind('signed_in', name)]),
    event.bind('closed_by_landlord', `gestionnaire : ${reason}`),
    event.bind('closed', null),
  ]);
  await applyD1Migrations(env.DB, env.MIGRATIONS);
  const sessions = await rowsOf('SELECT id, device FROM sessions');
  expect(Object.fromEntries(sessions.map(({ id, device }) => [id, device]))).toEqual(DEVICES);
  const holder = { actor: 'holder', detail: null };
  expect(await rowsOf('SELECT kind, device, actor, detail FROM events ORDER BY id')).toEqual([
    ...Object.values(DEVICES).map((device) => ({ kind: 'signed_in', device, ...holder })),
    { kind: 'closed_by_landlord', device: null, actor: 'landlord', detail: reason },
    { kind: 'closed', device: null, ...holder },
  ]);
});

it('the journal of drizzle-kit names each migration, with a snapshot of its own', () => {
  const meta = import.meta.glob('../migrations/meta/*.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const journal = JSON.parse(String(meta['../migrations/meta/_journal.json'])) as {
    entries: { tag: string }[];
  };
  expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(env.MIGRATIONS.map(({ name }) => name));
  const snapshots = journal.entries.map(({ tag }) => `../migrations/meta/${tag.slice(0, 4)}_snapshot.json`);
  expect(Object.keys(meta)).toEqual(expect.arrayContaining(snapshots));
});
