// A clock that only tests move.

import { vi } from 'vitest';
import { DAY } from '../src/numbers.ts';

let today = Date.now();

/** Another day for each test: no counter, no pause and no cap of one reaches into the next. */
export function nextDay(): void {
  today += 2 * DAY;
  vi.setSystemTime(today);
}
