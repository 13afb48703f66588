// Who is who: what a person typed against the rows of the landlord's file.

import { sameBirthDate } from './birth-date.ts';
import { compareGivenNames, familyNames, foldCompany, foldName, sameFamilyName, words } from './names.ts';
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

/** What a wrong identity is a guess at. */
export type Guessed = 'reference' | 'cut_reference' | 'birth_date' | 'siret' | 'name_and_year';

/**
 * One thing that a wrong identity guesses at: its `key` (what was typed, folded) and how many `guesses` at it one try
 * makes. Every way to write what matches must give one key, or each way would be a counter of its own.
 */
export type Guess = { of: Guessed; key: string; guesses: number };

/**
 * The things a failed identity counts on: each reference it could denote, and the person. A person is the birth date,
 * which can be written in one way only, where names can be swapped, shortened and misspelt and still match. Who was born
 * on a day that the file does not know is any day's: the family field with the year stands for that person.
 */
export function guessesOf(typed: Identity): Guess[] {
  const [reference = '', cut] = possibleReferenceKeys(typed.reference);
  const guesses = cut === undefined ? 1 : 2;
  const references: Guess[] = [{ of: 'reference', key: `${typed.kind} ${reference}`, guesses: 1 }];
  if (cut !== undefined) references.push({ of: 'cut_reference', key: `${typed.kind} ${cut}`, guesses: 1 });
  if (typed.kind === 'supplier') return [...references, { of: 'siret', key: typed.siret, guesses }];
  const nameAndYear = `${foldName(typed.familyName)} ${typed.birthDate.slice(0, 4)}`;
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
  return birthDate?.includes('-00') ?? false;
}

/** All that matching sees of what was typed: the same wrong data posted again count once, other data never do. */
export function identityFingerprint(typed: Identity): string {
  const seen =
    typed.kind === 'supplier'
      ? [foldCompany(typed.companyName), typed.siret]
      : [...[typed.familyName, typed.givenName].map(nameAsSeen), typed.birthDate];
  return JSON.stringify([typed.kind, possibleReferenceKeys(typed.reference), seen]);
}

function nameAsSeen(name: string) {
  return [familyNames(name).sort(), words(name)];
}

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
