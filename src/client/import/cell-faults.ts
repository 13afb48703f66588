// The rules for each cell of a line, and the signs of one that nobody can read.

import { LENGTHS } from '../../numbers.ts';
import { readFileBirthDate } from '../birth-date.ts';
import { foldCompany } from '../company.ts';
import { hasReference } from '../reference.ts';
import {
  isAmbiguousAmount,
  isNothing,
  isNoValue,
  isScientific,
  isSpreadsheetError,
  LEFT_ENTITY,
  plainSiret,
} from './cells.ts';
import { COLUMNS, type Column, type LineProblem } from './columns.ts';

/** Why a cell cannot be taken; undefined when it can. */
export type Fault = LineProblem | undefined;

/** Values that no column of a client can have: empty, or a formula that failed. */
function valueFault(text: string): Fault {
  if (isNoValue(text)) return 'missing';
  return isSpreadsheetError(text) ? 'spreadsheet_error' : undefined;
}

export function referenceFault(text: string): Fault {
  if (text.length <= LENGTHS.reference && /^\d+$/.test(text)) return undefined;
  if (text.length > LENGTHS.reference) return 'too_long';
  if (isScientific(text)) return 'scientific';
  if (isAmbiguousAmount(text)) return 'amount';
  return valueFault(text) ?? (hasReference(text) ? undefined : 'no_digit_or_letter');
}

export function nameFault(text: string): Fault {
  if (text.length > LENGTHS.name) return 'too_long';
  return valueFault(text) ?? (HAS_LETTER.test(text) ? undefined : 'no_letter');
}

const HAS_LETTER = /\p{L}/u;

export function companyFault(text: string): Fault {
  if (text.length > LENGTHS.name) return 'too_long';
  return valueFault(text) ?? (foldCompany(text) === '' ? 'no_digit_or_letter' : undefined);
}

export function siretFault(text: string): Fault {
  if (isScientific(text)) return 'scientific';
  const { length } = plainSiret(text);
  return valueFault(text) ?? (length === 14 ? undefined : length === 9 ? 'siren' : 'siret');
}

/** The birth date of a line: null where none is known, undefined where it cannot be read. */
export function birthDateOf(text: string): string | null | undefined {
  return isNoDate(text) ? null : readFileBirthDate(text, Date.now());
}

/** The dates that systems write when nobody entered one; nobody alive was born on the first day of 1900. */
function isNoDate(text: string): boolean {
  return /\d/.test(text) ? NO_DATE.test(text) : isNothing(text);
}
const NO_DATE = /^(?:0[0/.\- ]*$|01[/.-]01[/.-]1900(?!\d)|1900-01-01(?!\d))/;

/** All but the optional columns, which never cost the line. */
const READ_STRICTLY = COLUMNS.filter((column) => column !== 'email' && column !== 'secteur');

/** Most lines hold nothing but these signs, none of which can be wrong. */
const SURE = /^[ -%'->@-~]*$/;

/**
 * A control character (a NUL, a line break), a letter that could not be decoded, one decoded twice (`Ã©` for `é`), one that
 * an export without accents lost (`LEF?VRE`), or a sign that no name has and wrong letters show as.
 */
const GARBLED =
  /\p{Cc}|\uFFFD|[ÂÃÅ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?:^|\p{L})\?\p{L}|[ƒ‚„…†‡ˆ‰˜¤¦¨¬¯±¶×÷¼½¾\u2500-\u25a0]/u;

/** The columns that nobody can read, and why. */
export function unreadableColumns(line: Record<Column, string>): [Column[], LineProblem] | undefined {
  const doubtful = READ_STRICTLY.filter((column) => !SURE.test(line[column]));
  if (doubtful.length === 0) return undefined;
  const garbled = doubtful.filter((column) => GARBLED.test(line[column]));
  if (garbled.length > 0) return [garbled, 'garbled'];
  const spoilt = doubtful.filter((column) => LEFT_ENTITY.test(line[column]));
  return spoilt.length > 0 ? [spoilt, 'entity'] : undefined;
}
