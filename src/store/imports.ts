// The landlord's file into the clients: staged part by part, compared, applied all or nothing.

import { and, eq, lte, type SQL, sql } from 'drizzle-orm';
import { type FileLine, type Reading, readClientFile, startReading } from '../rules/client-file-text.ts';
import { changesClients, guardsOf, type ImportReport } from '../rules/import-report.ts';
import { CLIENT_FILE } from '../rules/numbers.ts';
import { hashSecret } from '../rules/secrets.ts';
import { type Db, statement } from './db.ts';
import { applyLines } from './import-applying.ts';
import { identical, pairLines } from './import-pairing.ts';
import { readReport } from './import-report.ts';
import { areLengthened, endedWhole } from './import-signs.ts';
import { type ImportState, imports, stagedLines } from './schema.ts';

export type ImportRequest = {
  /** Only compares. */
  isTrial?: boolean;
  /** The fingerprint of a report that a person has looked at. */
  confirmed?: string;
};

/** Another import holds the lease, or took it over from this one. */
export class ImportBusy extends Error {}

/**
 * Reads a client file into the portal. The whole file is its day's truth: who is missing has left.
 * @returns the report; its outcome says whether anything changed
 * @throws {FileError} when it is no client file, {ImportBusy} when another import runs: nothing changed
 */
export async function importClients(
  db: Db,
  bytes: AsyncIterable<Uint8Array>,
  request: ImportRequest = {},
): Promise<ImportReport> {
  const id = await begin(db, Date.now());
  try {
    const reading = startReading();
    const digest = await stageFile(db, id, readClientFile(bytes, reading));
    await renew(db, id, reading.endsOpen);
    const report = await compare(db, id, digest, reading);
    const isStopped = report.guards.length > 0 && request.confirmed !== report.fingerprint;
    const outcome = request.isTrial ? 'tried' : isStopped ? 'refused' : 'applied';
    if (outcome === 'applied' && changesClients(report.counts)) await apply(db, id, Date.now());
    else await finish(db, id, outcome);
    return { ...report, outcome };
  } catch (error) {
    await finish(db, id, 'failed');
    throw error;
  }
}

/** Takes the one lease; what an abandoned import left behind goes. */
async function begin(db: Db, now: number): Promise<number> {
  const [, , rows] = await db.batch([
    ...sweep(db, now),
    statement<{ id: number }>(
      db,
      sql`INSERT INTO imports (started_at, lease_until)
      SELECT ${now}, ${now + CLIENT_FILE.lease} WHERE NOT EXISTS (SELECT 1 FROM imports WHERE state = 'running')
      RETURNING id`,
    ),
  ]);
  const [row] = rows;
  if (!row) throw new ImportBusy();
  return row.id;
}

/** Ends imports whose lease ran out and removes their staged lines. Cron calls it too. */
export async function sweepImports(db: Db, now: number): Promise<void> {
  await db.batch(sweep(db, now));
}

function sweep(db: Db, now: number) {
  return [
    db
      .update(imports)
      .set({ state: 'failed', finishedAt: now })
      .where(and(eq(imports.state, 'running'), lte(imports.leaseUntil, now))),
    statement(
      db,
      sql`DELETE FROM staged_lines WHERE import_id NOT IN (SELECT id FROM imports WHERE state = 'running')`,
    ),
  ] as const;
}

/**
 * Stages every line; one part is written while the next is read.
 * @returns a digest of what the lines say, chained over the parts
 */
async function stageFile(db: Db, id: number, lines: AsyncIterable<FileLine[]>): Promise<string> {
  let digest = '';
  let written: Promise<unknown> = Promise.resolve();
  for await (const part of parts(lines)) {
    digest = await hashSecret(digest + part);
    await written;
    written = stagePart(db, id, part);
    // Awaited above; if the file breaks off first, its fault is what is told.
    written.catch(() => {});
  }
  await written;
  return digest;
}

/** The lines as JSON arrays of bounded length. */
async function* parts(file: AsyncIterable<FileLine[]>): AsyncGenerator<string> {
  let lines: string[] = [];
  let length = 0;
  for await (const read of file) {
    for (const line of read) {
      const staged = JSON.stringify(stagedLine(line));
      length += lines.push(staged) && staged.length;
      if (length < CLIENT_FILE.partLength) continue;
      yield `[${lines.join(',')}]`;
      [lines, length] = [[], 0];
    }
  }
  if (lines.length > 0) yield `[${lines.join(',')}]`;
}

