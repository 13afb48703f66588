// The desk's search: one box for whatever a caller says. How many rows it reads depends on what is found, never on how many
// clients there are (`clients_by_reference`, `client_words`, and an index for each address).
//
// `client_words` is SQLite's own full-text index (FTS5). An import does not write it: new clients come in when somebody
// searches, and each minute; whoever is renamed or erased there leaves it at once, by triggers (migration 0013).

import { type SQL, sql } from 'drizzle-orm';
import { DESK, LENGTHS, SEARCH_INDEX } from '../numbers.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { plainDigits, visible, withoutAccents } from '../platform/letters.ts';
import type { AccountState } from '../schema.ts';
import { isBeside, isJoint, unlessNone } from './name-words.ts';
import { possibleReferenceKeys } from './reference.ts';
import { NAMED_CLIENT, type NamedClient } from './rows.ts';

/** What typed words may denote. */
export type Asked = {
  /** Whole identifiers. */
  identifiers: string[];
  /** Keys of references, the likeliest first. */
  keys: string[];
  /** A whole e-mail address in small letters; empty when none was typed. */
  email: string;
  /** The beginnings of words of a name, or a SIRET; none when what was typed is a number or an address. */
  words: string[];
};

/** A client found, with what tells people apart and the state of its newest account. Nothing of its birth date. */
export type Hit = NamedClient & {
  leftAt: number | null;
  identifier: string | null;
  state: AccountState | null;
};

/**
 * What may be meant by the words typed.
 * @param identifiers what they are as an identifier (`readIdentifier`)
 */
export function readAsked(typed: string, identifiers: string[]): Asked {
  const plain = visible(plainDigits(typed.normalize('NFKC'))).trim();
  const email = plain.includes('@') ? plain.toLowerCase() : '';
  const digits = plain.replace(/[\s.]/g, '');
  if (email !== '') return { identifiers: [], keys: [], email, words: [] };
  if (/^\d{14}$/.test(digits)) return { identifiers: [], keys: [], email, words: [digits] };
  const hasDigit = /\d/.test(plain);
  const keys = hasDigit ? possibleReferenceKeys(plain).filter((key) => key.length <= LENGTHS.reference) : [];
  return { identifiers, keys, email, words: hasDigit && !/\p{L}{2}/u.test(plain) ? [] : wordsOf(plain) };
}

/** `Mme d’Ornano Marie-Do` → `ORNANO`, `MARIE`, `DO`: the words a name is cut into, without what stands beside it. */
function wordsOf(plain: string): string[] {
  const all = withoutAccents(plain).match(/[A-Z0-9]+/g) ?? [];
  const named = unlessNone(all, (word) => !isBeside(word) && !isJoint(word));
  return unlessNone(named, (word) => word.length > 1).slice(0, MOST_WORDS);
}

/** Nobody has more names. */
const MOST_WORDS = 8;

/** Whether anything can be looked for: one letter would find the whole file. */
export function isAskable({ identifiers, keys, email, words }: Asked): boolean {
  return identifiers.length + keys.length > 0 || email !== '' || words.some((word) => word.length > 1);
}

/**
 * The clients meant, in one round trip: first by number, then by address and name, those present before those who left.
 * @returns `DESK.hits` at most, and whether there are more
 */
export async function searchClients(db: Db, asked: Asked): Promise<{ hits: Hit[]; isMore: boolean }> {
  if (!isAskable(asked)) return { hits: [], isMore: false };
  const query = statement<Hit & { rank: number }>(
    db,
    sql`
    SELECT found.rank AS "rank", ${NAMED_CLIENT},
      c.left_at AS "leftAt", a.identifier AS "identifier", a.state AS "state"
    FROM (${sql.join(ways(asked), sql` UNION ALL `)}) AS found
      CROSS JOIN clients AS c ON c.id = found.id
      LEFT JOIN accounts AS a ON a.id = (SELECT max(id) FROM accounts WHERE client_id = c.id)
    WHERE c.name_key <> '' LIMIT ${DESK.hits + 1}`,
  );
  const { found } = await batch(db, { ...indexNewClients(db), found: query });
  // Sorted here: in the database each row would be read once more.
  const sorted = found.sort(
    (a, b) => a.rank - b.rank || Number(a.leftAt !== null) - Number(b.leftAt !== null),
  );
  const hits = sorted.filter(({ id }, nth) => sorted.findIndex((hit) => hit.id === id) === nth);
  return { hits: hits.slice(0, DESK.hits), isMore: hits.length > DESK.hits };
}

/** Steps: the words of some clients that are new since the last time; `moved` has a row when there were any. */
function indexNewClients(db: Db) {
  const fresh = sql`FROM clients WHERE id > (SELECT last_client FROM searched) ORDER BY id LIMIT ${SEARCH_INDEX.perRound}`;
  return {
    added: statement(db, sql`INSERT INTO client_words (rowid, words) SELECT id, words ${fresh}`),
    moved: statement(
      db,
      sql`UPDATE searched SET last_client = (SELECT max(id) FROM (SELECT id ${fresh}))
      WHERE EXISTS (SELECT 1 FROM clients WHERE id > searched.last_client) RETURNING id`,
    ),
  };
}

/** Lets all new clients be found by their names; after a first import of a million, in some runs of cron. */
export async function indexClients(db: Db): Promise<void> {
  for (let round = 0; round < SEARCH_INDEX.rounds; round++) {
    const { moved } = await batch(db, indexNewClients(db));
    if (moved.length === 0) return;
  }
}

/** A query for each way to be found, `(id, rank)`, each with its own index and its own limit. */
function ways({ identifiers, keys, email, words }: Asked): SQL[] {
  const most = sql`LIMIT ${DESK.hits + 1}`;
  const some = (query: SQL) => sql`SELECT * FROM (${query} ${most})`;
  return [
    ...identifiers.map(
      (one) => sql`SELECT client_id AS id, 0 AS rank FROM accounts WHERE identifier = ${one}`,
    ),
    ...keys.map((key, nth) =>
      some(
        sql`SELECT id, ${nth === 0 ? 0 : 1} AS rank FROM clients WHERE kind IN ('tenant', 'supplier') AND reference_key = ${key}`,
      ),
    ),
    ...(email === ''
      ? []
      : [
          some(
            sql`SELECT client_id AS id, 0 AS rank FROM accounts WHERE email IS NOT NULL AND lower(email) = ${email}`,
          ),
          some(
            sql`SELECT client_id AS id, 1 AS rank FROM accounts WHERE new_email IS NOT NULL AND lower(new_email) = ${email}`,
          ),
          some(sql`SELECT id, 2 AS rank FROM clients WHERE email IS NOT NULL AND lower(email) = ${email}`),
        ]),
    ...(words.length === 0
      ? []
      : [
          some(
            sql`SELECT rowid AS id, 3 AS rank FROM client_words WHERE client_words MATCH ${matching(words)}`,
          ),
        ]),
  ];
}

/** Letters and digits only, in quotes: nothing in it is FTS5's own language. */
function matching(words: string[]): string {
  return words.map((word) => `"${word}"*`).join(' AND ');
}
