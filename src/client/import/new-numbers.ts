// New numbers for clients, for a change of the landlord's software or a merger: `profil;ancienne;nouvelle`.

import Papa from 'papaparse';
import { CLIENT_FILE, LENGTHS } from '../../numbers.ts';
import type { ClientKind } from '../../schema.ts';
import { hasReference, referenceKey } from '../reference.ts';
import { FileError } from './fault.ts';

const COLUMNS = ['profil', 'ancienne', 'nouvelle'] as const;
type Column = (typeof COLUMNS)[number];

/** The clients of a kind under one key get another reference. */
export type NewNumber = {
  line: number;
  kind: ClientKind;
  oldKey: string;
  reference: string;
  newKey: string;
};

/** Why a line is refused, and with it the whole file: the sentences stand in `src/words/import.ts`. */
export type NumberFault =
  | 'profile'
  | 'missing'
  | 'too_long'
  | 'no_digit_or_letter'
  | 'twice'
  | 'taken'
  | 'same_person';
export type NumberProblem = { line: number; column: Column; reason: NumberFault; value: string };

export type NumbersReport = {
  outcome: 'applied' | 'tried' | 'refused';
  /** `clients` and `accounts` get another number; `unknown` lines are of nobody; `untouched` present clients keep theirs. */
  counts: {
    lines: number;
    clients: number;
    accounts: number;
    unknown: number;
    untouched: number;
    refused: number;
  };
  refused: NumberProblem[];
  unknown: { line: number; reference: string }[];
  untouched: { reference: string; name: string }[];
};

const KINDS: Record<string, ClientKind> = { locataire: 'tenant', fournisseur: 'supplier' };

/**
 * Reads a file of new numbers; the same line twice, as for two signatories, counts once.
 * @throws {FileError} when it is no such file
 */
export function readNumbers(bytes: Uint8Array): { numbers: NewNumber[]; problems: NumberProblem[] } {
  const numbers = new Map<string, NewNumber>();
  const problems: NumberProblem[] = [];
  for (const { line, cells } of readLines(decode(bytes))) {
    const read = readNumber(line, cells);
    if ('reason' in read) problems.push(read);
    else {
      const key = `${read.kind} ${read.oldKey}`;
      const known = numbers.get(key);
      if (known && known.reference !== read.reference)
        problems.push({ line, column: 'ancienne', reason: 'twice', value: cells.ancienne });
      else numbers.set(key, known ?? read);
    }
  }
  return { numbers: [...numbers.values()], problems };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

type Line = { line: number; cells: Record<Column, string> };

function readLines(text: string): Line[] {
  if (text.trim() === '') throw new FileError('empty', 1);
  const delimiter = text.includes(';') ? ';' : ',';
  const { data } = Papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), { newline: '\n', delimiter });
  const at = data.findIndex((cells) => cells.some((cell) => cell.trim() !== ''));
  const names = (data[at] ?? []).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.find((column) => !names.includes(column));
  if (missing) throw new FileError('missing_column', at + 1, missing);
  const lines = data
    .map((cells, index) => ({ line: index + 1, cells }))
    .slice(at + 1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (lines.length === 0) throw new FileError('no_lines', at + 1);
  const places = COLUMNS.map((column) => [column, names.indexOf(column)] as const);
  return lines.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      places.map(([column, place]) => [column, cells[place]?.trim() ?? '']),
    ) as Line['cells'],
  }));
}

function readNumber(line: number, cells: Line['cells']): NewNumber | NumberProblem {
  const kind = KINDS[cells.profil.toLowerCase()];
  if (!kind)
    return { line, column: 'profil', reason: 'profile', value: cells.profil.slice(0, CLIENT_FILE.quoted) };
  for (const column of ['ancienne', 'nouvelle'] as const) {
    const reason = faultOf(cells[column]);
    if (reason) return { line, column, reason, value: cells[column].slice(0, CLIENT_FILE.quoted) };
  }
  const [oldKey, newKey] = [referenceKey(cells.ancienne), referenceKey(cells.nouvelle)];
  return { line, kind, oldKey, reference: cells.nouvelle, newKey };
}

function faultOf(reference: string): NumberFault | undefined {
  if (reference === '') return 'missing';
  if (reference.length > LENGTHS.reference) return 'too_long';
  return hasReference(reference) ? undefined : 'no_digit_or_letter';
}
