// A clock that only tests move.

import { vi } from 'vitest';
import { DAY } from '../../src/numbers.ts';

let today = Date.now();

/** Another day for each test, also after one that lived for days: no counter, no pause and no cap of one reaches into the next. */
export function nextDay(): void {
  today = Math.max(today, Date.now()) + 2 * DAY;
  vi.setSystemTime(today);
}
