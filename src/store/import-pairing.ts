// Who is who from night to night, decided in SQL over the staged lines of one import.
//
// Within one kind and reference: identical people first (a present client before one who left), then a line and a
// present client that share the folded name or the whole birth date (for suppliers the SIRET) and have no other
// choice: a correction. A line with two choices, or one of two lines for a client, is ambiguous and rejected. What
// is left over is another person: a new client here, one who left there. So a reused number hands no account on.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, statement } from './db.ts';

const sameGroup = sql`c.kind = s.kind AND c.reference_key = s.reference_key`;
/** Empty where neither is known: then the name alone tells one client from another. */
const proof = sql`coalesce(c.birth_date, c.siret, '')`;

/** Of a line `s` that is being staged: the client `c` who is the same person, and what becomes of the two. */
export const identical = {
  client: sql`c.id = (SELECT c.id FROM clients AS c
    WHERE ${sameGroup} AND c.name_key = s.name_key AND ${proof} = s.proof
    ORDER BY c.left_at IS NOT NULL, c.id LIMIT 1)`,
  verdict: sql`CASE WHEN s.reference IS NULL THEN 'rejected' WHEN c.id IS NULL THEN NULL
    WHEN c.left_at IS NOT NULL THEN 'back'
    WHEN c.reference = s.reference AND coalesce(c.family_name, c.company_name) = s.name
      AND c.given_name IS s.given_name AND c.email IS s.email THEN 'same' ELSE 'changed' END`,
};

/** Statements, in their order, once all lines are staged; a line left without verdict is a new client. */
export function pairLines(db: Db, importId: number) {
  return [markRepeated(db, importId), pairCorrected(db, importId)] as const;
}

/** One person on several lines of the file: the first one counts. */
function markRepeated(db: Db, importId: number) {
  const who = sql`kind, reference_key, name_key, proof`;
  return statement(
    db,
    sql`
    UPDATE staged_lines AS s SET verdict = 'repeated', detail = d.first, client_id = NULL
    FROM (SELECT ${who}, min(line) AS first FROM staged_lines
      WHERE import_id = ${importId} AND reference IS NOT NULL GROUP BY ${who} HAVING count(*) > 1) AS d
    WHERE s.import_id = ${importId} AND s.line <> d.first AND s.kind = d.kind
      AND s.reference_key = d.reference_key AND s.name_key = d.name_key AND s.proof = d.proof`,
  );
}

/** A date of which the day is unknown proves nothing: thousands share it. */
function pairCorrected(db: Db, importId: number) {
  const alike = sql`(c.name_key = s.name_key OR (${proof} = s.proof AND s.proof <> '' AND s.proof NOT LIKE '%-00'))`;
  return statement(
    db,
    sql`
    UPDATE staged_lines AS t SET
      client_id = iif(p.clients = 1 AND p.lines = 1, p.client_id, NULL),
      verdict = iif(p.clients = 1 AND p.lines = 1, 'changed', 'ambiguous')
    FROM (SELECT s.line, c.id AS client_id, count(*) OVER (PARTITION BY s.line) AS clients,
        count(*) OVER (PARTITION BY c.id) AS lines
      FROM staged_lines AS s CROSS JOIN clients AS c
      WHERE s.import_id = ${importId} AND s.verdict IS NULL AND ${sameGroup} AND c.left_at IS NULL AND ${alike}
        AND c.id NOT IN (${claimed(importId)})) AS p
    WHERE t.import_id = ${importId} AND t.line = p.line`,
  );
}

function claimed(importId: number): SQL {
  return sql`SELECT client_id FROM staged_lines WHERE import_id = ${importId} AND client_id IS NOT NULL`;
}

/**
 * Condition: the present client `c` is missing from the file. Nobody leaves whose reference stands on a rejected
 * line, under either kind when that line's cannot be read: a typing error at the landlord's must not cost a tenant
 * the account.
 */
export function isMissing(importId: number): SQL {
  const refused = sql`FROM staged_lines WHERE import_id = ${importId} AND verdict IN ('rejected', 'ambiguous')
    AND reference_key IS NOT NULL`;
  return sql`c.left_at IS NULL AND c.id NOT IN (${claimed(importId)})
    AND (c.kind, c.reference_key) NOT IN (SELECT kind, reference_key ${refused} AND kind IS NOT NULL)
    AND c.reference_key NOT IN (SELECT reference_key ${refused} AND kind IS NULL)`;
}
