// The landlord's file into the clients: staged part by part, compared, applied all or nothing.

import type { SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { batch, type Db } from '../../platform/db.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { ImportState } from '../../schema.ts';
import { applyLines } from './applying.ts';
import { FileError } from './fault.ts';
import { changesClients, guardsOf, type ImportReport } from './guards.ts';
import { rememberFaults } from './known-faults.ts';
import { beginImport, type Ending, endedAs, endImport, ImportBusy, renewLease } from './lease.ts';
import { pairLines } from './pairing.ts';
import { type Reading, startReading } from './reading.ts';
import { readReport } from './report.ts';
import { reportToKeep } from './reports.ts';
import { areLengthened, endedWhole } from './signs.ts';
import { stageFile } from './staging.ts';

export type ImportRequest = {
  /** Only compares. */
  isTrial?: boolean;
  /** The fingerprint of a report that a person has looked at. */
  confirmed?: string;
  /** How many bytes, and how many lines with a client, the sender says the file has. */
  announced?: { bytes?: number; lines?: number };
  /** Who sends it from the desk; left out, the landlord's own system does. */
  sender?: Sender;
};

/** An agent who compared the file before. */
export type Sender = {
  agent: string;
  /** Whether this is what the agent saw and agreed to: nothing else is applied, whether a guard stands there or not. */
  agrees: (report: ImportReport) => boolean;
  /** Statements that are added to the batch that ends the import. @param isEnded condition: it ended in this very state */
  audit: (id: number, state: ImportState, isEnded: SQL) => BatchItem<'sqlite'>[];
};

/**
 * Reads a client file into the portal. Each file is complete: a client who is not in it is treated as having left.
 * @returns the report; its outcome says whether anything changed
 * @throws {FileError} when it is no client file, {ImportBusy} when another import runs: nothing changed
 */
export async function importClients(
  db: Db,
  bytes: AsyncIterable<Uint8Array>,
  request: ImportRequest = {},
): Promise<ImportReport> {
  const { sender } = request;
  const id = await beginImport(db, 'file', Date.now(), sender?.agent);
  try {
    const reading = startReading();
    const digest = await stageFile(db, id, bytes, reading, request.announced ?? {});
    await renewLease(db, id);
    const report = await compare(db, id, digest, reading);
    const outcome = request.isTrial ? 'tried' : isLetPast(report, request) ? 'applied' : 'refused';
    const done = { ...report, outcome } as const;
    const kept = request.isTrial ? undefined : reportToKeep(done);
    if (outcome === 'applied') await apply(db, id, done, sender);
    else await finish(db, id, { state: outcome, report: kept }, sender);
    return done;
  } catch (error) {
    const ending = request.isTrial ? ({ state: 'tried' } as const) : failedFor(error);
    await finish(db, id, ending, sender);
    throw error;
  }
}

/** An agent applies what was compared, and nothing else; a guard stops the landlord's system until it is confirmed. */
function isLetPast(report: ImportReport, { sender, confirmed }: ImportRequest): boolean {
  return sender ? sender.agrees(report) : report.guards.length === 0 || confirmed === report.fingerprint;
}

/** Pairs lines and clients and reports the effect of applying them. */
async function compare(db: Db, id: number, digest: string, reading: Reading): Promise<ImportReport> {
  await pairLines(db, id, () => renewLease(db, id));
  const { lastChange, ...report } = await readReport(db, id);
  const { created, left } = report.counts;
  const isOpenAnew = reading.endsOpen && left > 0 && (await endedWhole(db));
  reading.isLastDigitWritten ||= created > left / 2 && left > 0 && (await areLengthened(db, id, created));
  // The same lines on the same clients do the same; only an import changes the clients.
  const { newFaults: _, ...counts } = report.counts;
  const fingerprint = await hashSecret(JSON.stringify([digest, lastChange, counts]));
  return {
    outcome: 'tried',
    reading,
    ...report,
    fingerprint: fingerprint.slice(0, 16),
    guards: guardsOf(report.counts, isOpenAnew),
  };
}

/** All or nothing, in one batch; nothing when another import took the lease over. Most nights change no client. */
async function apply(db: Db, id: number, report: ImportReport, sender?: Sender): Promise<void> {
  const now = Date.now();
  const hasChanged = changesClients(report.counts);
  const { endsOpen } = report.reading;
  const ending = { state: 'applied', hasChanged, endsOpen, report: reportToKeep(report) } as const;
  const { ended, ...cleared } = endImport(db, id, ending, now);
  const steps = await batch(db, {
    ended,
    applied: hasChanged ? applyLines(db, id, now) : [],
    remembered: rememberFaults(db, id, report.counts),
    noted: auditOf(id, 'applied', sender),
    ...cleared,
  });
  if (steps.ended.length === 0) throw new ImportBusy();
}

/** Ends an import that changes nothing, unless it ended already. */
async function finish(db: Db, id: number, ending: Ending, sender?: Sender): Promise<void> {
  const { ended, ...cleared } = endImport(db, id, ending, Date.now());
  await batch(db, { ended, noted: auditOf(id, ending.state, sender), ...cleared });
}

function auditOf(id: number, state: ImportState, sender?: Sender) {
  return sender?.audit(id, state, endedAs(id, state)) ?? [];
}

/** Why a file was refused whole; for a failure of the portal itself, only that it failed. */
function failedFor(error: unknown): Ending {
  if (!(error instanceof FileError)) return { state: 'failed' };
  const { fault, line, column } = error;
  return { state: 'failed', report: reportToKeep({ error: fault, line, column }) };
}
