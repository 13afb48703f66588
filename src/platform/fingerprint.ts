// The fingerprint of the files in public/: it stands in their addresses, so browsers may keep them for a year.

import { hashSecret } from './secrets.ts';

/** @param files name and text of each, in any order. @returns 10 hexadecimal digits, others as soon as a byte changes */
export async function fingerprintOf(files: [name: string, text: string][]): Promise<string> {
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (await hashSecret(JSON.stringify(sorted))).slice(0, 10);
}

/** The files that pages link; files that browsers ask for by themselves (favicon.ico, robots.txt …) keep their plain addresses. */
export const FINGERPRINTED = /\.(css|js|svg)$/;
