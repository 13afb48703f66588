// Writes the fingerprint of public/ where it stands: after a change of a style, a script or a drawing (`npm run fix`).

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { FINGERPRINTED, fingerprintOf } from '../platform/fingerprint.ts';

const STANDS_IN = ['src/web/public-files.ts', 'public/_redirects'];

const names = readdirSync('public').filter((name) => FINGERPRINTED.test(name));
const fingerprint = await fingerprintOf(
  names.map((name): [string, string] => [name, readFileSync(`public/${name}`, 'utf8')]),
);
for (const path of STANDS_IN) {
  const written = readFileSync(path, 'utf8');
  const mended = written.replace(/\b[0-9a-f]{10}\b/, fingerprint);
  if (mended !== written) writeFileSync(path, mended);
}
