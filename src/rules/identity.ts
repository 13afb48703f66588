// Who is who: what a person typed against the rows of the landlord's file.

import { sameBirthDate } from './birth-date.ts';
import { compareGivenNames, familyNames, foldCompany, foldName, sameFamilyName } from './names.ts';
import { possibleReferenceKeys } from './reference.ts';

export type ClientKind = 'tenant' | 'supplier';

/** What a person types to be recognised; the birth date is already `YYYY-MM-DD`, the SIRET 14 digits. */
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
 * When several rows agree, the better agreement wins (reference without guessing its last digit, all
 * given names, still present); a tie is nobody, since guessing could open a neighbour's account.
 */
export function findClient<T extends KnownClient>(typed: Identity, rows: T[]): T | undefined {
  const ranked = rows
    .map((row) => ({ row, rank: rank(typed, row) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
  const [best, next] = ranked;
  return best && best.rank !== next?.rank ? best.row : undefined;
}

/** 0 when the row is somebody else; higher the better it agrees. */
function rank(typed: Identity, row: KnownClient): number {
  const [asTyped, withoutLastDigit] = possibleReferenceKeys(typed.reference);
  if (row.referenceKey !== asTyped && row.referenceKey !== withoutLastDigit) return 0;
  const agreement = typed.kind === 'tenant' ? rankTenant(typed, row) : rankSupplier(typed, row);
  if (agreement === 0) return 0;
  return agreement + (row.referenceKey === asTyped ? 4 : 0) + (row.leftAt === null ? 8 : 0);
}

function rankTenant(typed: Extract<Identity, { kind: 'tenant' }>, row: KnownClient): number {
  if (row.birthDate === null || !sameBirthDate(typed.birthDate, row.birthDate)) return 0;
  const [family, given] = [row.familyName ?? '', row.givenName ?? ''];
  const straight = sameNames(typed.familyName, typed.givenName, family, given);
  // Many write their given name in the first field.
  return straight || sameNames(typed.givenName, typed.familyName, family, given);
}

function sameNames(typedFamily: string, typedGiven: string, family: string, given: string): number {
  if (!sameFamilyName(typedFamily, family)) return 0;
  return { exact: 2, first: 1, no: 0 }[compareGivenNames(typedGiven, given)];
}

function rankSupplier(typed: Extract<Identity, { kind: 'supplier' }>, row: KnownClient): number {
  const sameCompany = foldCompany(typed.companyName) === foldCompany(row.companyName ?? '');
  return sameCompany && typed.siret === row.siret ? 2 : 0;
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
    (row) =>
      row.birthDate !== null &&
      sameBirthDate(typed.birthDate, row.birthDate) &&
      sameFamilyName(typed.familyName, row.familyName ?? ''),
  );
}
