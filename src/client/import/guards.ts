// The report of an import: its effect, the guards that ask a person to look first, and the lines to correct.

import { CLIENT_FILE } from '../../numbers.ts';
import { writeCsv } from '../../platform/csv.ts';
import type { AccountState, ImportState } from '../../schema.ts';
import { COLUMNS, type Column, type ColumnProblem } from './columns.ts';
import type { FileFault } from './fault.ts';
import type { NumbersReport } from './new-numbers.ts';
import type { Reading } from './reading.ts';

/** How many of each; `present` clients before the import, `lines` of the file that are not blank. */
export type ImportCounts = {
  lines: number;
  present: number;
  created: number;
  changed: number;
  unchanged: number;
  back: number;
  left: number;
  rejected: number;
  /** Without a birth date or a given name: kept as clients, who cannot open an account from the web. */
  incomplete: number;
  /** Of the rejected and incomplete lines, those that were not so in the last applied file. */
  newFaults: number;
  repeated: number;
};

/** A guard that stops an import until a person confirms it. */
export type Guard = 'too_many_left' | 'too_many_rejected' | 'ends_open';

export type RejectedLine = { line: number; problems: ColumnProblem[] };

export type ImportReport = {
  outcome: 'applied' | 'tried' | 'refused';
  /** How the file was read: stands first, so that a person sees it at a glance. */
  reading: Reading;
  /** Of the import's effect: repeated in `?confirme=`, it lets this very import past its guards. */
  fingerprint: string;
  guards: Guard[];
  counts: ImportCounts;
  changed: { line: number; reference: string; columns: Column[] }[];
  /** The clients who leave, those with an account first. */
  left: { reference: string; name: string; account: OpenAccount | null }[];
  /** Clients with an account of whom the name or the birth date (the SIRET) is corrected: their sessions and links end. */
  corrected: { line: number; reference: string; account: OpenAccount; before: string; after: string }[];
  back: { line: number; reference: string }[];
  rejected: RejectedLine[];
  incomplete: { line: number; reference: string; missing: Column[] }[];
  repeated: { line: number; first: number }[];
  /** The rejected lines as a CSV file, to be corrected. */
  rejectedCsv: string;
  follows: { accountsLeft: number; pendingLeft: number; accountsCorrected: number };
};

/** A report as it is kept, or why there is none: without the rejected lines themselves, which the landlord has. */
export type KeptReport =
  | Omit<ImportReport, 'rejectedCsv'>
  | NumbersReport
  | { error: FileFault; line: number; column: string | null };

/** An import: `state` is `applied`, `refused`, `failed`, or `running`; `at` in ms; `sentBy` the agent who sent it from the desk. */
export type Night = {
  id: number;
  kind: 'file' | 'numbers';
  state: ImportState;
  at: number;
  sentBy: string | null;
  /** How many of each, unless it failed; in a list of imports. */
  counts?: ImportCounts | NumbersReport['counts'] | null;
};

type OpenAccount = Exclude<AccountState, 'closed'>;

/**
 * The guards an import runs into. The first file, into an empty table, makes nobody leave; a fault of the last
 * applied file may be there again.
 * @param isOpenAnew whether the file ends without a line break, and the last one did not
 */
export function guardsOf(counts: ImportCounts, isOpenAnew: boolean): Guard[] {
  const guards: Guard[] = [];
  if (counts.left > counts.present * CLIENT_FILE.mostLeft) guards.push('too_many_left');
  if (counts.newFaults > counts.lines * CLIENT_FILE.mostRejected) guards.push('too_many_rejected');
  if (isOpenAnew && counts.left > 0) guards.push('ends_open');
  return guards;
}

/** Whether applying would change anything at all: most nights it would not. */
export function changesClients({ created, changed, back, left }: ImportCounts): boolean {
  return created + changed + back + left > 0;
}

/** Rejected lines under the file's own column names. */
export function rejectedCsv(lines: string[][]): string {
  // A file without sectors comes back without that column.
  const at = COLUMNS.indexOf('secteur');
  const isTold = lines.some((cells) => cells[at]);
  const kept = <T>(cells: readonly T[]) => cells.filter((_, index) => isTold || index !== at);
  return writeCsv(kept(COLUMNS), lines.map(kept));
}
