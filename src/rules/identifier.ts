// The identifier people sign in with: prefix, L (tenant) or F (supplier), digits. NHCAPAL123456.

import { alphabet, generateRandomString } from 'oslo/crypto';
import type { ClientKind } from './identity.ts';

const LETTERS: Record<ClientKind, string> = { tenant: 'L', supplier: 'F' };
const DIGITS = alphabet('0-9');

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
  return Array.from({ length: 8 }, () => generateRandomString(digits, DIGITS));
}

/** An identifier given under another prefix (`IDENTIFIER_PREFIX` may change; identifiers never do). */
const EARLIER = /^[A-Z]{2,10}[LF]\d{6,7}$/;

/** `NHCAPA`, `tenant` → `NHCAPAL`: what stands before the digits. */
export function identifierStem(prefix: string, kind: ClientKind): string {
  return prefix + LETTERS[kind];
}

/** Both stems, the tenants' first: a number is given once for both kinds, so that the digits alone denote one account. */
export function identifierStems(prefix: string): string[] {
  return Object.values(LETTERS).map((letter) => prefix + letter);
}

/**
 * Reads an identifier typed in any case, with spaces or dots, O for 0, I for 1, with or without
 * its prefix and letter. A number is given once for both kinds, so a wrong letter does no harm.
 * @returns `print`, one text for all spellings of one identifier (what failures are counted on), and
 * the `candidates` to look for, one of an earlier prefix included: none when it cannot be an identifier
 */
export function readIdentifier(typed: string, prefix: string): { print: string; candidates: string[] } {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const confusable = likeDigits(plain);
  const start = likeDigits(prefix);
  const rest = confusable.startsWith(start) ? confusable.slice(start.length) : confusable;
  const [, number] = /^[LF]?(\d{6,7})$/.exec(rest) ?? [];
  const earlier = EARLIER.test(plain) ? [plain] : [];
  if (!number) return { print: plain, candidates: earlier };
  const now = identifierStems(prefix).map((stem) => stem + number);
  return { print: number, candidates: [...new Set([...now, ...earlier])] };
}

/** `NHCAPAL123456` → `NHCAPAL 123 456`: easier to read aloud and to copy by hand. */
export function groupIdentifier(identifier: string): string[] {
  const [, stem = '', head = '', tail = ''] = /^(\D+)(\d+)(\d{3})$/.exec(identifier) ?? [];
  return [stem, head, tail];
}

function likeDigits(text: string): string {
  return text.replace(/O/g, '0').replace(/I/g, '1');
}
