// The landlord's client file, from bytes to lines: decoded, cut, and refused whole when it is no such file.

import Papa from 'papaparse';
import { COLUMNS, type Column, type ReadLine, readClientLine, refuse, shorten } from './client-file.ts';
import { CLIENT_FILE } from './numbers.ts';

/** Why a whole file is refused, with the status it is answered with. */
export const FILE_FAULTS = {
  empty: 400,
  too_large: 413,
  line_too_long: 413,
  not_text: 415,
  utf16: 415,
  no_lines: 422,
  separator: 422,
  missing_column: 422,
  unknown_column: 422,
  repeated_column: 422,
  mixed_encodings: 422,
  open_quote: 422,
  cut: 422,
  line_count: 422,
} as const;
export type FileFault = keyof typeof FILE_FAULTS;

/** The whole file is refused: why, and where. */
export class FileError extends Error {
  fault: FileFault;
  line: number;
  column: string | null;

  constructor(fault: FileFault, line: number, column: string | null = null) {
    super(`${fault}, line ${line}`);
    this.fault = fault;
    this.line = line;
    this.column = column;
  }
}

/** A line of the file: its number, its cells as they were, in the order of the sample, and what it says. */
export type FileLine = { line: number; cells: string[]; read: ReadLine };

/**
 * Reads a client file part by part; nothing but the part is held in memory.
 * @throws {FileError} when it is no client file: nothing may be kept of it
 */
export async function* readClientFile(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine[]> {
  const decode = decoder();
  let table: Table | undefined;
  let line = 1;
  let hasLines = false;
  let held = '';
  for await (const part of wholeLines(bytes)) {
    let text = held + decode(part, line);
    if (!table) {
      const head = readHead(text);
      held = head ? '' : text;
      if (!head) continue;
      ({ table, text } = head);
      line = head.nextLine;
    }
    const rows = readRows(table, text, line);
    line += countLines(text);
    hasLines ||= rows.length > 0;
    if (rows.length > 0) yield rows;
  }
  if (!table && held.trim() === '') throw new FileError('empty', 1);
  if (!table) readHead(`${held}\n`);
  if (!hasLines) throw new FileError('no_lines', line);
}

/** The bytes in parts that end where a line ends: an accent or a cell is never cut in two. */
async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left: Uint8Array<ArrayBufferLike> = new Uint8Array();
  let total = 0;
  let line = 1;
  for await (const chunk of bytes) {
    if (total === 0) checkMagic(chunk);
    total += chunk.length;
    if (total > CLIENT_FILE.bytes) throw new FileError('too_large', line);
    const end = chunk.lastIndexOf(10) + 1;
    if (left.length + (end > 0 ? chunk.indexOf(10) : chunk.length) > CLIENT_FILE.lineBytes) {
      throw new FileError('line_too_long', line);
    }
    if (end === 0) {
      left = joined(left, chunk);
      continue;
    }
    const part = joined(left, chunk.subarray(0, end));
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) line += 1;
    left = chunk.slice(end);
    yield part;
  }
  if (left.length > 0) yield left;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}

/** ZIP and XLSX, XLS, gzip, PDF; UTF-16 by its mark. */
const MAGIC: [FileFault, number[]][] = [
  ['not_text', [0x50, 0x4b, 0x03, 0x04]],
  ['not_text', [0xd0, 0xcf, 0x11, 0xe0]],
  ['not_text', [0x1f, 0x8b]],
  ['not_text', [0x25, 0x50, 0x44, 0x46]],
  ['utf16', [0xff, 0xfe]],
  ['utf16', [0xfe, 0xff]],
];

function checkMagic(chunk: Uint8Array): void {
  for (const [fault, magic] of MAGIC)
    if (magic.every((byte, index) => chunk[index] === byte)) throw new FileError(fault, 1);
}

/**
 * UTF-8 until a part proves the file Windows-1252. Once an accent was read as UTF-8 the file stays so; in the
 * other direction the wrong letters (`Ã©`) show in the lines, and those are rejected.
 */
