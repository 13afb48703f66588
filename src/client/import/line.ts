// One line of the landlord's client file: what it must hold, and the row it becomes.

import { firstEmail, readEmail } from '../../mail/address.ts';
import { CLIENT_FILE, LENGTHS } from '../../numbers.ts';
import type { ClientKind } from '../../schema.ts';
import { isSerialDate, readFileBirthDate } from '../birth-date.ts';
import { foldCompany } from '../company.ts';
import { foldName, isNoGivenName } from '../names.ts';
import { hasReference, referenceKey } from '../reference.ts';
import {
  bareCell,
  isAmbiguousAmount,
  isNothing,
  isNoValue,
  isScientific,
  isSpreadsheetError,
  LEFT_ENTITY,
  plainReference,
  plainSiret,
} from './cells.ts';

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

/** A row of the landlord's file as the portal keeps it, with the keys it is found by. */
type ClientRow = {
  kind: ClientKind;
  reference: string;
  referenceKey: string;
  nameKey: string;
  familyName: string | null;
  givenName: string | null;
  birthDate: string | null;
  companyName: string | null;
  siret: string | null;
  email: string | null;
  /** Null in a file without that column, empty where it says nothing. */
  sector: string | null;
};

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

/** A line that was read, or why it was not; also then with its kind and reference, as far as they can be read. */
export type ReadLine =
  | {
      ok: true;
      row: ClientRow;
      notes: LineNote[];
      /** The missing part that keeps the client from opening an account alone. */
      without: 'person' | 'birth_date' | null;
      isSerialDate: boolean;
    }
  | { ok: false; kind: ClientKind | null; referenceKey: string | null; problems: ColumnProblem[] };

type Line = Record<Column, string>;
type Fault = LineProblem | undefined;

/** Values that no column of a client can have: empty, or a formula that failed. */
function valueFault(text: string): Fault {
  if (isNoValue(text)) return 'missing';
  return isSpreadsheetError(text) ? 'spreadsheet_error' : undefined;
}

function referenceFault(text: string): Fault {
  if (text.length <= LENGTHS.reference && /^\d+$/.test(text)) return undefined;
  if (text.length > LENGTHS.reference) return 'too_long';
  if (isScientific(text)) return 'scientific';
  if (isAmbiguousAmount(text)) return 'amount';
  return valueFault(text) ?? (hasReference(text) ? undefined : 'no_digit_or_letter');
}

function nameFault(text: string): Fault {
  if (text.length > LENGTHS.name) return 'too_long';
  return valueFault(text) ?? (HAS_LETTER.test(text) ? undefined : 'no_letter');
}

const HAS_LETTER = /\p{L}/u;

function companyFault(text: string): Fault {
  if (text.length > LENGTHS.name) return 'too_long';
  return valueFault(text) ?? (foldCompany(text) === '' ? 'no_digit_or_letter' : undefined);
}

function siretFault(text: string): Fault {
  if (isScientific(text)) return 'scientific';
  const { length } = plainSiret(text);
  return valueFault(text) ?? (length === 14 ? undefined : length === 9 ? 'siren' : 'siret');
}

/** The birth date of a line: null where none is known, undefined where it cannot be read. */
function birthDateOf(text: string): string | null | undefined {
  return isNoDate(text) ? null : readFileBirthDate(text, Date.now());
}

/** The dates that systems write when nobody entered one; nobody alive was born on the first day of 1900. */
function isNoDate(text: string): boolean {
  return /\d/.test(text) ? NO_DATE.test(text) : isNothing(text);
}
const NO_DATE = /^(?:0[0/.\- ]*$|01[/.-]01[/.-]1900(?!\d)|1900-01-01(?!\d))/;

const words = (kind: ClientKind, list: string) =>
  list.split(' ').map((word): [string, ClientKind] => [word, kind]);
const KINDS = new Map([
  ...words('tenant', 'locataire LOCATAIRE LOCATAIRES LOC L TENANT TENANTS'),
  ...words('supplier', 'fournisseur FOURNISSEUR FOURNISSEURS FOUR FOURN FRS F SUPPLIER SUPPLIERS'),
]);
const kindOf = (profile: string): ClientKind | null =>
  KINDS.get(profile) ?? KINDS.get(foldName(profile)) ?? null;

/** Reads one line of the client file, keyed by its column names. */
export function readClientLine(cells: Partial<Line>): ReadLine {
  const line = bareCells(cells);
  const unreadable = unreadableColumns(line);
  if (unreadable) return refuse(line, ...unreadable);
  const kind = kindOf(line.profil);
  const sector = cells.secteur === undefined ? null : sectorOf(line.secteur);
  if (kind === 'tenant') return readTenant(line, sector);
  if (kind === 'supplier') return readSupplier(line, sector);
  return refuse(line, ['profil'], line.profil ? 'profile' : 'missing');
}

// Written out: one shape for all lines is read a third faster than columns set one by one.
function bareCells(cells: Partial<Line>): Line {
  return {
    profil: bareCell(cells.profil),
    reference: bareCell(cells.reference),
    nom: bareCell(cells.nom),
    prenom: bareCell(cells.prenom),
    date_naissance: bareCell(cells.date_naissance),
    raison_sociale: bareCell(cells.raison_sociale),
    siret: bareCell(cells.siret),
    email: bareCell(cells.email),
    secteur: bareCell(cells.secteur),
  };
}

