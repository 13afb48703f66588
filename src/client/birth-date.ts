// Birth dates as people type them and as the landlord's file writes them; kept as `YYYY-MM-DD`, 00 for what is not known.

import { plainDigits, withoutAccents } from '../platform/letters.ts';
import { likeDigit } from './reference.ts';

export type BirthDateRefusal =
  | 'birth_date_shape'
  | 'birth_date_year'
  | 'birth_date_impossible'
  | 'birth_date_future';
type BirthDate = { ok: true; date: string } | { ok: false; reason: BirthDateRefusal };

const EARLIEST_YEAR = 1900;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
// The shortest beginning that tells each month from the others, accents removed; and the three letters of software.
const MONTHS = 'JANV FEV MARS AVR MAI JUIN JUIL AOU SEPT OCT NOV DEC'.split(' ');
const SHORT_MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/**
 * Reads a typed birth date: any signs between day, month and year, any digits, months in letters, « né le » or a weekday
 * before, midnight or a place behind; a day or month that the notice does not have either, as 00 or left out
 * (`00/00/1950`, `07/1958`, `1950`).
 * A two-digit year is asked again, since both centuries are possible.
 * @param now ms, the day after which a date is in the future
 */
export function readBirthDate(typed: string, now: number): BirthDate {
  const parts = dateParts(typed);
  if (!parts) return { ok: false, reason: 'birth_date_shape' };
  const [year, month, day] = parts;
  if (year.length < 4) return { ok: false, reason: 'birth_date_year' };
  const date = `${year}-${month}-${day}`;
  const earliest = isWholeDate(date) ? date : date.replaceAll('-00', '-01');
  const isOnlyDay = month === '00' && day !== '00';
  if (!isCalendarDate(earliest) || isOnlyDay) return { ok: false, reason: 'birth_date_impossible' };
  return Date.parse(earliest) > now ? { ok: false, reason: 'birth_date_future' } : { ok: true, date };
}

/**
 * Reads a birth date of the landlord's file: as a person's, or as the day number of a spreadsheet. What is known in part
 * stands in figures, or it is a sentence. Undefined when it is no date.
 */
export function readFileBirthDate(text: string, now: number): string | undefined {
  const read = readBirthDate(isSerialDate(text) ? serialDate(Number.parseInt(text, 10)) : text, now);
  if (!read.ok) return undefined;
  return isWholeDate(read.date) || !/[A-WYZ]{2}/i.test(text) ? read.date : undefined;
}

/** Whether a date of the file is the day number of a spreadsheet: `29527`, `29527.0`. */
export function isSerialDate(text: string): boolean {
  return /^\d{5}(?:[.,]0+)?$/.test(text);
}

