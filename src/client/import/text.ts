// The landlord's client file, from bytes to lines: decoded, cut, and refused whole when it is no such file.

import { readText } from './bytes.ts';
import { type Cells, COLUMNS, type Column } from './columns.ts';
import { FileError } from './fault.ts';
import { type Head, readHead } from './head.ts';
import { type ReadLine, readClientLine, refuse } from './line.ts';
import { noteLine, type Reading, startReading } from './reading.ts';
import { type Row, rowReader } from './rows.ts';
import { judge, startWatch, type Watch, watchLine } from './whole-file.ts';

/** A line of the file: its number, its cells as they were, in the order of the sample, and its content. */
export type FileLine = { line: number; cells: string[]; read: ReadLine };

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

function openTable(head: Head, reading: Reading): Table {
  const { delimiter, columns, line, ignored, assumed } = head;
  Object.assign(reading, { separator: delimiter, headLine: line, ignored, assumed });
  const canSpan = (index: number) => columns[index] === null;
  const rows = rowReader({ delimiter, columns: columns.length, canSpan }, line + 1);
  const watch = startWatch();
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

function cellsByColumn(found: string[], { columns, assumed }: Head): Cells {
  const line: Cells = assumed ? { profil: assumed } : {};
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
