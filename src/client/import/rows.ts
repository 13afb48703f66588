// The rows of a client file: cut at its separator, quotes understood, a line with a broken one marked.

import Papa from 'papaparse';
import { CLIENT_FILE } from '../../numbers.ts';

/** A row with the number of its first line. Of a broken one the cells are only cut at the separator. */
export type Row = { line: number; cells: string[]; isBroken: boolean };

/** A cell may hold an address of some lines; a quote that closes later than that was never opened. */
const MOST_SPANNED = 20;

/** The facts of the head that reading rows needs: the separator, how many columns, and which may hold a line break: no known one. */
type Shape = { delimiter: string; columns: number; canSpan: (index: number) => boolean };

/**
 * Reads the rows of text that comes in parts.
 * @returns a reader of the next part; the last call, with `isEnd`, gives the rest
 */
export function rowReader(shape: Shape, firstLine: number): (part: string, isEnd?: boolean) => Row[] {
  let line = firstLine;
  let held = '';
  return (part, isEnd = false) => {
    const text = held + part;
    const { rows, rest } = text.includes('"') ? quotedRows(text, shape, isEnd) : plainRows(text, shape);
    held = rest;
    const found = rows.map((row) => ({ ...row, line: row.line + line })).filter(isFilled);
    line += countLines(text) - countLines(rest);
    return found;
  };
}

type Rows = { rows: Row[]; rest: string };

/** Without a quote each line is a row; lines are counted from 0. */
function plainRows(text: string, { delimiter }: Shape): Rows {
  return { rows: parse(text, delimiter).map((cells, line) => ({ line, cells, isBroken: false })), rest: '' };
}

/** The rows of a text with quotes; a quote that is open at its end may close in the next part. */
function quotedRows(text: string, shape: Shape, isEnd: boolean): Rows {
  const lines = text.split('\n');
  const rows: Row[] = [];
  let whole: string[] = [];
  const readWhole = (next: number) => {
    rows.push(
      ...wholeLines(whole, shape).map((cells, at) => ({
        line: next - whole.length + at,
        cells,
        isBroken: false,
      })),
    );
    whole = [];
  };
  for (let at = 0; at < lines.length; ) {
    const first = lines[at] ?? '';
    if (!isOpen(first, shape.delimiter)) {
      whole.push(first);
      at += 1;
      continue;
    }
    readWhole(at);
    const rest = lines.slice(at).join('\n');
    const row = spanning(lines.slice(at, at + MOST_SPANNED), shape);
    if (!row && !isEnd && lines.length - at < MOST_SPANNED && rest.length < CLIENT_FILE.lineBytes)
      return { rows, rest };
    rows.push({ line: at, cells: row?.cells ?? first.split(shape.delimiter), isBroken: !row });
    at += row?.count ?? 1;
  }
  readWhole(lines.length);
  return { rows, rest: '' };
}

/** The rows of lines without an open quote: parsed at once, or one by one where a stray quote would join two. */
function wholeLines(lines: string[], { delimiter }: Shape): string[][] {
  if (lines.length === 0) return [];
  const rows = parse(lines.join('\n'), delimiter);
  return rows.length === lines.length ? rows : lines.map((line) => parse(line, delimiter)[0] ?? []);
}

/** The row that the first of the lines opens, when a later one closes it and only cells that may are cut by their ends. */
function spanning(lines: string[], { delimiter, columns, canSpan }: Shape) {
  for (let count = 2; count <= lines.length; count += 1) {
    const text = lines.slice(0, count).join('\n');
    if (isOpen(text, delimiter)) continue;
    const [cells = []] = parse(text, delimiter);
    const isRow =
      cells.length >= columns && cells.every((cell, index) => !cell.includes('\n') || canSpan(index));
    return isRow ? { cells, count } : undefined;
  }
  return undefined;
}

function parse(text: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data;
}

const isFilled = ({ cells }: Row) => cells.some((cell) => cell.trim() !== '');

/** Whether a text ends inside a quoted cell: one that begins with a quote which no separator or line end follows. */
function isOpen(text: string, delimiter: string): boolean {
  if (!text.includes('"')) return false;
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '"') {
      const next = text.indexOf(delimiter, at);
      if (next === -1) return false;
      at = next + 1;
      continue;
    }
    const close = closing(text, at, delimiter);
    if (close === -1) return true;
    const next = text.indexOf(delimiter, close + 1);
    if (next === -1) return false;
    at = next + 1;
  }
  return false;
}

/** Where the cell that a quote opens is closed; -1 when it is not. */
function closing(text: string, open: number, delimiter: string): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at += 1;
    else if ([delimiter, '\r', '\n', undefined].includes(nextSign(text, at + 1))) return at;
  }
  return -1;
}

/** The next sign that is no space. */
function nextSign(text: string, from: number): string | undefined {
  let at = from;
  while (text[at] === ' ') at += 1;
  return text[at];
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
