// The identifier people sign in with: prefix, L (tenant) or F (supplier), digits. NHCAPAL123456.

import { plainDigits } from '../platform/letters.ts';
import { randomSigns } from '../platform/secrets.ts';
import type { ClientKind } from '../schema.ts';

const LETTERS: Record<ClientKind, string> = { tenant: 'L', supplier: 'F' };
const DIGITS = '0123456789';

/**
 * Accounts after which an identifier has seven digits: 20 % of the six-digit numbers are then taken, or nearly (an
 * account that was never activated gives its number back). A guess must stay a rare hit.
 */
export const CROWDED = 200_000;

/**
 * Candidates for a new identifier: random, not derived from the client. The first that is free is
 * taken; with at most one number in five in use, eight candidates all clash once in 400 000 draws.
 */
export function drawIdentifierNumbers(digits: number): string[] {
  return Array.from({ length: 8 }, () => randomSigns(DIGITS, digits));
}

/** An identifier given under another prefix (`IDENTIFIER_PREFIX` may change; identifiers never do). */
const EARLIER = /^[A-Z]{2,10}[LF]\d{6,7}$/;

/** `NHCAPA`, `tenant` → `NHCAPAL`: the part before the digits. */
export function identifierStem(prefix: string, kind: ClientKind): string {
  return prefix + LETTERS[kind];
}

/** Both stems, the tenants' first: a number is given once for both kinds, so that the digits alone denote one account. */
export function identifierStems(prefix: string): string[] {
  return Object.values(LETTERS).map((letter) => prefix + letter);
}

/**
 * Reads an identifier typed in any case, with spaces, dots or « n° », O for 0, I or l for 1, with its prefix and letter, with
 * a part of them, another one or none: the digits decide. A number is given once for both kinds, so a wrong letter does no
 * harm.
 * @returns `fingerprint`, one text for all spellings of one identifier (failures count on it), and
 * the `candidates` to look for, the likeliest first, one of an earlier prefix included: none when it cannot be an identifier
 */
export function readIdentifier(typed: string, prefix: string): { fingerprint: string; candidates: string[] } {
  const plain = plainDigits(typed.normalize('NFKC'))
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const number = typed.includes('@') ? undefined : numberIn(plain, prefix);
  if (!number) return { fingerprint: plain, candidates: [] };
  const now = identifierStems(prefix).map((stem) => stem + number);
  const isEarlier = EARLIER.test(plain) && !now.includes(plain);
  return { fingerprint: number, candidates: isEarlier ? [plain, ...now] : now };
}

/** Six or seven digits at the end; or the signs behind the prefix and letter, read as digits. */
function numberIn(plain: string, prefix: string): string | undefined {
  const [, digits] = /^\D*(\d{6,7})$/.exec(plain) ?? [];
  if (digits) return digits;
  const [read, start] = [likeDigits(plain), likeDigits(prefix)];
  const rest = read.startsWith(start) ? read.slice(start.length) : read;
  // A first L is the kind's letter: NHCAPAL23456 lacks a digit.
  const [, signs] = /^(?:[LF])([\dL]{6,7})$/.exec(rest) ?? /^(\d[\dL]{5,6})$/.exec(rest) ?? [];
  return signs?.replaceAll('L', '1');
}

/** `NHCAPAL123456` → `NHCAPAL 123 456`: easier to read aloud and to copy by hand. */
export function groupIdentifier(identifier: string): string[] {
  const [, stem = '', head = '', tail = ''] = /^(\D+)(\d+)(\d{3})$/.exec(identifier) ?? [];
  return [stem, head, tail];
}

function likeDigits(text: string): string {
  return text.replace(/O/g, '0').replace(/I/g, '1');
}
