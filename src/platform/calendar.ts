// Days and months as the calendar of a time zone has them: Workers run in UTC.

import { CRONS, DAY } from '../numbers.ts';

/** When a day (`2026-11-27`) begins in a zone, in ms; undefined when there is no such day. */
export function startOfDay(isoDate: string, timeZone: string): number | undefined {
  const there = /^\d{4}-\d{2}-\d{2}$/.test(isoDate) ? Date.parse(`${isoDate}T00:00Z`) : Number.NaN;
  if (Number.isNaN(there)) return undefined;
  // Swedes write times as ISO 8601 has them.
  const shown = Date.parse(`${new Date(there).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
  return there - (shown - there);
}

/** The month of a time (ms): `2026-11`. */
export function monthOf(time: number, timeZone: string): string {
  return new Date(time).toLocaleDateString('sv-SE', { timeZone }).slice(0, 7);
}

/** The month so many months before another. */
export function monthBefore(month: string, count = 1): string {
  const [year = 0, nth = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, nth - 1 - count)).toISOString().slice(0, 7);
}

/** When a month begins and when it is over, in ms. */
export function limitsOfMonth(month: string, timeZone: string): { start: number; end: number } {
  const startOf = (one: string) => startOfDay(`${one}-01`, timeZone) ?? Number.NaN;
  return { start: startOf(month), end: startOf(monthBefore(month, -1)) };
}

/** When the next night's cron runs, in ms. */
export function nextNight(now: number): number {
  const [minute = 0, hour = 0] = CRONS.night.split(' ').map(Number);
  const today = new Date(now).setUTCHours(hour, minute, 0, 0);
  return today > now ? today : today + DAY;
}
