// The address and the sector: a line may leave them open, and they never cost it. The report names what was left out.

import { firstEmail, readEmail } from '../../mail/address.ts';
import { LENGTHS } from '../../numbers.ts';
import { isNoValue, isSpreadsheetError } from './cells.ts';
import { type Column, type LineNote, shorten } from './columns.ts';

/** The address is optional: one that cannot be read is left out, and the report says so. */
function emailOf(cell: string): { email: string | null; notes: LineNote[] } {
  if (cell === '') return { email: null, notes: [] };
  const read = readEmail(cell);
  if (read.ok) return { email: read.address, notes: [] };
  const email = firstEmail(cell) ?? null;
  return { email, notes: [{ column: 'email', reason: email ? 'emails' : 'email', value: shorten(cell) }] };
}

/** One line of plain text, cut where it is longer than the portal keeps. */
export function sectorOf(cell: string): string {
  const plain = cell.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return isNoValue(plain) || isSpreadsheetError(plain)
    ? ''
    : [...plain].slice(0, LENGTHS.sector).join('').trim();
}

/** The address of a line, and what was left out of it. */
export function optionalCells(line: Record<Column, string>): { email: string | null; notes: LineNote[] } {
  const { email, notes } = emailOf(line.email);
  if ([...line.secteur].length <= LENGTHS.sector) return { email, notes };
  return { email, notes: [...notes, { column: 'secteur', reason: 'sector', value: shorten(line.secteur) }] };
}
