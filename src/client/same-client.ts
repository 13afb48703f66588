// Who is who from night to night: whether a line of tonight's file and a client of last night are one person. The
// sign-up's own comparisons decide, so that the data that would open an account also keep it.

import { CLIENT_FILE } from '../numbers.ts';
import type { ClientKind } from '../schema.ts';
import { sameBirthDate } from './birth-date.ts';
import { compareGivenNames, foldCompany, sameFamilyName } from './names.ts';

/** The data that distinguish the clients under one reference: the family name or the company's, the birth date or the SIRET. */
export type Person = { name: string; givenName: string | null; proof: string | null };

/**
 * How a line and a client compare:
 * - `same`: the sign-up takes the two for one person;
 * - `corrected`: it would, but for one thing: a name, or one part of the birth date;
 * - `doubtful`: a correction or somebody else, such as a twin;
 * - `other`: somebody else.
 */
export type Likeness = 'same' | 'corrected' | 'doubtful' | 'other';

/** Compares a client with a line of its kind and reference. */
export function compareClients(kind: ClientKind, known: Person, line: Person): Likeness {
  return kind === 'tenant' ? compareTenants(known, line) : compareSuppliers(known, line);
}

function compareTenants(known: Person, line: Person): Likeness {
  const dates = compareDates(known.proof, line.proof);
  if (dates === 'other') return 'other';
  const shared = sharedNames(known, line);
  if (shared.family && shared.given) return dates === 'near' ? 'corrected' : 'same';
  if (dates !== 'same' || !isOwnDay(known.proof) || !isOwnDay(line.proof)) return 'other';
  // Of one family and one day are twins as well.
  if (shared.given) return 'corrected';
  return shared.family ? 'doubtful' : 'other';
}

function sharedNames(known: Person, line: Person): { family: boolean; given: boolean } {
  // Swapped, both agree: the sign-up takes them so, and landlords correct them so.
  if (sameFamilyName(known.name, line.givenName ?? '') && sameGivenName(known.givenName, line.name))
    return { family: true, given: true };
  return {
    family: sameFamilyName(known.name, line.name),
    given: sameGivenName(known.givenName, line.givenName),
  };
}

/** An association has none, and a person with a given name is never one without. */
function sameGivenName(known: string | null, line: string | null): boolean {
  if (known === null || line === null) return known === line;
  return compareGivenNames(known, line) !== 'no';
}

/** `same` in all that both know; `near`: one slip of the pen apart. */
function compareDates(known: string | null, line: string | null): 'same' | 'near' | 'other' {
  if (known === null || line === null) return 'same';
  if (sameBirthDate(known, line) || sameBirthDate(line, known)) return 'same';
  return isNear(known, line) ? 'near' : 'other';
}

/** One part differs, or day and month are swapped. A father of one name is older by more than a slip of the pen. */
function isNear(known: string, line: string): boolean {
  if (known.includes('-00') || line.includes('-00')) return false;
  const [[year = '', month, day], [otherYear = '', otherMonth, otherDay]] = [
    known.split('-'),
    line.split('-'),
  ];
  const differing = [year !== otherYear, month !== otherMonth, day !== otherDay].filter(Boolean).length;
  if (year === otherYear) return differing === 1 || (month === otherDay && day === otherMonth);
  const isSlip = Math.abs(Number(year) - Number(otherYear)) < CLIENT_FILE.generation;
  return differing === 1 && isSlip && isOwnDay(known);
}

/** Whether a birth date points to one person: of an unknown day, and of 1 January, which stands for it, thousands are. */
function isOwnDay(date: string | null): boolean {
  return date !== null && !date.endsWith('-00') && !date.endsWith('-01-01');
}

/** A SIRET is a SIREN, the company for life, and five digits for the place it works at. */
function compareSuppliers(known: Person, line: Person): Likeness {
  const [siret, other] = [known.proof ?? '', line.proof ?? ''];
  if (siret === other) return 'same';
  if (siret.slice(0, 9) === other.slice(0, 9)) return 'corrected';
  const differing = [...siret].filter((digit, at) => digit !== other[at]).length;
  return differing === 1 && foldCompany(known.name) === foldCompany(line.name) ? 'corrected' : 'other';
}

/** A line and a client of one reference that may be one person. */
export type Pair = { line: number; client: number; likeness: Likeness; hasAccount: boolean };

/** The fate of the lines of one reference; a line in neither list is a new client. */
export type Paired = { pairs: { line: number; client: number }[]; ambiguous: number[] };

/**
 * Pairs the lines of one reference with its clients, the surest first. Where a line has two choices, or a client two
 * lines, nobody is guessed: the lines are ambiguous. So is a doubtful line while an account hangs on it; without one
 * nothing is lost when the line is taken for somebody else.
 */
export function pairClients(found: Pair[]): Paired {
  const paired: Paired = { pairs: [], ambiguous: [] };
  let open = found;
  for (const likeness of ['same', 'corrected', 'doubtful'] as const) {
    const alike = open.filter((pair) => pair.likeness === likeness);
    const [choices, claims] = [countBy(alike, 'line'), countBy(alike, 'client')];
    for (const { line, client, hasAccount } of alike) {
      const isOnly = choices.get(line) === 1 && claims.get(client) === 1;
      if (!isOnly || (likeness === 'doubtful' && hasAccount)) paired.ambiguous.push(line);
      else if (likeness !== 'doubtful') paired.pairs.push({ line, client });
    }
    open = open.filter(({ line, client }) => !choices.has(line) && !claims.has(client));
  }
  return { pairs: paired.pairs, ambiguous: [...new Set(paired.ambiguous)] };
}

function countBy(pairs: Pair[], side: 'line' | 'client'): Map<number, number> {
  const counts = new Map<number, number>();
  for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + 1);
  return counts;
}
