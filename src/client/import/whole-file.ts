// The faults that only the whole file shows: that its end is missing, or that months stand before days.

import { CLIENT_FILE } from '../../numbers.ts';
import { orderOf } from '../birth-date.ts';
import type { Cells } from './columns.ts';
import { FileError } from './fault.ts';
import type { Head } from './head.ts';
import type { ReadLine } from './line.ts';
import type { Reading } from './reading.ts';

/** Facts that only the whole file shows. */
export type Watch = {
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

/** Before the first line. */
export function startWatch(): Watch {
  return {
    lines: 0,
    fewest: Number.POSITIVE_INFINITY,
    last: undefined,
    dayFirst: 0,
    monthFirst: 0,
    firstMonthFirst: 0,
    tenants: 0,
    pointed: 0,
  };
}

/** Looks at one line. */
export function watchLine(watch: Watch, now: NonNullable<Watch['last']>, line: Cells): void {
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

/** @throws {FileError} when only the whole shows a fault: the end is missing, or months stand before days */
export function judge(watch: Watch, head: Head, reading: Reading): void {
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
