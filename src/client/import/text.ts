// The landlord's client file, from bytes to lines: decoded, cut, and refused whole when it is no such file.

import { CLIENT_FILE } from '../../numbers.ts';
import { orderOf } from '../birth-date.ts';
import { type BytesRead, readText } from './bytes.ts';
import { FileError } from './fault.ts';
import { type Head, readHead } from './head.ts';
import { COLUMNS, type Column, type LineNote, type ReadLine, readClientLine, refuse } from './line.ts';
import { type Row, rowReader } from './rows.ts';

/** A line of the file: its number, its cells as they were, in the order of the sample, and its content. */
export type FileLine = { line: number; cells: string[]; read: ReadLine };

/** How a file was read, for its sender to look at. */
export type Reading = BytesRead & {
  separator: string;
  /** The line of the column names. */
  headLine: number;
  /** The landlord's own columns, as they are written there. */
  ignored: string[];
  /** The kind every line was taken for, in a file without `profil`. */
  assumed: Head['assumed'];
  /** Birth dates that are day numbers of a spreadsheet. */
  serialDates: number;
  /** Whether nearly all references end in a lone digit, as the notice prints them. */
  isLastDigitWritten: boolean;
  /** Totals, and marks that programs leave at the end of a file. */
  skipped: number;
  /** Lessees that are no persons, and persons whose birth date is not known: they cannot open an account by themselves. */
  withoutPerson: number;
  withoutBirthDate: number;
  /** Cells left out of lines that are taken: how many lines, and the first of them. */
  noted: number;
  notes: { line: number; notes: LineNote[] }[];
};

/** The facts before a file is read. */
export function startReading(): Reading {
  return {
    encoding: 'utf-8',
    separator: '',
    headLine: 0,
    ignored: [],
    assumed: null,
    serialDates: 0,
    isLastDigitWritten: false,
    skipped: 0,
    withoutPerson: 0,
    withoutBirthDate: 0,
    noted: 0,
    notes: [],
    endsOpen: false,
  };
}

/**
 * Reads a client file part by part; nothing but the part is held in memory.
 * @param reading is filled in with how the file was read
 * @throws {FileError} when it is no client file: nothing may be kept of it
 */
export async function* readClientFile(
  bytes: AsyncIterable<Uint8Array>,
  reading: Reading = startReading(),
): AsyncGenerator<FileLine[]> {
  let table: Table | undefined;
  let held = '';
  for await (const part of readText(bytes, reading)) {
    if (table) {
      yield table.read(part);
      continue;
    }
    held += part;
    const found = readHead(held, false);
    if (!found) continue;
    table = openTable(found.head, reading);
    yield table.read(found.rest);
  }
  if (!table) {
    if (held.trim() === '') throw new FileError('empty', 1);
    const { head, rest } = readHead(held, true);
    table = openTable(head, reading);
    yield table.read(rest);
  }
  yield table.read('', true);
  table.end();
}

type Table = { read: (text: string, isEnd?: boolean) => FileLine[]; end: () => void };

/** Facts that only the whole file shows. */
type Watch = {
  lines: number;
  /** The fewest cells of a line, but for the last one. */
  fewest: number;
  last: { line: number; count: number; read: ReadLine } | undefined;
  dayFirst: number;
  monthFirst: number;
  firstMonthFirst: number;
  tenants: number;
  /** References of tenants that end in a lone digit. */
  pointed: number;
};

/** Of the references: then it is how the landlord writes them all. */
const NEARLY_ALL = 0.9;

function openTable(head: Head, reading: Reading): Table {
  const { delimiter, columns, line, ignored, assumed } = head;
  Object.assign(reading, { separator: delimiter, headLine: line, ignored, assumed });
  const canSpan = (index: number) => columns[index] === null;
  const rows = rowReader({ delimiter, columns: columns.length, canSpan }, line + 1);
  const watch: Watch = {
    lines: 0,
    fewest: Number.POSITIVE_INFINITY,
    last: undefined,
    dayFirst: 0,
    monthFirst: 0,
    firstMonthFirst: 0,
    tenants: 0,
    pointed: 0,
  };
  const read = (row: Row) => readRow(row, head, reading, watch);
  return {
    read: (text, isEnd) => rows(text, isEnd).flatMap(read),
    end: () => judge(watch, head, reading),
  };
}

