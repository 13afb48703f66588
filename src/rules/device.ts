// A coarse name for the device of a session: enough for its owner to recognise it, no fingerprint.

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
  return SYSTEMS.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? 'Appareil inconnu';
}
