// One import at a time: the one that holds the lease, for as long as it renews it.

import { and, eq, lte, type SQL, sql } from 'drizzle-orm';
import { CLIENT_FILE } from '../../numbers.ts';
import { batch, type Db, statement } from '../../platform/db.ts';
import { type ImportKind, type ImportState, imports } from '../../schema.ts';

/** Another import holds the lease, or took it over from this one. */
export class ImportBusy extends Error {}

/**
 * Takes the one lease, and removes the rows that an abandoned import left behind.
 * @param sentBy the agent who sends it from the desk; null for the landlord's own system
 * @returns the import's id
 * @throws {ImportBusy}
 */
export async function beginImport(
  db: Db,
  kind: ImportKind,
  now: number,
  sentBy: string | null = null,
): Promise<number> {
  const { begun } = await batch(db, {
    begun: statement<{ id: number }>(
      db,
      sql`INSERT INTO imports (kind, started_at, lease_until, sent_by)
      SELECT ${kind}, ${now}, ${now + CLIENT_FILE.lease}, ${sentBy}
      WHERE NOT EXISTS (SELECT 1 FROM imports WHERE state = 'running' AND lease_until > ${now})
      RETURNING id`,
    ),
    swept: sweep(db, now),
  });
  const [row] = begun;
  if (!row) throw new ImportBusy();
  return row.id;
}

/** Ends imports whose lease ran out and removes their staged lines. Cron calls it too. */
export async function sweepImports(db: Db, now: number): Promise<void> {
  await batch(db, { swept: sweep(db, now) });
}

const STAGED = ['staged_lines', 'staged_pairs', 'staged_numbers'];

function sweep(db: Db, now: number) {
  return [
    db
      .update(imports)
      .set({ state: 'failed', finishedAt: now })
      .where(and(eq(imports.state, 'running'), lte(imports.leaseUntil, now))),
    ...STAGED.map((table) =>
      removeStaged(db, table, sql`NOT IN (SELECT id FROM imports WHERE state = 'running')`),
    ),
  ] as const;
}

function removeStaged(db: Db, table: string, which: SQL) {
  return statement(db, sql`DELETE FROM ${sql.identifier(table)} WHERE import_id ${which}`);
}

/** @throws {ImportBusy} when another import took the lease over */
export async function renewLease(db: Db, id: number): Promise<void> {
  if ((await renewal(db, id)).length === 0) throw new ImportBusy();
}

/** Statement: renews the lease; no row when it is lost. */
export function renewal(db: Db, id: number) {
  return db
    .update(imports)
    .set({ leaseUntil: Date.now() + CLIENT_FILE.lease })
    .where(isMine(id))
    .returning({ id: imports.id });
}

/** Condition on `imports`: this import still holds the lease. */
function isMine(id: number) {
  return and(eq(imports.id, id), eq(imports.state, 'running'));
}

/** Condition: the import still holds the lease. */
export function isRunning(id: number): SQL {
  return sql`EXISTS (SELECT 1 FROM imports WHERE id = ${id} AND state = 'running')`;
}

/** Condition: the import has been marked as applied, by an earlier statement of the same batch. */
export function isApplied(id: number): SQL {
  return endedAs(id, 'applied');
}

/** Condition: the import has ended so, by an earlier statement of the same batch. */
export function endedAs(id: number, state: ImportState): SQL {
  return sql`EXISTS (SELECT 1 FROM imports WHERE id = ${id} AND state = ${state})`;
}

/** The facts of an import at its end; `report` is its answer, as JSON. */
export type Ending = { state: ImportState; hasChanged?: boolean; endsOpen?: boolean; report?: string };

/** Steps: the import ends, unless it ended already (no row then), and its staged rows go. */
export function endImport(db: Db, id: number, ending: Ending, now: number) {
  const ended = db
    .update(imports)
    .set({ ...ending, finishedAt: now })
    .where(isMine(id))
    .returning({ id: imports.id });
  return { ended, cleared: STAGED.map((table) => removeStaged(db, table, sql`= ${id}`)) };
}
