// Times as French people read them, in the landlord's time zone: Workers run in UTC.

import { DAY, MINUTE } from './numbers.ts';

const HOUR = 60 * MINUTE;

/** `14 h 35` */
export function frenchHour(time: number, timeZone: string): string {
  const { hour, minute } = parts(time, timeZone);
  return `${hour}\u00a0h\u00a0${minute}`;
}

/** `3 mars 2026 à 10 h 42` */
export function frenchDateTime(time: number, timeZone: string): string {
  const { day, month, year } = parts(time, timeZone);
  return `${day === '1' ? '1er' : day}\u00a0${month} ${year} à\u00a0${frenchHour(time, timeZone)}`;
}

/**
 * The hour when it is today, else the date with the hour: « réessayez à 14 h 35 », « le 3 mars 2026 à 10 h 42 ».
 * A time to come is rounded up to the minute, so that who comes back then is not too early.
 */
export function frenchMoment(time: number, now: number, timeZone: string): string {
  const shown = time > now ? Math.ceil(time / MINUTE) * MINUTE : time;
  const [then, today] = [parts(shown, timeZone), parts(now, timeZone)];
  const isToday = then.day === today.day && then.month === today.month && then.year === today.year;
  return isToday ? `à\u00a0${frenchHour(shown, timeZone)}` : `le\u00a0${frenchDateTime(shown, timeZone)}`;
}

/** A length of time as people say it: `30 minutes`, `72 heures`, `30 jours`, `6 mois`. */
export function frenchLength(length: number): string {
  const say = (count: number, word: string) =>
    `${count}\u00a0${word}${count > 1 && word !== 'mois' ? 's' : ''}`;
  if (length <= HOUR) return say(length / MINUTE, 'minute');
  if (length <= 3 * DAY) return say(length / HOUR, 'heure');
  if (length < 180 * DAY) return say(length / DAY, 'jour');
  return say(Math.round(length / (30.5 * DAY)), 'mois');
}

function parts(time: number, timeZone: string): Record<string, string> {
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