/** A row as a line; none when it is no client's at all. */
function readRow(row: Row, head: Head, reading: Reading, watch: Watch): FileLine[] {
  if (isNoClient(row.cells)) {
    reading.skipped += 1;
    watch.last = undefined;
    return [];
  }
  const line = cellsByColumn(row.cells, head);
  // A final separator is no cell: many exports write one.
  const extra = row.cells.slice(head.columns.length).filter((cell) => cell.trim() !== '');
  const read = row.isBroken
    ? refuse(line, [columnOfQuote(row.cells, head)], 'open_quote')
    : extra.length > 0
      ? refuse(line, [lastColumn(head)], 'cells')
      : readClientLine(line);
  watchLine(watch, { line: row.line, count: row.cells.length, read }, line);
  if (read.ok) noteLine(reading, row.line, read);
  const cells = read.ok ? row.cells : [...COLUMNS.map((column) => line[column] ?? ''), ...extra];
  return [{ line: row.line, cells, read }];
}

/** A line of totals, or a mark that DOS and copying programs leave at the end of a file. */
function isNoClient(cells: string[]): boolean {
  // Most lines are a client's: these few cells show it.
  if (cells.length > 4 && cells[1] && cells[2] && cells[3] && cells[4]) return false;
  const filled = cells.map((cell) => cell.replace(/[\p{Cc}\s]/gu, '')).filter(Boolean);
  return (
    filled.length === 0 ||
    (filled.length < 4 && /^(?:SOUS-?)?TOTAL|^NOMBREDE|^FINDEFICHIER/i.test(filled[0] ?? ''))
  );
}

function cellsByColumn(found: string[], { columns, assumed }: Head): Partial<Record<Column, string>> {
  const line: Partial<Record<Column, string>> = assumed ? { profil: assumed } : {};
  columns.forEach((column, index) => {
    if (column) line[column] = found[index] ?? '';
  });
  return line;
}

function columnOfQuote(cells: string[], head: Head): Column {
  return head.columns[cells.findIndex((cell) => cell.startsWith('"'))] ?? lastColumn(head);
}

function lastColumn({ columns }: Head): Column {
  return columns.findLast((column) => column !== null) ?? 'reference';
}

function watchLine(
  watch: Watch,
  now: NonNullable<Watch['last']>,
  line: Partial<Record<Column, string>>,
): void {
  if (watch.last) watch.fewest = Math.min(watch.fewest, watch.last.count);
  watch.last = now;
  watch.lines += 1;
  const order = orderOf(line.date_naissance ?? '');
  if (order === 'day') watch.dayFirst += 1;
  if (order === 'month') {
    watch.monthFirst += 1;
    watch.firstMonthFirst ||= now.line;
  }
  if (!now.read.ok || now.read.row.kind !== 'tenant') return;
  watch.tenants += 1;
  if (/^\s*\d+[ .\-/]\d\s*$/.test(line.reference ?? '')) watch.pointed += 1;
}

function noteLine(reading: Reading, line: number, read: Extract<ReadLine, { ok: true }>): void {
  if (read.isSerialDate) reading.serialDates += 1;
  if (read.without === 'person') reading.withoutPerson += 1;
  if (read.without === 'birth_date') reading.withoutBirthDate += 1;
  if (read.notes.length === 0) return;
  reading.noted += 1;
  if (reading.notes.length < CLIENT_FILE.listed) reading.notes.push({ line, notes: read.notes });
}

/** @throws {FileError} when only the whole shows a fault: the end is missing, or months stand before days */
function judge(watch: Watch, head: Head, reading: Reading): void {
  if (watch.lines === 0) throw new FileError('no_lines', head.line + 1);
  if (watch.last && isCut(watch.last, watch.fewest, head, reading.endsOpen))
    throw new FileError('cut', watch.last.line);
  // One such date, or one in twenty, is a mistake in its line; more are the order of all of them.
  const isMistake = watch.dayFirst > 0 && watch.monthFirst === 1;
  if (watch.monthFirst > 0 && !isMistake && watch.monthFirst >= watch.dayFirst * CLIENT_FILE.mostRejected)
    throw new FileError('month_first', watch.firstMonthFirst, 'date_naissance');
  reading.isLastDigitWritten = watch.tenants >= 10 && watch.pointed >= watch.tenants * NEARLY_ALL;
}

/**
 * Whether the last line shows that the end of the file is missing: it has fewer cells than any other; or no line break
 * stands behind it and it ends within a cell that can thus not be read. Many programs write no line break at the end:
 * without one of these signs the file is taken (see the guard `ends_open`).
 */
function isCut(
  { count, read }: NonNullable<Watch['last']>,
  fewest: number,
  head: Head,
  endsOpen: boolean,
): boolean {
  const whole = head.columns.length;
  const isOnly = fewest === Number.POSITIVE_INFINITY;
  if (!isOnly && count < Math.min(fewest, whole)) return true;
  if (!endsOpen) return false;
  if (count < whole && (isOnly || !read.ok)) return true;
  const column = head.columns[count - 1];
  const odd = read.ok ? read.notes : read.problems;
  return odd.some((one) => one.column === column);
}