/** The cells in the order of `stagePart`. */
function stagedLine({ line, cells, read }: FileLine): (string | number | null)[] {
  if (!read.ok) {
    const detail = JSON.stringify({
      cells: cells.map((cell) => cell.slice(0, 200)),
      problems: read.problems,
    });
    return [line, read.kind, null, read.referenceKey, null, null, null, null, null, detail];
  }
  const { kind, reference, referenceKey, nameKey, givenName, email } = read.row;
  const [name, proof] = [
    read.row.familyName ?? read.row.companyName,
    read.row.birthDate ?? read.row.siret ?? '',
  ];
  return [line, kind, reference, referenceKey, nameKey, name, givenName, proof, email];
}

/**
 * One JSON parameter per part, whatever its lines. A line meets its identical client as it is written, so that an
 * unchanged night writes each line once. The same batch renews the lease.
 */
async function stagePart(db: Db, id: number, part: string): Promise<void> {
  const [held] = await db.batch([
    renewal(db, id),
    statement(
      db,
      sql`
      WITH s AS MATERIALIZED (SELECT value->>0 AS line, value->>1 AS kind, value->>2 AS reference,
          value->>3 AS reference_key, value->>4 AS name_key, value->>5 AS name, value->>6 AS given_name,
          value->>7 AS proof, value->>8 AS email, value->>9 AS detail
        FROM json_each(${part}) WHERE ${isRunning(id)})
      INSERT INTO staged_lines (import_id, line, kind, reference, reference_key, name_key, name, given_name, proof,
        email, detail, client_id, verdict)
      SELECT ${id}, s.line, s.kind, s.reference, s.reference_key, s.name_key, s.name, s.given_name, s.proof, s.email,
        s.detail, c.id, ${identical.verdict}
      FROM s LEFT JOIN clients AS c ON ${identical.client}`,
    ),
  ]);
  if (held.length === 0) throw new ImportBusy();
}

async function renew(db: Db, id: number, endsOpen: boolean): Promise<void> {
  if ((await renewal(db, id, endsOpen)).length === 0) throw new ImportBusy();
}

function renewal(db: Db, id: number, endsOpen = false) {
  return db
    .update(imports)
    .set({ leaseUntil: Date.now() + CLIENT_FILE.lease, endsOpen })
    .where(isMine(id))
    .returning({ id: imports.id });
}

/** Condition on `imports`: this import still holds the lease. */
function isMine(id: number) {
  return and(eq(imports.id, id), eq(imports.state, 'running'));
}

function isRunning(id: number): SQL {
  return sql`EXISTS (SELECT 1 FROM imports WHERE id = ${id} AND state = 'running')`;
}

/** Pairs lines and clients and reports what applying them would do. */
async function compare(db: Db, id: number, digest: string, reading: Reading): Promise<ImportReport> {
  await db.batch(pairLines(db, id));
  const { lastApplied, ...report } = await readReport(db, id);
  const { created, left } = report.counts;
  const isOpenAnew = reading.endsOpen && left > 0 && (await endedWhole(db, lastApplied));
  reading.isLastDigitWritten ||= created > left / 2 && left > 0 && (await areLengthened(db, id, created));
  // The same lines on the same clients do the same; only an import changes the clients.
  const fingerprint = await hashSecret(JSON.stringify([digest, lastApplied, report.counts]));
  return {
    outcome: 'tried',
    reading,
    ...report,
    fingerprint: fingerprint.slice(0, 16),
    guards: guardsOf(report.counts, isOpenAnew),
  };
}

/** All or nothing, in one batch; nothing when another import took the lease over. */
async function apply(db: Db, id: number, now: number): Promise<void> {
  const [won] = await db.batch([
    db
      .update(imports)
      .set({ state: 'applied', finishedAt: now })
      .where(isMine(id))
      .returning({ id: imports.id }),
    ...applyLines(db, id, now),
    clearStaged(db, id),
  ]);
  if (won.length === 0) throw new ImportBusy();
}

function clearStaged(db: Db, id: number) {
  return db.delete(stagedLines).where(eq(stagedLines.importId, id));
}

/** Ends an import that changes nothing, unless it ended already. */
async function finish(db: Db, id: number, state: ImportState): Promise<void> {
  await db.batch([
    db.update(imports).set({ state, finishedAt: Date.now() }).where(isMine(id)),
    clearStaged(db, id),
  ]);
}
