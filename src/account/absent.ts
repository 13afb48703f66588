// Who has no account yet, and why as far as it is known.

import { type SQL, sql } from 'drizzle-orm';
import { NAMED_CLIENT, type NamedClient } from '../client/rows.ts';
import { SIGN_UPS } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { ACTIVATION_FATE } from './sign-up-counts.ts';

/**
 * Why somebody has no account.
 * - `held`: the landlord lets nobody open one; `refused`: the activation mail was refused or given up; `on_its_way`: it has
 *   not arrived yet; `not_activated`: it left, and no password was chosen.
 * - `code`: a code on paper waits to be used; `request`: a help request waits for the file; `closed`: there was an account.
 */
export type WhyAbsent =
  | 'held'
  | 'refused'
  | 'on_its_way'
  | 'not_activated'
  | 'code'
  | 'request'
  | 'closed'
  | 'not_asked';

/** A client who is present and has no account in force. */
export type Absent = NamedClient & {
  sector: string | null;
  /** 1 when the file has an e-mail address. */
  hasEmail: number;
  why: WhyAbsent;
};

/** Of which sector: of any when left out, of none when null. */
export type AbsentFilter = { sector?: string | null; isHeldToo: boolean };

/** Query: the next of them by id, behind the one given. */
export function readAbsent(
  db: Db,
  { sector, isHeldToo }: AbsentFilter,
  after: number,
  most: number,
  now: number,
) {
  const ofSector =
    sector === undefined ? sql`true` : sector === null ? sql`c.sector IS NULL` : sql`c.sector = ${sector}`;
  return statement<Absent>(
    db,
    sql`SELECT ${NAMED_CLIENT}, c.sector AS "sector",
      c.email IS NOT NULL AS "hasEmail", ${why(now)} AS "why"
    FROM clients AS c LEFT JOIN accounts AS a ON a.client_id = c.id AND a.state <> 'closed'
    WHERE c.id > ${after} AND c.left_at IS NULL AND coalesce(a.state, 'pending') = 'pending' AND ${ofSector}
      AND ${isHeldToo ? sql`true` : sql`c.held_at IS NULL`}
    ORDER BY c.id LIMIT ${most}`,
  );
}

function why(now: number): SQL {
  const code = sql`SELECT 1 FROM codes AS o WHERE o.client_id = c.id AND o.used_at IS NULL AND o.expires_at > ${now}`;
  const request = sql`SELECT 1 FROM help_requests AS r WHERE r.client_id = c.id AND r.state IN ('open', 'waiting')`;
  return sql`CASE WHEN c.held_at IS NOT NULL THEN 'held'
    WHEN a.id IS NOT NULL THEN CASE WHEN ${ACTIVATION_FATE} IN ('refused', 'failed') THEN 'refused'
      WHEN ${ACTIVATION_FATE} IN ('sent', 'delivered') THEN 'not_activated' ELSE 'on_its_way' END
    WHEN EXISTS (${code}) THEN 'code' WHEN EXISTS (${request}) THEN 'request'
    WHEN EXISTS (SELECT 1 FROM accounts AS former WHERE former.client_id = c.id) THEN 'closed' ELSE 'not_asked' END`;
}

/** All of them as they are read, piece by piece: a million need no more memory than some thousands. */
export async function* eachAbsent(db: Db, filter: AbsentFilter, now: number): AsyncGenerator<Absent[]> {
  let after = 0;
  for (;;) {
    const rows = await readAbsent(db, filter, after, SIGN_UPS.perRead, now);
    if (rows.length > 0) yield rows;
    if (rows.length < SIGN_UPS.perRead) return;
    after = rows.at(-1)?.id ?? after;
  }
}
