// CSV as French spreadsheets open it, with nothing in it that they would run.

import Papa from 'papaparse';

// A spreadsheet would run cells that begin so: the signs a formula begins with, full-width ones too, and blanks before them.
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r＝＋－﹣−＠]/u;

/** The names of the columns and the lines under them; a cell that a spreadsheet would run begins with a quote. */
export function writeCsv(fields: readonly string[], data: string[][]): string {
  return Papa.unparse({ fields: [...fields], data }, OPTIONS);
}

/** Lines of such a file, the names of its columns among them, for one that is written piece by piece. */
export function writeLines(data: string[][]): string {
  return Papa.unparse(data, OPTIONS);
}

const OPTIONS = { delimiter: ';', newline: '\r\n', escapeFormulae: FORMULA };
