// Who is who: what a person typed against the rows of the landlord's file.

import { isWholeDate, sameBirthDate } from './birth-date.ts';
import { sameCompany } from './company.ts';
import { isNoGivenName, namesAmong } from './name-words.ts';
import {
  compareFamilyNames,
  compareGivenNames,
  familyNames,
  foldCompany,
  foldName,
  holdsFamilyName,
  holdsNames,
  isSlipOf,
  nameWords,
  sameFamilyName,
} from './names.ts';
import { possibleReferenceKeys } from './reference.ts';

export type ClientKind = 'tenant' | 'supplier';

/** What a person types to be recognised; the birth date is already `YYYY-MM-DD` (00 where it was left
 * out), the SIRET 14 digits. */
export type Identity =
  | { kind: 'tenant'; reference: string; familyName: string; givenName: string; birthDate: string }
  | { kind: 'supplier'; reference: string; companyName: string; siret: string };

/** What matching needs to know of a row of the landlord's file. */
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

/** What of a tenant's row is known in part makes the rest of the proof strict. */
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

/** What a person left out, which only a row without it can agree with. */
export type LeftOut = 'givenName' | 'birthDate';

/** What a tenant left out: a given name, the day or the month of birth. */
export function leftOut(typed: Identity): LeftOut[] {
  if (typed.kind === 'supplier') return [];
  const given: LeftOut[] = isNoGivenName(typed.givenName) ? ['givenName'] : [];
  return isWholeDate(typed.birthDate) ? given : [...given, 'birthDate'];
}

/** Whether one of the rows lacks all that was left out. When none does, nothing was guessed: the person has only to fill it in. */
export function mayLeaveOut(left: LeftOut[], rows: KnownClient[]): boolean {
  return rows.some(({ givenName, birthDate }) =>
    left.every((item) =>
      item === 'givenName' ? isNoGivenName(givenName ?? '') : !isWholeDate(birthDate ?? ''),
    ),
  );
}

/**
 * The keys on which a failed identity counts: every reference it could denote, and every person it could (family names
 * in either field with the year of birth, or the SIRET), so that neither can be guessed by varying the other. No given
 * name, no day: they may be written in many ways that match.
 */
export function identityKeys(typed: Identity): string[] {
  const references = possibleReferenceKeys(typed.reference).map((key) => referenceCounter(typed.kind, key));
  if (typed.kind === 'supplier') return [...references, siretCounter(typed.siret)];
  const names = new Set([typed.familyName, typed.givenName].flatMap(familyNames));
  return [...references, ...[...names].sort().map((name) => personCounter(name, typed.birthDate))];
}

/** Those of the keys that stand for the client found: a neighbour's failures on the others do not shut its door. */
export function clientKeys(typed: Identity, client: KnownClient): string[] {
  const reference = referenceCounter(typed.kind, client.referenceKey);
  if (typed.kind === 'supplier') return [reference, siretCounter(typed.siret)];
  const names = familyNames(client.familyName ?? '');
  return [reference, ...names.map((name) => personCounter(name, typed.birthDate))];
}

/** The whole of what was typed, folded: the same wrong data posted again count once. */
export function identityPrint(typed: Identity): string {
  const references = possibleReferenceKeys(typed.reference);
  const person =
    typed.kind === 'supplier'
      ? [foldCompany(typed.companyName), typed.siret]
      : [foldName(typed.familyName), foldName(typed.givenName), typed.birthDate];
  return [typed.kind, ...references, ...person].join(' ');
}

const referenceCounter = (kind: ClientKind, key: string) => `${kind} reference ${key}`;
const siretCounter = (siret: string) => `siret ${siret}`;
const personCounter = (name: string, birthDate: string) => `person ${name} ${birthDate.slice(0, 4)}`;

/** What a person who lost the identifier types: less than at sign-up, since the answer goes to the mailbox on file. */
export type PartialIdentity =
  | { kind: 'tenant'; reference: string; familyName: string; birthDate: string }
  | { kind: 'supplier'; reference: string; siret: string };

/** All rows that agree: each has a mailbox of its own to be told in. */
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
