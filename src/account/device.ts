// A coarse name for the device of a session: enough for its owner to recognise it, no fingerprint.

import { USER_AGENT_READ } from '../numbers.ts';

const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android.*Mobile/, 'Téléphone Android'],
  [/Android/, 'Tablette Android'],
  [/Windows/, 'Ordinateur Windows'],
  [/Macintosh|Mac OS X/, 'Ordinateur Apple'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Ordinateur Linux'],
];

/** `Mozilla/5.0 (iPhone; …)` → `iPhone`. */
export function deviceName(userAgent: string | undefined): string {
  // Cut, or a header of 128 KB would keep the search busy for seconds.
  const read = (userAgent ?? '').slice(0, USER_AGENT_READ);
  return SYSTEMS.find(([pattern]) => pattern.test(read))?.[1] ?? 'Appareil inconnu';
}
