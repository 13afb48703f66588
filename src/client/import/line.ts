// One line of the landlord's client file: what it must hold, and the row it becomes.

import type { ClientKind } from '../../schema.ts';
import { isSerialDate } from '../birth-date.ts';
import { foldCompany } from '../company.ts';
import { foldName, isNoGivenName } from '../names.ts';
import { referenceKey } from '../reference.ts';
import {
  birthDateOf,
  companyFault,
  type Fault,
  nameFault,
  referenceFault,
  siretFault,
  unreadableColumns,
} from './cell-faults.ts';
import { bareCell, isNoValue, isSpreadsheetError, plainReference, plainSiret } from './cells.ts';
import {
  type Cells,
  type Column,
  type ColumnProblem,
  type LineNote,
  type LineProblem,
  problem,
} from './columns.ts';
import { optionalCells, sectorOf } from './optional-cells.ts';
import { kindOf, whom } from './whom.ts';

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

/** Reads one line of the client file, keyed by its column names. */
export function readClientLine(cells: Cells): ReadLine {
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
function bareCells(cells: Cells): Line {
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

/** Refuses a line for one reason in some columns. */
export function refuse(line: Cells, columns: Column[], reason: LineProblem): ReadLine {
  return { ok: false, ...whom(line), problems: columns.map((column) => problem(line, column, reason)) };
}
