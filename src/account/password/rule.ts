// The leaflet's password rule, as the browser has it too.

import { passwordLines } from '../../../public/password-lines.js';
import { LENGTHS } from '../../numbers.ts';
import { normalisePassword } from '../../platform/password-hash.ts';

const RULE = passwordLines(LENGTHS.passwordLeast);

export type PasswordLine = keyof typeof RULE;
export const PASSWORD_LINES = Object.keys(RULE) as PasswordLine[];

/** The lines of the rule that a password does not meet yet, in the leaflet's order. */
export function missingPasswordLines(password: string): PasswordLine[] {
  const normal = normalisePassword(password);
  return PASSWORD_LINES.filter((line) => !RULE[line].test(normal));
}

/** Whether a password is longer than we hash, in code points. */
export function isPasswordTooLong(password: string): boolean {
  return [...normalisePassword(password)].length > LENGTHS.passwordMost;
}
