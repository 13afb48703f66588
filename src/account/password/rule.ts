// The leaflet's password rule.

import { LENGTHS } from '../../numbers.ts';
import { normalisePassword } from '../../platform/password-hash.ts';

/** The lines of the leaflet's rule, in its order; « special » is anything neither letter nor digit. */
const RULE = {
  length: new RegExp(`^.{${LENGTHS.passwordLeast},}$`, 'su'),
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  digit: /\p{Nd}/u,
  special: /[^\p{L}\p{N}]/u,
} as const;

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
