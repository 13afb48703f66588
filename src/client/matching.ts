// Matching: a typed identity against the rows of the landlord's file.

import type { Guessed } from '../schema.ts';
import { isWholeDate, sameBirthDate } from './birth-date.ts';
import { sameCompany } from './company.ts';
import { isNoGivenName, namesAmong } from './name-words.ts';
import {
  compareFamilyNames,
  compareGivenNames,
  foldCompany,
  holdsFamilyName,
  holdsNames,
  isSlipOf,
  nameWords,
  sameFamilyName,
} from './names.ts';
import { possibleReferenceKeys } from './reference.ts';

/** The identity that a person types to be recognised; the birth date is already `YYYY-MM-DD` (00 where it was left
 * out), the SIRET 14 digits. */
export type Identity =
  | { kind: 'tenant'; reference: string; familyName: string; givenName: string; birthDate: string }
  | { kind: 'supplier'; reference: string; companyName: string; siret: string };

/** The columns of the landlord's file that matching needs. */
export type KnownClient = {
  referenceKey: string;
  familyName: string | null;
  givenName: string | null;
  birthDate: string | null;
  companyName: string | null;
  siret: string | null;
  leftAt: number | null;
};

/**
 * The one row of its kind that an identity denotes. The whole must agree: reference, names and birth date,
 * or reference, company and SIRET.
 * When several rows agree, the better agreement wins (still present, reference without guessing its last digit, all
 * names); a tie is nobody, since guessing could open a neighbour's account.
 */
