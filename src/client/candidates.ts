// Whom a help request may mean: the few rows of the file that are near what was typed, and the letters that differ.

import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { HELP } from '../numbers.ts';
import { batch, type Db } from '../platform/db.ts';
import { clients } from '../schema.ts';
import { sameCompany } from './company.ts';
import type { HelpRequest } from './help-requests.ts';
import { compareGivenNames, isNoGivenName, isSlipOf, sameFamilyName } from './names.ts';
import { type Client, clientsUnder } from './rows.ts';

/** What a row of the file has in common with a request. */
export type Shared = 'reference' | 'birth_date' | 'siret' | 'name' | 'given_name';
export type Candidate = { client: Client; shared: Shared[] };

/**
 * The rows that a request may mean, the nearest first, five at most: of the same reference; of the same birth date (or
 * SIRET) and a like name; of the same names. Who left stands behind who is there.
 */
export async function findCandidates(db: Db, request: HelpRequest): Promise<Candidate[]> {
  const read = db
    .select()
    .from(clients)
    // Without the plus SQLite would read everybody of that kind, and not by the indexes of names, birth dates and SIRET.
    .where(and(sql`+${clients.kind} = ${request.kind}`, nearBy(request)))
    .limit(HELP.looked);
  const { under, near } = await batch(db, {
    under: clientsUnder(db, request.kind, request.reference),
    near: read,
  });
  const references: string[] = JSON.parse(request.referenceKeys);
  const rows = new Map([...under, ...near].map((row) => [row.id, row]));
  return [...rows.values()]
    .map((client) => ({ client, shared: sharedWith(request, client, references) }))
    .filter(({ shared }) => isNear(shared))
    .sort((a, b) => weigh(b) - weigh(a))
    .slice(0, HELP.candidates);
}

function nearBy({ kind, birthDate, siret, nameKey }: HelpRequest) {
  const [family = '', given = ''] = nameKey.split(' ');
  const names = kind === 'tenant' ? [nameKey, `${given} ${family}`] : [nameKey];
  const proof = kind === 'tenant' ? eq(clients.birthDate, birthDate ?? '') : eq(clients.siret, siret ?? '');
  return or(inArray(clients.nameKey, names), proof);
}

function sharedWith(request: HelpRequest, client: Client, references: string[]): Shared[] {
  const shared: [Shared, boolean][] = [
    ['reference', references.includes(client.referenceKey)],
    ['birth_date', request.birthDate !== null && request.birthDate === client.birthDate],
    ['siret', request.siret !== null && request.siret === client.siret],
    ...sharedNames(request, client),
  ];
  return shared.filter(([, isShared]) => isShared).map(([name]) => name);
}

function sharedNames(request: HelpRequest, client: Client): [Shared, boolean][] {
  if (request.kind === 'supplier')
    return [['name', sameCompany(request.companyName ?? '', client.companyName ?? '')]];
  const typed = [request.familyName ?? '', request.givenName ?? ''] as const;
  const known = [client.familyName ?? '', client.givenName ?? ''] as const;
  const isLikeFamily = (one: string) => sameFamilyName(one, known[0]) || isSlipOf(one, known[0]);
  const isLikeGiven = (one: string) => !isNoGivenName(one) && compareGivenNames(one, known[1]) !== 'no';
  const [straight, swapped] = [
    [isLikeFamily(typed[0]), isLikeGiven(typed[1])],
    [isLikeFamily(typed[1]), isLikeGiven(typed[0])],
  ];
  const [family = false, given = false] = swapped[0] && swapped[1] ? swapped : straight;
  return [
    ['name', family],
    ['given_name', given],
  ];
}

function isNear(shared: Shared[]): boolean {
  const has = (one: Shared) => shared.includes(one);
  const isLike = has('name') || has('given_name');
  return (
    has('reference') || has('siret') || (has('birth_date') && isLike) || (has('name') && has('given_name'))
  );
}

const WEIGHTS: Record<Shared, number> = { reference: 3, birth_date: 3, siret: 4, name: 2, given_name: 2 };

function weigh({ client, shared }: Candidate): number {
  const sum = shared.reduce((total, one) => total + WEIGHTS[one], 0);
  return client.leftAt === null ? sum : sum - 1;
}

/** A piece of text, and whether the other text has it in the same place. */
export type Piece = { text: string; isSame: boolean };

/** How many signs of two texts of one length may differ where they stand: a slip, or two turned round. */
const SLIPS = 2;

/** The known text in pieces: what was typed the same, and what was not. Case does not count. */
export function differences(typed: string, known: string): Piece[] {
  const [a, b] = [[...typed.toUpperCase()], [...known.toUpperCase()]];
  const inPlace = b.map((sign, at) => sign === a[at]);
  const isSlip = a.length === b.length && inPlace.filter((isSame) => !isSame).length <= SLIPS;
  return pieces([...known], isSlip ? inPlace : inCommon(a, b));
}

/** Which signs of the second text belong to the longest run of signs, with gaps, that both have. */
function inCommon(a: string[], b: string[]): boolean[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let i = 0;
  return b.map((sign, j) => {
    while (i < a.length && a[i] !== sign && at(i + 1, j) >= at(i, j + 1)) i++;
    const isSame = a[i] === sign;
    if (isSame) i++;
    return isSame;
  });
}

function pieces(signs: string[], isSame: boolean[]): Piece[] {
  const found: Piece[] = [];
  for (const [at, sign] of signs.entries()) {
    const last = found.at(-1);
    if (last && last.isSame === isSame[at]) last.text += sign;
    else found.push({ text: sign, isSame: isSame[at] ?? false });
  }
  return found;
}
