// The coarse kind of a browser's device; its words stand in src/words/pages.ts.

import { USER_AGENT_READ } from '../numbers.ts';
import type { Device } from '../schema.ts';

const SYSTEMS: [RegExp, Device][] = [
  [/iPhone/, 'iphone'],
  [/iPad/, 'ipad'],
  [/Android.*Mobile/, 'android_phone'],
  [/Android/, 'android_tablet'],
  [/Windows/, 'windows'],
  [/Macintosh|Mac OS X/, 'mac'],
  [/CrOS/, 'chromebook'],
  [/Linux/, 'linux'],
];

/** `Mozilla/5.0 (iPhone; …)` → `iphone`. */
export function deviceOf(userAgent: string | undefined): Device {
  // Cut, or a header of 128 KB would keep the search busy for seconds.
  const read = (userAgent ?? '').slice(0, USER_AGENT_READ);
  return SYSTEMS.find(([pattern]) => pattern.test(read))?.[1] ?? 'unknown';
}
