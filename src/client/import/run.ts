// The landlord's file into the clients: staged part by part, compared, applied all or nothing.

import { batch, type Db } from '../../platform/db.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { applyLines } from './applying.ts';
import { FileError } from './fault.ts';
import { changesClients, guardsOf, type ImportReport } from './guards.ts';
import { rememberFaults } from './known-faults.ts';
import { beginImport, type Ending, endImport, ImportBusy, renewLease } from './lease.ts';
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
  const id = await beginImport(db, 'file', Date.now());
  try {
    const reading = startReading();
    const digest = await stageFile(db, id, bytes, reading, request.announced ?? {});
    await renewLease(db, id);
    const report = await compare(db, id, digest, reading);
    const isStopped = report.guards.length > 0 && request.confirmed !== report.fingerprint;
    const outcome = request.isTrial ? 'tried' : isStopped ? 'refused' : 'applied';
    const done = { ...report, outcome } as const;
    if (outcome === 'applied') await apply(db, id, done, Date.now());
    else await finish(db, id, { state: outcome, report: request.isTrial ? undefined : reportToKeep(done) });
    return done;
  } catch (error) {
    await finish(db, id, { state: 'failed', report: request.isTrial ? undefined : faultToKeep(error) });
    throw error;
  }
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
async function apply(db: Db, id: number, report: ImportReport, now: number): Promise<void> {
  const hasChanged = changesClients(report.counts);
  const { endsOpen } = report.reading;
  const ending = { state: 'applied', hasChanged, endsOpen, report: reportToKeep(report) } as const;
  const { ended, ...cleared } = endImport(db, id, ending, now);
  const steps = await batch(db, {
    ended,
    applied: hasChanged ? applyLines(db, id, now) : [],
    remembered: rememberFaults(db, id, report.counts),
    ...cleared,
  });
  if (steps.ended.length === 0) throw new ImportBusy();
}

/** Ends an import that changes nothing, unless it ended already. */
async function finish(db: Db, id: number, ending: Ending): Promise<void> {
  await batch(db, endImport(db, id, ending, Date.now()));
}

/** Why a file was refused whole; for a failure of the portal itself, only that it failed. */
function faultToKeep(error: unknown): string | undefined {
  if (!(error instanceof FileError)) return undefined;
  const { fault, line, column } = error;
  return reportToKeep({ error: fault, line, column });
}
