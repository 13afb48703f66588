// How a file was read, gathered while its lines go by.

import { CLIENT_FILE } from '../../numbers.ts';
import type { BytesRead } from './bytes.ts';
import type { LineNote } from './columns.ts';
import type { Head } from './head.ts';
import type { ReadLine } from './line.ts';

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

/** Adds a line that is taken to the facts of its file. */
export function noteLine(reading: Reading, line: number, read: Extract<ReadLine, { ok: true }>): void {
  if (read.isSerialDate) reading.serialDates += 1;
  if (read.without === 'person') reading.withoutPerson += 1;
  if (read.without === 'birth_date') reading.withoutBirthDate += 1;
  if (read.notes.length === 0) return;
  reading.noted += 1;
  if (reading.notes.length < CLIENT_FILE.listed) reading.notes.push({ line, notes: read.notes });
}
