// Single cells of a client file, freed of the signs that spreadsheets and databases put around or in place of a value.

import { visible } from '../../platform/letters.ts';
import { digitsMeant } from '../reference.ts';
import { isCheckedSiret } from '../siret.ts';

/** A formula or quotes around a value, an apostrophe that keeps a spreadsheet from counting, a sign nobody sees, an entity. */
const NEEDS_CARE = /^[="'‘’]|&|[^ -~À-ÿ]/;
const FORMULA = /^="(.*)"$/s;
const QUOTED = /^'(.*)'$/s;
const KEPT_AS_TEXT = /^'(?=\d)/;

/** A value without the signs around it: `="471"`, `'471`, `'ORSONI'`, `D&#39;ORNANO`, zero-width signs. */
export function bareCell(cell: string | undefined): string {
  if (!cell) return '';
  const trimmed = cell.trim();
  if (!NEEDS_CARE.test(trimmed)) return trimmed;
  const inner = trimmed.replace(FORMULA, '$1').replace(QUOTED, '$1').replace(KEPT_AS_TEXT, '');
  return visible(inner.replace(ENTITY, readEntity)).trim();
}

/** Entities that are read for sure: numbers, and those of plain signs. A letter's entity is not read: its writer may have cut others. */
const ENTITY = /&(?:#(\d{2,5})|#x([\da-f]{2,4})|amp|apos|quot);/gi;
const SIGNS: Record<string, string> = { '&amp;': '&', '&apos;': "'", '&quot;': '"' };

function readEntity(entity: string, decimal?: string, hex?: string): string {
  if (!decimal && !hex) return SIGNS[entity.toLowerCase()] ?? entity;
  return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16));
}

/** The rest of an entity, cut by a separator or unknown: `LEF&Egrave;VRE`, `D&#39`. */
export const LEFT_ENTITY =
  /&(?:#x?[\da-f]+|[a-z]+(?:grave|acute|circ|uml|cedil|tilde|lig|ring|slash)|amp|apos|quot|nbsp)(?:;|$)/i;

const NO_VALUE = /^(?:null|\\n|\(null\)|<null>|n\/a)$/i;
const NOT_KNOWN =
  /^(?:[-–—.?*_/]+|none|nan|nil|non|n\/c|n\.?c\.?|n\.?r\.?|n[ée]ant|aucune?|sans|inconnue?)$/i;

/** A value that a database or a spreadsheet writes where there is none. */
export function isNoValue(cell: string): boolean {
  return cell === '' || (cell.length < 7 && NO_VALUE.test(cell));
}

/** The same where a person may have written that there is none, or that it is not known: no name, since some are called so. */
export function isNothing(cell: string): boolean {
  return isNoValue(cell) || NOT_KNOWN.test(cell);
}

/** A spreadsheet shows these when a formula fails or a column is too narrow: the value is lost. */
export function isSpreadsheetError(cell: string): boolean {
  return (
    cell.startsWith('#') &&
    /^#(?:N\/A|N\/D|NA|REF!|VALEUR!|VALUE!|NOM\??|NAME\?|DIV\/0!|NUL!|NULL!|NOMBRE!|NUM!|CALC!|#+)$/i.test(
      cell,
    )
  );
}

/** Whether a spreadsheet wrote a long number in its own way: `4,12346E+13`, `4.71e2`. */
export function isScientific(cell: string): boolean {
  return /^\d+(?:[.,]\d+E[+-]?|E[+-])\d+$/i.test(cell);
}

/**
 * A reference as it was before a spreadsheet took it for an amount: `471.0`, `471,00` → `471`; `1 471` with the no-break space
 * that parts thousands → `1471`. With three zeros behind a point nobody knows whether they part thousands.
 */
export function plainReference(cell: string): string {
  if (!/[.,\u00a0\u202f]/.test(cell)) return cell;
  const whole = cell.replace(/^(\d+)[.,]0{1,2}$/, '$1');
  return /^\d{1,3}(?:[\u00a0\u202f]\d{3})+$/.test(whole) ? whole.replace(/\D/g, '') : whole;
}

/** Whether a reference looks like an amount with three decimals, or thousands: `471.000`. */
export function isAmbiguousAmount(cell: string): boolean {
  return /^\d+[.,]0{3,}$/.test(cell);
}

/** The 14 digits of a SIRET, as far as they can be read: with decimals, signs, or without the zero that a spreadsheet drops. */
export function plainSiret(cell: string): string {
  if (/^\d{14}$/.test(cell)) return cell;
  const digits = digitsMeant(cell.replace(/[.,]0{1,2}$/, '')).replace(/\D/g, '');
  return digits.length === 13 && isCheckedSiret(`0${digits}`) ? `0${digits}` : digits;
}
