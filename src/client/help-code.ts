// The help code: what a person says on the phone, so that staff find the request. It opens nothing.

import { areSigns, bareSigns, drawSigns, groupSigns } from '../platform/signs.ts';

const LENGTH = 6;

/** Candidates for a new code; the first that is free is taken. With a letter and a digit in it, it is no reference. */
export function drawHelpCodes(): string[] {
  const drawn = Array.from({ length: 16 }, () => drawSigns(LENGTH));
  return drawn.filter((code) => /\d/.test(code) && /[A-Z]{2}/.test(code));
}

/** `k7p 4m2` → `K7P4M2`; undefined when it cannot be a help code. */
export function readHelpCode(typed: string): string | undefined {
  const code = bareSigns(typed);
  return areSigns(code, LENGTH) ? code : undefined;
}

/** `K7P4M2` → `K7P-4M2`: easier to say. */
export function groupHelpCode(code: string): string {
  return groupSigns(code, 3);
}
