// The line of the column names: where it stands, what separates the cells, and which column is which.

import Papa from 'papaparse';
import { CLIENT_FILE } from '../../numbers.ts';
import { foldName } from '../names.ts';
import { type Column, shorten } from './columns.ts';
import { FileError } from './fault.ts';

/** How the first lines were read; a column is null where it is the landlord's own, and ignored. */
export type Head = {
  delimiter: string;
  columns: (Column | null)[];
  /** The names of the ignored columns, as they are written. */
  ignored: string[];
  /** The kind every line is of, in a file without the column `profil`. */
  assumed: 'locataire' | 'fournisseur' | null;
  line: number;
};

function names(list: string): string[] {
  return list.split(', ').map(foldName);
}

/** The names a column is known by, folded: the first is the one of the documents. */
const NAMES: Record<Column, string[]> = {
  profil: names('profil, profile, type client, type de client, type tiers, type de tiers'),
  reference: names(
    'reference, ref, reference client, ref client, reference locataire, ref locataire, reference tiers, n client, no client, num client, numero client, ' +
      'numero de client, n locataire, no locataire, num locataire, numero locataire, numero de locataire, code client, code locataire, code tiers, n tiers, numero tiers',
  ),
  nom: names(
    'nom, noms, nom de famille, nom famille, nom locataire, nom du locataire, nom usuel, nom usage, nom d usage, patronyme',
  ),
  prenom: names('prenom, prenoms, prenom locataire, prenom du locataire, prenom usuel, premier prenom'),
  date_naissance: names(
    'date_naissance, date de naissance, date naiss, date nais, date de naiss, dt naissance, dt naiss, dt nais, dat nais, ddn, ne le, nee le, naissance, date naissance locataire',
  ),
  raison_sociale: names(
    'raison_sociale, raison soc, denomination, denomination sociale, nom societe, nom de la societe, nom entreprise, nom de l entreprise, nom fournisseur, societe, entreprise',
  ),
  siret: names('siret, n siret, no siret, num siret, numero siret, numero de siret, code siret'),
  email: names(
    'email, e mail, mail, mel, courriel, adresse email, adresse e mail, adresse mail, adresse mel, adresse electronique, adresse de courriel, adresse courriel, email locataire, email client',
  ),
  secteur: names(
    'secteur, residence, nom residence, nom de la residence, agence, antenne, groupe immobilier',
  ),
};

const COLUMN_OF = new Map(
  Object.entries(NAMES).flatMap(([column, all]) => all.map((name) => [name, column as Column])),
);

const DELIMITERS = [';', ',', '\t', '|'];
/** A title, a date, the name of the program: so many lines may stand above the names. */
const MOST_TITLES = 5;
const TENANT: Column[] = ['nom', 'prenom', 'date_naissance'];
const SUPPLIER: Column[] = ['raison_sociale', 'siret'];

/**
 * Finds the line of the column names.
 * @returns it and the text behind it; undefined while more of the file must come
 * @throws {FileError} when there is none, or a column is missing
 */
export function readHead(text: string, isWhole: true): { head: Head; rest: string };
export function readHead(text: string, isWhole: false): { head: Head; rest: string } | undefined;
export function readHead(text: string, isWhole: boolean): { head: Head; rest: string } | undefined {
  let first: { line: number; cells: string } | undefined;
  let told: string | undefined;
  let line = 0;
  let titles = 0;
  for (const { cells, end, isEnded } of linesOf(text)) {
    line += 1;
    if (!isEnded && !isWhole) break;
    if (cells.trim() === '') continue;
    const [, sep] = /^"?sep=(.)"?\s*$/i.exec(cells) ?? [];
    if (sep) told = sep;
    else {
      first ??= { line, cells };
      const delimiter = told ?? likeliest(cells);
      const found = split(cells, delimiter);
      if (isHead(found)) return { head: headOf(found, delimiter, line), rest: text.slice(end) };
      titles += 1;
    }
    if (titles > MOST_TITLES) break;
  }
  if (titles <= MOST_TITLES && !isWhole && text.length <= CLIENT_FILE.lineBytes) return undefined;
  throw faultOf(first, told);
}

/** Each line of a text: its cells, where it ends, and whether its end was seen. */
function* linesOf(text: string): Generator<{ cells: string; end: number; isEnded: boolean }> {
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at);
    const end = feed === -1 ? text.length : feed + 1;
    yield { cells: text.slice(at, feed === -1 ? end : feed), end, isEnded: feed !== -1 };
    at = end;
  }
}

function split(cells: string, delimiter: string): string[] {
  const [found = []] = Papa.parse<string[]>(cells, { delimiter }).data;
  // A final separator is no column: many exports write one.
  return found.slice(0, found.findLastIndex((cell) => cell.trim() !== '') + 1);
}

const columnOf = (cell: string) => COLUMN_OF.get(foldName(cell)) ?? null;
const countKnown = (cells: string[]) => new Set(cells.map(columnOf).filter(Boolean)).size;
const isHead = (cells: string[]) => countKnown(cells) > 1;

/** The separator that makes the most names of a line; of those that make none, the first that is there. */
function likeliest(cells: string): string {
  const there = DELIMITERS.filter((delimiter) => cells.includes(delimiter));
  const [best] = there.toSorted((a, b) => countKnown(split(cells, b)) - countKnown(split(cells, a)));
  return best ?? '';
}

function headOf(cells: string[], delimiter: string, line: number): Head {
  if (!DELIMITERS.includes(delimiter)) throw new FileError('separator', line);
  const columns = cells.map((cell, at) => {
    const column = columnOf(cell);
    return column && isChosen(cells, column, at, line) ? column : null;
  });
  const ignored = cells
    .filter((cell, at) => columns[at] === null && cell.trim() !== '')
    .map((cell) => shorten(cell.trim()));
  return { delimiter, columns, ignored, assumed: checkColumns(columns, line), line };
}

/** Of two columns for one thing the one with the name of the documents is it; when neither or both have it, nobody knows. */
function isChosen(cells: string[], column: Column, at: number, line: number): boolean {
  const same = cells.flatMap((cell, index) => (columnOf(cell) === column ? [index] : []));
  if (same.length === 1) return true;
  const exact = same.filter((index) => foldName(cells[index] ?? '') === NAMES[column][0]);
  if (exact.length !== 1) throw new FileError('repeated_column', line, column);
  return exact[0] === at;
}

/** The columns that a file needs: the number, and all columns of the tenants, of the suppliers, or of both. */
function checkColumns(columns: (Column | null)[], line: number): Head['assumed'] {
  const isThere = (column: Column) => columns.includes(column);
  const [isTenants, isSuppliers] = [TENANT.some(isThere), SUPPLIER.some(isThere)];
  const wanted: Column[] = [
    'reference',
    ...(isTenants || !isSuppliers ? TENANT : []),
    ...(isSuppliers ? SUPPLIER : []),
    ...(isTenants && isSuppliers ? (['profil'] as const) : []),
  ];
  const missing = wanted.find((column) => !isThere(column));
  if (missing) throw new FileError('missing_column', line, missing);
  if (isThere('profil')) return null;
  return isTenants ? 'locataire' : 'fournisseur';
}

/** Why no line of names was found. */
function faultOf(first: { line: number; cells: string } | undefined, told: string | undefined): FileError {
  if (!first) return told ? new FileError('no_lines', 1) : new FileError('separator', 1);
  const isSeparated = DELIMITERS.some((delimiter) => first.cells.includes(delimiter));
  return isSeparated
    ? new FileError('missing_column', first.line, 'reference')
    : new FileError('separator', first.line);
}
