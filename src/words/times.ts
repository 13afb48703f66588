// Times as French people read them, in the landlord's time zone: Workers run in UTC.

import { DAY, MINUTE } from '../numbers.ts';

const HOUR = 60 * MINUTE;

/** `2026-03-03` as `3 mars 2026`. */
export function frenchDay(isoDate: string): string {
  return sayDay(parts(Date.parse(`${isoDate}T12:00Z`), 'UTC'));
}

/** `2026-03` as `mars 2026`. */
export function frenchMonth(month: string): string {
  const { month: name, year } = parts(Date.parse(`${month}-15T12:00Z`), 'UTC');
  return `${name}\u00a0${year}`;
}

/** `3 mars 2026 à 10 h 42` */
export function frenchDateTime(time: number, timeZone: string): string {
  return sayDate(parts(time, timeZone));
}

/**
 * The hour when it is today, else the date with the hour: « réessayez à 14 h 35 », « le 3 mars 2026 à 10 h 42 ».
 * A time to come is rounded up to the minute, so that who comes back then is not too early.
 */
export function frenchMoment(time: number, now: number, timeZone: string): string {
  const shown = time > now ? Math.ceil(time / MINUTE) * MINUTE : time;
  const [then, today] = [parts(shown, timeZone), parts(now, timeZone)];
  const isToday = then.day === today.day && then.month === today.month && then.year === today.year;
  return isToday ? `à\u00a0${sayHour(then)}` : `le\u00a0${sayDate(then)}`;
}

/** A length of time as people say it: `30 minutes`, `une heure`, `72 heures`, `30 jours`, `6 mois`. */
export function frenchLength(length: number): string {
  const say = (count: number, word: string) =>
    `${count}\u00a0${word}${count > 1 && word !== 'mois' ? 's' : ''}`;
  if (length === HOUR) return 'une\u00a0heure';
  if (length < HOUR) return say(length / MINUTE, 'minute');
  if (length <= 3 * DAY) return say(length / HOUR, 'heure');
  if (length < 180 * DAY) return say(length / DAY, 'jour');
  return say(Math.round(length / (30.5 * DAY)), 'mois');
}

/** The same behind « plus »: `de 72 heures`, `d’une heure`. */
export function ofLength(length: number): string {
  return `de ${frenchLength(length)}`.replace(/^de une\u00a0/, 'd’une ');
}

/** The same behind « dans »: `les 30 minutes`, `l’heure`. */
export function withinLength(length: number): string {
  return length === HOUR ? 'l’heure' : `les ${frenchLength(length)}`;
}

/** A length as a sentence tells it, in words where they are short: `une minute`, `deux minutes`, `un jour`. */
export function lengthInWords(length: number): string {
  const unit = UNITS.find(({ size }) => length % size === 0);
  const count = unit ? length / unit.size : 0;
  if (!unit || count >= COUNTS.length) return frenchLength(length);
  return `${count === 1 ? unit.one : countInWords(count)} ${unit.word}${count > 1 ? 's' : ''}`;
}

const UNITS = [
  { word: 'jour', size: DAY, one: 'un' },
  { word: 'heure', size: HOUR, one: 'une' },
  { word: 'minute', size: MINUTE, one: 'une' },
];

/** `cinq`; in digits from eleven on. */
export function countInWords(count: number): string {
  return COUNTS[count] ?? String(count);
}

const COUNTS = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'];

type Parts = Record<string, string>;

function sayHour({ hour, minute }: Parts): string {
  return `${hour}\u00a0h\u00a0${minute}`;
}

function sayDate(time: Parts): string {
  return `${sayDay(time)} à\u00a0${sayHour(time)}`;
}

function sayDay({ day, month, year }: Parts): string {
  return `${day === '1' ? '1er' : day}\u00a0${month} ${year}`;
}

/** All parts in one call: formatting takes a tenth of the work of a page that shows a time. */
function parts(time: number, timeZone: string): Parts {
  return Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
}

// To make one costs as much as a whole page.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('fr-FR', {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  return format;
}
