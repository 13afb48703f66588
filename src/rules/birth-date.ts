// Birth dates as people type them and as the landlord's file writes them; kept as `YYYY-MM-DD`.

export type BirthDateRefusal =
  | 'birth_date_shape'
  | 'birth_date_year'
  | 'birth_date_impossible'
  | 'birth_date_future';
type BirthDate = { ok: true; date: string } | { ok: false; reason: BirthDateRefusal };

const EARLIEST_YEAR = 1900;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
// The shortest beginning that tells each month from the others, accents removed.
const MONTHS = ['janv', 'fev', 'mars', 'avr', 'mai', 'juin', 'juil', 'aou', 'sept', 'oct', 'nov', 'dec'];

/**
 * Reads a typed birth date: 14/07/1956, 14071956, 14.07.1956, 14-7-1956, 14 juillet 1956, 1956-07-14.
 * A two-digit year is asked again, since both centuries are possible.
 * @param now ms, the day after which a date is in the future
 */
export function readBirthDate(typed: string, now: number): BirthDate {
  const parts = dateParts(typed);
  if (!parts) return { ok: false, reason: 'birth_date_shape' };
  const [year, month, day] = parts;
  if (year.length === 2) return { ok: false, reason: 'birth_date_year' };
  const date = isoDate(year, month, day);
  if (!isCalendarDate(date)) return { ok: false, reason: 'birth_date_impossible' };
  if (date > new Date(now).toISOString().slice(0, 10)) return { ok: false, reason: 'birth_date_future' };
  return { ok: true, date };
}

/**
 * Reads a birth date of the landlord's file, where 00 stands for a day or a month nobody knows:
 * `00/07/1950` → `1950-07-00`. Undefined when it is no date.
 */
export function readFileBirthDate(text: string, now: number): string | undefined {
  const parts = dateParts(text);
  if (!parts || parts[0].length === 2) return undefined;
  const partial = isoDate(...parts);
  const isWhole = !partial.includes('-00');
  if (!isWhole && !/^\d{4}-(00-00|(?!00)\d\d-00)$/.test(partial)) return undefined;
  const filled = isWhole ? partial : partial.replace(/-00/g, '-01');
  return isCalendarDate(filled) && Date.parse(filled) <= now ? partial : undefined;
}

/** Whether a typed date agrees with all that the file's date knows. */
export function sameBirthDate(typed: string, file: string): boolean {
  const known = file.split('-');
  return typed.split('-').every((part, index) => known[index] === '00' || known[index] === part);
}

/** The year, month and day as typed, or undefined when the text has no date's shape. */
function dateParts(text: string): [string, string, string] | undefined {
  const usual = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
  if (usual) return [usual[3] ?? '', usual[2] ?? '', usual[1] ?? ''];
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (iso) return [iso[1] ?? '', iso[2] ?? '', iso[3] ?? ''];
  const numbers =
    /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})$/.exec(plain) ??
    /^(\d\d)(\d\d)(\d{4}|\d\d)$/.exec(plain);
  if (numbers) return [numbers[3] ?? '', numbers[2] ?? '', numbers[1] ?? ''];
  const written = /^(\d{1,2})(?:er)?[\s.-]+([a-z]{3,9})\.?[\s.-]+(\d{4}|\d{2})$/.exec(plain);
  const month = MONTHS.findIndex((name) => written?.[2]?.startsWith(name)) + 1;
  return written && month > 0 ? [written[3] ?? '', String(month), written[1] ?? ''] : undefined;
}

function isoDate(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Refuses 31/02: JavaScript would move it to March. */
function isCalendarDate(date: string): boolean {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return year >= EARLIEST_YEAR && day >= 1 && day <= days;
}