const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Spreadsheets count the days from 1900 on, and 29 February 1900 as one of them. */
function serialDate(days: number): string {
  return new Date(DAY_ZERO + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Whether a date of the file proves which of day and month stands first: `day` where a first number above 12 does, `month`
 * where a second one does.
 */
export function orderOf(text: string): 'day' | 'month' | undefined {
  const found = /^(\d{1,2})\D(\d{1,2})\D\d{4}/.exec(text);
  if (!found) return undefined;
  const [first, second] = [Number(found[1]), Number(found[2])];
  if (first > 12 && second <= 12) return 'day';
  return second > 12 && second <= 31 && first <= 12 && first > 0 ? 'month' : undefined;
}

/** Whether day and month are known. */
export function isWholeDate(date: string): boolean {
  return !date.includes('-00');
}

/** Whether a typed date agrees with all that the file's date knows. */
export function sameBirthDate(typed: string, file: string): boolean {
  const known = file.split('-');
  return typed.split('-').every((part, index) => known[index] === '00' || known[index] === part);
}

type Parts = [year: string, month: string, day: string];

/** Midnight behind a date, as databases and spreadsheets write it. Another hour is none: it may be of the day before. */
const MIDNIGHT =
  /(?:T|[\s,]+)(?:0?0[:H.]00(?:[:.]00(?:[.,]0+)?)?|12:00(?::00)? ?AM)\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*$/;
const AGE = /\([^()]*\)|\d+ ANS/g;
const ORDINAL = /(?<=\d) ?(?:ERE?|EME|E|TH|ND|RD|ST)(?!\p{L})/gu;
/** 14juillet1956. */
const GLUED = /\d(?=\p{L}{3})|\p{L}{3}(?=\d)/gu;

/** The year, month and day as typed, in two digits at least; undefined when the text has no date's shape. */
function dateParts(text: string): Parts | undefined {
  const usual = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
  if (usual) return [usual[3] ?? '', usual[2] ?? '', usual[1] ?? ''];
  const plain = withoutAccents(plainDigits(text)).replace(MIDNIGHT, '').replace(AGE, ' ');
  const all =
    withUnknown(plain)
      .replace(ORDINAL, '')
      .replace(GLUED, '$& ')
      .match(/[\p{L}\d]+/gu)
      ?.map(item) ?? [];
  // Words may stand before the date and behind it: between its parts one that is no month makes it no date.
  const [first, last] = [all.findIndex(isKnown), all.findLastIndex(isKnown)];
  const items = all.slice(first, last + 1).filter((one) => one !== 'DE');
  // « mar. 14 juillet » begins with a Tuesday, no month.
  return partsOf(items) ?? (items[0]?.startsWith('M') ? partsOf(items.slice(1)) : undefined);
}

/** `--/--/1950` → `00/00/1950`. */
function withUnknown(text: string): string {
  const parts = text.split('/');
  return parts.length === 3 ? parts.map((part) => (/[\p{L}\d]/u.test(part) ? part : '00')).join('/') : text;
}

/** A word of a date: digits, `M7` for a month in letters, or the word itself. */
function item(word: string): string {
  if (word === 'PREMIER') return '01';
  if (/^X{1,2}$/.test(word)) return '00';
  if (/\d/.test(word)) return word.replace(/[OIL]/g, likeDigit).replace(/^0+(?=\d{2}$|\d{4}$)/, '');
  const month = MONTHS.findIndex((name) => word.length < 10 && word.startsWith(name)) + 1;
  const short = SHORT_MONTHS.indexOf(word) + 1;
  return month || short ? `M${String(month || short).padStart(2, '0')}` : word;
}

const isKnown = (one: string) => /^M?\d+$/.test(one);

// By what stands in them: figures, or a month in letters (M07).
const FORMS = [
  /^(?<year>(?:19|20)\d\d)(?<month>0\d|1[0-2])(?<day>\d\d)$/, // 19560714
  /^(?<day>\d\d)(?<month>\d\d)(?<year>\d{4}|\d\d)$/, // 14071956
  /^(?<day>\d{1,2}) M?(?<month>\d{1,2}) (?<year>\d{4}|(?:19|20) \d\d|\d\d)$/, // 14/07/1956, 14 juillet 19 56
  /^(?<year>\d{4}) M?(?<month>\d{1,2})(?: (?<day>\d{1,2}))?$/, // 1956-07-14
  /^M(?<month>\d\d) (?<day>\d{1,2}) (?<year>\d{4})$/, // juillet 14, 1956
  /^M?(?<month>\d{1,2}) (?<year>\d{4})$/, // 07/1958
  /^(?<year>\d{4})$/,
];

function partsOf(items: string[]): Parts | undefined {
  const text = items.join(' ');
  for (const form of FORMS) {
    const { year, month = '', day = '' } = form.exec(text)?.groups ?? {};
    if (year) return [year.replace(' ', ''), month.padStart(2, '0'), day.padStart(2, '0')];
  }
  return undefined;
}

/** Refuses 31/02: JavaScript would move it to March. */
function isCalendarDate(date: string): boolean {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return year >= EARLIEST_YEAR && day >= 1 && day <= days;
}
