// The columns of the landlord's client file, and the problems that a cell may have.

import { CLIENT_FILE } from '../../numbers.ts';

/** The file's columns, in the order of the sample; the e-mail may be missing, and the sector is one more. */
export const COLUMNS = [
  'profil',
  'reference',
  'nom',
  'prenom',
  'date_naissance',
  'raison_sociale',
  'siret',
  'email',
  'secteur',
] as const;
export type Column = (typeof COLUMNS)[number];

/** The cells of a line that are known, by column. */
export type Cells = Partial<Record<Column, string>>;

/** Why a line is rejected: the sentences stand in `src/words/import.ts`. */
export type LineProblem =
  | 'profile'
  | 'cells'
  | 'open_quote'
  | 'missing'
  | 'too_long'
  | 'garbled'
  | 'entity'
  | 'spreadsheet_error'
  | 'no_letter'
  | 'no_digit_or_letter'
  | 'scientific'
  | 'amount'
  | 'birth_date'
  | 'siren'
  | 'siret'
  | 'ambiguous';
export type ColumnProblem = { column: Column; reason: LineProblem; value: string };

/** Cells left out of a line that is taken: an address that cannot be read, all but the first, the end of a sector. */
export type NoteReason = 'email' | 'emails' | 'sector';
export type LineNote = { column: Column; reason: NoteReason; value: string };

/** A problem with the start of the value that has it. */
export function problem(line: Cells, column: Column, reason: LineProblem): ColumnProblem {
  return { column, reason, value: shorten(line[column] ?? '') };
}

/** The start of a wrong value, one line of it. */
export function shorten(value: string): string {
  const plain = value.replace(/\p{Cc}/gu, '\u{FFFD}');
  return plain.length > CLIENT_FILE.quoted ? `${plain.slice(0, CLIENT_FILE.quoted)}…` : plain;
}