function readTenant(line: Line, sector: string | null): ReadLine {
  // A lessee that is no person may be named as a company only.
  const name = line.nom || line.raison_sociale;
  const birthDate = birthDateOf(line.date_naissance);
  const dateFault = isSpreadsheetError(line.date_naissance) ? 'spreadsheet_error' : 'birth_date';
  const isNobodys = isNoValue(line.prenom) || isNoGivenName(line.prenom);
  const problems = problemsOf(line, [
    ['reference', referenceFault(line.reference)],
    ['nom', nameFault(name)],
    // No given name is one answer, a formula's error another.
    ['prenom', isNobodys ? undefined : nameFault(line.prenom)],
    ['date_naissance', birthDate === undefined ? dateFault : undefined],
  ]);
  if (problems.length > 0) return { ok: false, ...whom(line), problems };
  const givenName = isNobodys ? null : line.prenom;
  const reference = plainReference(line.reference);
  const { email, notes } = optionalCells(line);
  const row: ClientRow = {
    kind: 'tenant',
    reference,
    referenceKey: referenceKey(reference),
    nameKey: `${foldName(name)} ${foldName(givenName ?? '')}`,
    familyName: name,
    givenName,
    birthDate: birthDate ?? null,
    companyName: null,
    siret: null,
    email,
    sector,
  };
  const without = birthDate ? null : givenName ? 'birth_date' : 'person';
  return { ok: true, row, notes, without, isSerialDate: isSerialDate(line.date_naissance) };
}

function readSupplier(line: Line, sector: string | null): ReadLine {
  const problems = problemsOf(line, [
    ['reference', referenceFault(line.reference)],
    ['raison_sociale', companyFault(line.raison_sociale)],
    ['siret', siretFault(line.siret)],
  ]);
  if (problems.length > 0) return { ok: false, ...whom(line), problems };
  const reference = plainReference(line.reference);
  const { email, notes } = optionalCells(line);
  const row: ClientRow = {
    kind: 'supplier',
    reference,
    referenceKey: referenceKey(reference),
    nameKey: foldCompany(line.raison_sociale),
    familyName: null,
    givenName: null,
    birthDate: null,
    companyName: line.raison_sociale,
    siret: plainSiret(line.siret),
    email,
    sector,
  };
  return { ok: true, row, notes, without: null, isSerialDate: false };
}

function problemsOf(line: Line, faults: [Column, Fault][]): ColumnProblem[] {
  return faults.flatMap(([column, fault]) => (fault ? [problem(line, column, fault)] : []));
}

/** The address is optional: one that cannot be read is left out, and the report says so. */
function emailOf(cell: string): { email: string | null; notes: LineNote[] } {
  if (cell === '') return { email: null, notes: [] };
  const read = readEmail(cell);
  if (read.ok) return { email: read.address, notes: [] };
  const email = firstEmail(cell) ?? null;
  return { email, notes: [{ column: 'email', reason: email ? 'emails' : 'email', value: shorten(cell) }] };
}

/** One line of plain text, cut where it is longer than the portal keeps. */
function sectorOf(cell: string): string {
  const plain = cell.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return isNoValue(plain) || isSpreadsheetError(plain)
    ? ''
    : [...plain].slice(0, LENGTHS.sector).join('').trim();
}

function optionalCells(line: Line): { email: string | null; notes: LineNote[] } {
  const { email, notes } = emailOf(line.email);
  if ([...line.secteur].length <= LENGTHS.sector) return { email, notes };
  return { email, notes: [...notes, { column: 'secteur', reason: 'sector', value: shorten(line.secteur) }] };
}

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
function unreadableColumns(line: Line): [Column[], LineProblem] | undefined {
  const doubtful = READ_STRICTLY.filter((column) => !SURE.test(line[column]));
  if (doubtful.length === 0) return undefined;
  const garbled = doubtful.filter((column) => GARBLED.test(line[column]));
  if (garbled.length > 0) return [garbled, 'garbled'];
  const spoilt = doubtful.filter((column) => LEFT_ENTITY.test(line[column]));
  return spoilt.length > 0 ? [spoilt, 'entity'] : undefined;
}

/** Refuses a line for one reason in some columns. */
export function refuse(
  line: Partial<Record<Column, string>>,
  columns: Column[],
  reason: LineProblem,
): ReadLine {
  return { ok: false, ...whom(line), problems: columns.map((column) => problem(line, column, reason)) };
}

function problem(line: Partial<Record<Column, string>>, column: Column, reason: LineProblem): ColumnProblem {
  return { column, reason, value: shorten(line[column] ?? '') };
}

/** The start of a wrong value, one line of it. */
export function shorten(value: string): string {
  const plain = value.replace(/\p{Cc}/gu, '\u{FFFD}');
  return plain.length > CLIENT_FILE.quoted ? `${plain.slice(0, CLIENT_FILE.quoted)}…` : plain;
}

/** The kind and reference of a rejected line: the clients under them are not treated as having left. */
function whom(line: Partial<Record<Column, string>>) {
  const reference = plainReference(bareCell(line.reference ?? ''));
  const isLost =
    isNoValue(reference) ||
    isSpreadsheetError(reference) ||
    isScientific(reference) ||
    isAmbiguousAmount(reference);
  const isKnown = hasReference(reference) && !isLost;
  return {
    kind: kindOf(line.profil ?? ''),
    referenceKey: isKnown ? referenceKey(reference).slice(0, LENGTHS.reference) : null,
  };
}