function decoder(): (part: Uint8Array, line: number) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  const latin = new TextDecoder('windows-1252');
  let encoding: 'ascii' | 'utf-8' | 'windows-1252' = 'ascii';
  return (part, line) => {
    if (encoding === 'windows-1252') return latin.decode(part);
    try {
      const text = utf8.decode(part);
      if (text.length !== part.length) encoding = 'utf-8';
      return text;
    } catch {
      if (encoding === 'utf-8' || part[0] === 0xef)
        throw new FileError('mixed_encodings', line + faulty(part));
      encoding = 'windows-1252';
      return latin.decode(part);
    }
  };
}

/** How many lines stand before the first one that is no UTF-8. */
function faulty(part: Uint8Array): number {
  const lines = new TextDecoder().decode(part).split('\n');
  return lines.findIndex((line) => line.includes('\u{FFFD}'));
}

type Table = { delimiter: string; columns: Column[] };

/** Blank lines, the line `sep=;` that Excel likes to add, and the line of the column names. */
const HEAD =
  /^(?<before>(?:[^\S\n]*\n)*(?:"?sep=(?<mark>.)"?[^\S\n]*\n(?:[^\S\n]*\n)*)?)(?!"?sep=)(?<names>[^\n]*\S[^\n]*)\n/i;

/** The column names; undefined while their line is still to come. */
function readHead(text: string): { table: Table; text: string; nextLine: number } | undefined {
  const head = HEAD.exec(text);
  if (!head && text.length > CLIENT_FILE.lineBytes) throw new FileError('separator', 1);
  if (!head) return undefined;
  const { before = '', mark, names = '' } = head.groups ?? {};
  const line = countLines(before) + 1;
  const delimiter = mark ?? (names.includes(';') ? ';' : ',');
  if (!/[;,]/.test(delimiter) || !names.includes(delimiter)) throw new FileError('separator', line);
  const columns = (Papa.parse<string[]>(names, { delimiter }).data[0] ?? []).map((cell) =>
    cell.trim().toLowerCase(),
  );
  // A final separator is no column: many exports write one.
  while (columns.at(-1) === '') columns.pop();
  return {
    table: { delimiter, columns: checkColumns(columns, line) },
    text: text.slice(head[0].length),
    nextLine: line + 1,
  };
}

function checkColumns(names: string[], line: number): Column[] {
  const known: readonly string[] = COLUMNS;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new FileError('unknown_column', line, shorten(unknown));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) throw new FileError('repeated_column', line, repeated);
  const missing = COLUMNS.find((column) => column !== 'email' && !names.includes(column));
  if (missing) throw new FileError('missing_column', line, missing);
  return names as Column[];
}

function readRows({ delimiter, columns }: Table, text: string, firstLine: number): FileLine[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  // No cell of this file holds a line break: a row of several lines is a quote that never closed.
  const broken = text.includes('"')
    ? data.findIndex((cells) => cells.some((cell) => cell.includes('\n')))
    : -1;
  const open = errors.find(({ code }) => code === 'MissingQuotes')?.row ?? -1;
  const at = broken === -1 ? open : broken;
  if (at !== -1) {
    const cells = data[at] ?? [];
    const index = broken === -1 ? cells.length - 1 : cells.findIndex((cell) => cell.includes('\n'));
    throw new FileError('open_quote', firstLine + at, columns[index] ?? null);
  }
  return data
    .map((cells, index) => ({ line: firstLine + index, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => ({ line, ...readCells(columns, cells) }));
}

function readCells(columns: Column[], found: string[]): { cells: string[]; read: ReadLine } {
  const line: Partial<Record<Column, string>> = {};
  columns.forEach((column, index) => {
    line[column] = found[index] ?? '';
  });
  // A final separator is no cell: many exports write one.
  const extra = found.slice(columns.length).filter((cell) => cell.trim() !== '');
  const isWhole = found.length >= columns.length && extra.length === 0;
  const read = isWhole ? readClientLine(line) : refuse(line, columns.slice(-1), 'cells');
  return { cells: read.ok ? found : [...COLUMNS.map((column) => line[column] ?? ''), ...extra], read };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
