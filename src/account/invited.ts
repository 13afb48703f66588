// Whom a letter on paper invites to sign up: who is in the file, is not held, and has no account yet.

import { sql } from 'drizzle-orm';
import { NAMED_CLIENT, type NamedClient } from '../client/rows.ts';
import { LETTERS } from '../numbers.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import type { ActKind } from '../schema.ts';
import { type Act, noteAct } from '../staff/acts.ts';

/** What a letter says of its client. */
export type Invited = NamedClient & {
  sector: string | null;
};

/** A run of letters: `total` are to be invited in all, `before` of them stood in earlier runs. */
export type Run = { letters: Invited[]; total: number; before: number };

/** Condition: the client `c` may be invited. */
const isInvited = sql`c.left_at IS NULL AND c.held_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM accounts AS a WHERE a.client_id = c.id AND a.state <> 'closed')`;

const columns = sql`${NAMED_CLIENT}, c.sector AS "sector"`;

/**
 * Makes a run, with its row in the journal, in one round trip: the clients behind `after` in the order of their ids, so that
 * somebody who opens an account between two runs moves nobody out of the next.
 * @param sector null for the whole file
 */
export async function makeRun(
  db: Db,
  { agent, sector, after, now }: { agent: string; sector: string | null; after: number; now: number },
): Promise<Run> {
  const those = sql`FROM clients AS c WHERE ${sector === null ? sql`1` : sql`c.sector = ${sector}`} AND ${isInvited}`;
  const some = sql`${those} AND c.id > ${after} ORDER BY c.id LIMIT ${LETTERS.perRun}`;
  const kind: ActKind = 'print_letters';
  const { letters, counts } = await batch(db, {
    noted: statement(
      db,
      sql`INSERT INTO acts (id, agent, kind, words, at)
      SELECT ${crypto.randomUUID()}, ${agent}, ${kind}, concat_ws(', ', ${sector}, n), ${now}
      FROM (SELECT count(*) AS n FROM (SELECT 1 ${some})) WHERE n > 0`,
    ),
    letters: statement<Invited>(db, sql`SELECT ${columns} ${some}`),
    counts: statement<{ total: number; before: number }>(
      db,
      sql`SELECT count(*) AS total, count(*) FILTER (WHERE c.id <= ${after}) AS before ${those}`,
    ),
  });
  return { letters, total: 0, before: 0, ...counts[0] };
}

/** Notes a letter to one client. @returns undefined when the client may not be invited (any more): nothing is noted then */
export async function makeLetter(db: Db, act: Act, now: number): Promise<Invited | undefined> {
  const { letters } = await batch(db, {
    noted: noteAct(db, act, isInvited, now),
    letters: statement<Invited>(
      db,
      sql`SELECT ${columns} FROM clients AS c WHERE c.id = ${act.clientId} AND ${isInvited}`,
    ),
  });
  return letters[0];
}
