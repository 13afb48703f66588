// The report of an import, read from its staged lines before they are applied.

import { sql } from 'drizzle-orm';
import { batch, type Db } from '../../platform/db.ts';
import type { Column, ColumnProblem } from './columns.ts';
import { type ImportReport, type RejectedLine, rejectedCsv } from './guards.ts';
import {
  countAccounts,
  countVerdicts,
  listBack,
  listChanged,
  listCorrected,
  listIncomplete,
  listLeft,
  listRejected,
  listRepeated,
  type RejectedRow,
} from './report-lists.ts';
import { readNewestChange } from './reports.ts';

type Facts = Omit<ImportReport, 'outcome' | 'reading' | 'fingerprint' | 'guards'> & { lastChange: number };

/** The effect of applying the staged lines, and the last import that changed the clients they are compared with. */
export async function readReport(db: Db, importId: number): Promise<Facts> {
  const [counts] = await countVerdicts(db, importId);
  if (!counts) throw new Error('A count without a row');
  // The missing clients are listed only when the count found some.
  const isAnyLeft = sql`${counts.left} > 0`;
  const isAnyChanged = sql`${counts.changed} > 0`;
  const { rejected, incomplete, changed, follows, last, ...lists } = await batch(db, {
    left: listLeft(db, importId, isAnyLeft),
    changed: listChanged(db, importId),
    corrected: listCorrected(db, importId, isAnyChanged),
    back: listBack(db, importId),
    rejected: listRejected(db, importId),
    incomplete: listIncomplete(db, importId, sql`${counts.incomplete} > 0`),
    repeated: listRepeated(db, importId),
    follows: countAccounts(db, importId, isAnyLeft, isAnyChanged),
    last: readNewestChange(db),
  });
  const lines = rejected.map(readRejected);
  return {
    counts,
    ...lists,
    incomplete: incomplete.map(({ line, reference, givenName, proof }) => ({
      line,
      reference,
      missing: [...(givenName ? [] : ['prenom' as const]), ...(proof ? [] : ['date_naissance' as const])],
    })),
    changed: changed.map((row) => ({ ...row, columns: readColumns(row.columns) })),
    rejected: lines.map(({ line, problems }) => ({ line, problems })),
    rejectedCsv: lines.length > 0 ? rejectedCsv(lines.map(({ cells }) => cells)) : '',
    follows: follows[0] ?? { accountsLeft: 0, pendingLeft: 0, accountsCorrected: 0 },
    lastChange: last[0]?.id ?? 0,
  };
}

function readRejected(row: RejectedRow): RejectedLine & { cells: string[] } {
  if (row.detail) return { line: row.line, ...(JSON.parse(row.detail) as Detail) };
  // Ambiguous: the line is well written, but it may mean either of two people.
  const { name, givenName, proof, email, reference } = row;
  const [day, person, company] = [proof?.split('-').reverse().join('/'), [name, givenName], [name, proof]];
  const cells =
    row.kind === 'tenant'
      ? ['locataire', reference, ...person, day, '', '', email]
      : ['fournisseur', reference, '', '', '', ...company, email];
  const problems: ColumnProblem[] = [{ column: 'reference', reason: 'ambiguous', value: reference ?? '' }];
  return { line: row.line, problems, cells: cells.map((cell) => cell ?? '') };
}

/** Those that do not differ are null. */
function readColumns(json: string): Column[] {
  return (JSON.parse(json) as (Column | null)[]).filter((column) => column !== null);
}

type Detail = { cells: string[]; problems: ColumnProblem[] };
