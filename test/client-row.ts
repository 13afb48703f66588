// A line of the client file as the row it becomes.

import type { Column } from '../src/client/import/columns.ts';
import { readClientLine } from '../src/client/import/line.ts';

/** @throws when the line is rejected */
export function clientRow(line: Partial<Record<Column, string>>) {
  const read = readClientLine(line);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.row;
}
