// The migrations: they make the schema of the code, and each finds the rows of the version before unharmed.

import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import * as schema from '../src/store/schema.ts';

type Row = Record<string, unknown>;
const rowsOf = async (sql: string) => (await env.DB.prepare(sql).all<Row>()).results;
const tables = Object.values(schema)
  .filter((one) => one instanceof SQLiteTable)
  .map(getTableConfig);

it.each(tables.map((table) => [table.name, table] as const))(
  '%s is as the code says',
  async (name, table) => {
    const columns = await rowsOf(`PRAGMA table_info(${name})`);
    expect(columns.map((column) => `${column.name} ${column.notnull}`).sort()).toEqual(
      table.columns.map((column) => `${column.name} ${Number(column.notNull)}`).sort(),
    );
    const indexes = (await rowsOf(`PRAGMA index_list(${name})`)).filter(({ origin }) => origin === 'c');
    const unique = table.columns.filter(({ isUnique }) => isUnique).map(({ uniqueName }) => uniqueName);
    expect(indexes.map((index) => index.name).sort()).toEqual(
      [...table.indexes.map(({ config }) => config.name), ...unique].sort(),
    );
  },
);

it('the database holds nothing else', async () => {
  const found = await rowsOf(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name <> 'd1_migrations'",
  );
  expect(found.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort());
});

/** What the first version held: a row of each table. */
const FIRST_ROWS = [
  "INSERT INTO clients (id, kind, reference, reference_key, name_key, family_name, present_since) VALUES (7, 'tenant', '471', '471', 'ORSONI MARIE', 'ORSONI', 1)",
  "INSERT INTO accounts (id, client_id, identifier, email, state, created_at) VALUES (9, 7, 'NHCAPAL123456', 'm@x.fr', 'active', 2)",
  "INSERT INTO sessions (id, account_id, created_at, last_seen_at, device) VALUES ('s', 9, 3, 3, 'iPhone')",
  "INSERT INTO mails (id, kind, account_id, email, version, nonce, next_attempt_at, created_at) VALUES ('m', 'activation', 9, 'm@x.fr', 1, 'n', 4, 4)",
  "INSERT INTO attempts (key, count, expires_at) VALUES ('k', 3, 5)",
  "INSERT INTO events (account_id, kind, at) VALUES (9, 'requested', 6)",
];

const FIRST_TABLES = ['clients', 'accounts', 'sessions', 'mails', 'attempts', 'events'];

it('each migration keeps the rows of the version before, and they can be used', async () => {
  await reset();
  const [first, ...later] = env.MIGRATIONS;
  if (!first) throw new Error('There is no migration');
  await applyD1Migrations(env.DB, [first]);
  for (const row of FIRST_ROWS) await env.DB.prepare(row).run();
  for (const migration of later) {
    const held = await Promise.all(FIRST_TABLES.map((name) => rowsOf(`SELECT * FROM ${name}`)));
    await applyD1Migrations(env.DB, [first, ...later.slice(0, later.indexOf(migration) + 1)]);
    for (const [index, name] of FIRST_TABLES.entries()) {
      const now = await rowsOf(`SELECT * FROM ${name}`);
      expect(now).toEqual(held[index]?.map((row) => expect.objectContaining(row)));
    }
  }
  expect(await rowsOf("SELECT state, reported_at FROM mails WHERE id = 'm'")).toEqual([
    { state: 'queued', reported_at: 0 },
  ]);
});