export function findClient<T extends KnownClient>(typed: Identity, rows: T[]): T | undefined {
  const ranked = rows
    .map((row) => ({ row, rank: rank(typed, row) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
  const [best, next] = ranked;
  return best && best.rank !== next?.rank ? best.row : undefined;
}

/**
 * 0 when the row is somebody else; higher the better it agrees. A forgiven slip is the least of all: a second row as near
 * makes it nobody's.
 */
function rank(typed: Identity, row: KnownClient): number {
  const nth = possibleReferenceKeys(typed.reference).indexOf(row.referenceKey);
  if (nth === -1) return 0;
  const agreement = typed.kind === 'tenant' ? rankTenant(typed, row) : rankSupplier(typed, row);
  if (agreement === 0) return typed.kind === 'tenant' && nth === 0 && isNearly(typed, row) ? 1 : 0;
  return 1 + agreement + (nth === 0 ? 8 : 0) + (row.leftAt === null ? 16 : 0);
}

type Tenant = Extract<Identity, { kind: 'tenant' }>;

/** A part of a tenant's row that the file does not know makes the rest of the proof strict. */
function rankTenant(typed: Tenant, row: KnownClient): number {
  if (row.birthDate === null || !sameBirthDate(typed.birthDate, row.birthDate)) return 0;
  const [family, given] = [row.familyName ?? '', row.givenName ?? ''];
  if (isNoGivenName(given)) return isWholeDate(row.birthDate) && isAllOfName(typed, family) ? 1 : 0;
  if (!isWholeDate(row.birthDate)) return holdsNames(typed, { familyName: family, givenName: given }) ? 1 : 0;
  const straight = rankNames(typed.familyName, typed.givenName, family, given);
  // Many write their given name in the first field, or both names in both.
  return Math.max(straight, rankNames(typed.givenName, typed.familyName, family, given));
}

/** 0 to 4: nobody, to all names exact. */
function rankNames(typedFamily: string, typedGiven: string, family: string, given: string): number {
  const byFamily = compareFamilyNames(typedFamily, family, nameWords(given));
  const byGiven = compareGivenNames(typedGiven, given, nameWords(family));
  if (byFamily === 'no' || byGiven === 'no') return 0;
  return { exact: 2, part: 1 }[byFamily] + { exact: 2, first: 1 }[byGiven];
}

/** Somebody without a given name types the whole of the family name, in one field or in both, and nothing else. */
function isAllOfName({ familyName, givenName }: Tenant, family: string): boolean {
  const typed = isNoGivenName(givenName) ? familyName : `${familyName} ${givenName}`;
  const [all, known] = [namesAmong(nameWords(typed)), namesAmong(nameWords(family))];
  return all.every((name) => known.includes(name)) && known.every((name) => all.includes(name));
}

/** One slip in a family name, where reference, whole birth date and given name are exact. */
function isNearly(typed: Tenant, { birthDate, familyName, givenName }: KnownClient): boolean {
  return (
    birthDate !== null &&
    isWholeDate(birthDate) &&
    typed.birthDate === birthDate &&
    compareGivenNames(typed.givenName, givenName ?? '') === 'exact' &&
    isSlipOf(typed.familyName, familyName ?? '')
  );
}

function rankSupplier(typed: Extract<Identity, { kind: 'supplier' }>, row: KnownClient): number {
  return typed.siret === row.siret && sameCompany(typed.companyName, row.companyName ?? '') ? 2 : 0;
}

/** The parts a person left out; only a row without them can agree. */
export type LeftOut = 'givenName' | 'birthDate';

/** The parts a tenant left out: a given name, the day or the month of birth. */
export function leftOut(typed: Identity): LeftOut[] {
  if (typed.kind === 'supplier') return [];
  const given: LeftOut[] = isNoGivenName(typed.givenName) ? ['givenName'] : [];
  return isWholeDate(typed.birthDate) ? given : [...given, 'birthDate'];
}

/**
 * One thing that a wrong identity guesses at: its `key` (what was typed, folded) and how many `guesses` at it one try
 * makes. Every spelling that matches must give one key; otherwise each spelling would get a fresh counter.
 */
export type Guess = { of: Guessed; key: string; guesses: number };

/**
 * The things a failed identity counts on: each reference it could denote, and the person. A person is the birth date,
 * which can be written in one way only, where names can be swapped, shortened and misspelt and still match. For a person
 * whose day of birth the file does not know every day matches: the family field with the year stands for that person.
 */
export function guessesOf(typed: Identity): Guess[] {
  const [reference = '', cut] = possibleReferenceKeys(typed.reference);
  const guesses = cut === undefined ? 1 : 2;
  const references: Guess[] = [{ of: 'reference', key: `${typed.kind} ${reference}`, guesses: 1 }];
  if (cut !== undefined) references.push({ of: 'cut_reference', key: `${typed.kind} ${cut}`, guesses: 1 });
  if (typed.kind === 'supplier') return [...references, { of: 'siret', key: typed.siret, guesses }];
  // Joined, or each place to put a blank would make another key.
  const name = namesAmong(nameWords(typed.familyName)).join('');
  const nameAndYear = `${name} ${typed.birthDate.slice(0, 4)}`;
  return [
    ...references,
    { of: 'birth_date', key: typed.birthDate, guesses },
    { of: 'name_and_year', key: nameAndYear, guesses: 1 },
  ];
}

/**
 * Whether failures on a guess stop the client found: a neighbour's on the other reading of the reference do not shut its
 * door.
 */
export function stopsClient({ of, key }: Guess, typed: Identity, client: KnownClient): boolean {
  if (of === 'name_and_year') return isPartlyKnown(client);
  if (of === 'birth_date' || of === 'siret') return true;
  return key === `${typed.kind} ${client.referenceKey}`;
}

/** Whether the file knows only the year, or the month, of a client's birth: a proof of a few bits. */
export function isPartlyKnown({ birthDate }: Pick<KnownClient, 'birthDate'>): boolean {
  return birthDate !== null && !isWholeDate(birthDate);
}

/** The part of a typed identity that matching sees: the same wrong data posted again count once, other data count anew. */
export function identityFingerprint(typed: Identity): string {
  const seen =
    typed.kind === 'supplier'
      ? [foldCompany(typed.companyName), typed.siret]
      : [nameWords(typed.familyName), nameWords(typed.givenName), typed.birthDate];
  return JSON.stringify([typed.kind, possibleReferenceKeys(typed.reference), seen]);
}

/** The identity that a person types who lost the identifier: less than at sign-up, since the answer goes to the mailbox on file. */
export type PartialIdentity =
  | { kind: 'tenant'; reference: string; familyName: string; birthDate: string }
  | { kind: 'supplier'; reference: string; siret: string };

/** All rows that agree: each has a mailbox of its own for the reminder. */
export function findClientsToRemind<T extends KnownClient>(typed: PartialIdentity, rows: T[]): T[] {
  const keys = possibleReferenceKeys(typed.reference);
  const present = rows.filter((row) => keys.includes(row.referenceKey));
  if (typed.kind === 'supplier') return present.filter((row) => row.siret === typed.siret);
  return present.filter(
    ({ birthDate, familyName }) =>
      birthDate !== null &&
      sameBirthDate(typed.birthDate, birthDate) &&
      (isWholeDate(birthDate) ? sameFamilyName : holdsFamilyName)(typed.familyName, familyName ?? ''),
  );
}
