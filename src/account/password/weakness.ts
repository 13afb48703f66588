// Passwords that meet the leaflet's rule and are guessed all the same: a common one, or one's own name or number.
// Whole passwords are judged, never a part: a common word inside a good passphrase does no harm.

import { foldName, words } from '../../client/names.ts';
import { referenceKey } from '../../client/reference.ts';
import { LENGTHS } from '../../numbers.ts';
import { withoutAccents } from '../../platform/letters.ts';
import { normalisePassword } from '../../platform/password-hash.ts';
import { COMMON_PASSWORDS } from './common.ts';

export type PasswordWeakness = 'common' | 'own_name' | 'own_number' | 'landlord';

/** Facts that a stranger may know about the person who chooses a password. */
export type PasswordOwner = {
  identifier: string;
  reference: string;
  familyName: string | null;
  givenName: string | null;
  companyName: string | null;
  /** The landlord's short name. */
  landlord: string;
};

/** Signs that stand for a letter; 1 and ! are both i and l. */
const LOOK_ALIKES: Record<string, string> = {
  '@': 'A',
  '4': 'A',
  '3': 'E',
  '€': 'E',
  '0': 'O',
  $: 'S',
  '5': 'S',
  '7': 'T',
};

/** Why a new password would soon be guessed, and the word it is made of, in small letters; undefined when it would not. */
export function passwordWeakness(
  password: string,
  owner: PasswordOwner,
): { reason: PasswordWeakness; word: string } | undefined {
  const plain = repeatedPart(withoutAccents(normalisePassword(password)));
  const cores = coresOf(plain);
  const names = [owner.familyName, owner.givenName, owner.companyName].flatMap((name) => namesIn(name ?? ''));
  const numbers = [owner.identifier, owner.identifier.replace(/\D/g, ''), referenceKey(owner.reference)];
  const ownNumbers = [...numbers, owner.identifier.replace(/\d/g, '')];
  const found: [PasswordWeakness, string | undefined][] = [
    ['own_name', firstOf(cores, (core) => partIn(core, names))],
    ['own_number', partIn(foldName(plain), ownNumbers)],
    ['landlord', firstOf(cores, (core) => partIn(core, namesIn(owner.landlord)))],
    ['common', cores.find(isCommon)],
  ];
  const [reason, word] = found.find(([, one]) => one) ?? [];
  return reason && word ? { reason, word: word.toLowerCase() } : undefined;
}

function isCommon(core: string): boolean {
  const part = repeatedPart(core);
  return part.length === 1 || COMMON_PASSWORDS.has(core) || COMMON_PASSWORDS.has(part);
}

function firstOf(cores: string[], find: (core: string) => string | undefined): string | undefined {
  return cores.map(find).find(Boolean);
}

/** `AZERTY1!AZERTY1!` → `AZERTY1!`. */
function repeatedPart(text: string): string {
  return text.replace(/^(.+?)\1+$/su, '$1');
}

/**
 * The letters of a password once its decoration is gone and its look-alikes are read as letters: `P@SSW0RD1!` →
 * `PASSWORD`. A sign at an end may be either, so there are several; none when the decoration is long enough to count.
 */
function coresOf(plain: string): string[] {
  const [head, tail] = [/^\P{L}*/u, /\P{L}*$/u].map((end) => end.exec(plain)?.[0].length ?? 0);
  const cores = upTo(head).flatMap((start) =>
    upTo(tail).flatMap((cut) => lettersOf(plain.slice(start, Math.max(start, plain.length - cut)))),
  );
  return [...new Set(cores)].filter((core) => core && plain.length - core.length <= LENGTHS.decoration);
}

function upTo(most = 0): number[] {
  return Array.from({ length: Math.min(most, LENGTHS.decoration) + 1 }, (_, nth) => nth);
}

function lettersOf(text: string): string[] {
  const read = text.replace(/[@43€0$57]/gu, (sign) => LOOK_ALIKES[sign] ?? sign);
  return ['I', 'L'].map((letter) => read.replace(/[1!|]/g, letter).replace(/\P{L}/gu, ''));
}

/** The words of a name, and all of them together. */
function namesIn(name: string): string[] {
  return [foldName(name), ...words(name)];
}

/** The longest of the parts a text is made of, but for a few letters and a short decoration; undefined when it is not. */
function partIn(text: string, parts: string[]): string | undefined {
  // The longest first, or a short name would break a longer one; of one or two letters there are too many.
  const known = parts.filter((part) => part.length > 2).toSorted((a, b) => b.length - a.length);
  const rest = known.reduce((left, part) => left.replaceAll(part, ' '), text);
  const others = rest.replaceAll(' ', '');
  const letters = others.replace(/\P{L}/gu, '');
  const isMadeOf = letters.length <= 2 && others.length <= LENGTHS.decoration;
  return isMadeOf ? known.find((part) => text.includes(part)) : undefined;
}
