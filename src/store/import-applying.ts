// What an import does to the clients, once its own row is `applied` in the same batch: who is missing has left, who is
// known is corrected or back, who is new is added.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, statement } from './db.ts';
import { isMissing } from './import-pairing.ts';

/** Statements, to follow the one that marks the import as applied; without it they do nothing. */
export function applyLines(db: Db, id: number, now: number) {
  return [markLeft(db, id, now), changeClients(db, id, now), createClients(db, id, now)] as const;
}

const isApplied = (id: number) => sql`EXISTS (SELECT 1 FROM imports WHERE id = ${id} AND state = 'applied')`;

function markLeft(db: Db, id: number, now: number) {
  return statement(
    db,
    sql`UPDATE clients AS c SET left_at = ${now} WHERE ${isMissing(id)} AND ${isApplied(id)}`,
  );
}

/** A client keeps its row, and so its account, through a correction and through an absence. */
function changeClients(db: Db, id: number, now: number) {
  const ofTenant = (column: SQL) => sql`iif(s.kind = 'tenant', ${column}, NULL)`;
  const ofSupplier = (column: SQL) => sql`iif(s.kind = 'supplier', ${column}, NULL)`;
  return statement(
    db,
    sql`
    UPDATE clients AS c SET reference = s.reference, reference_key = s.reference_key, name_key = s.name_key, family_name = ${ofTenant(sql`s.name`)},
      given_name = s.given_name, birth_date = ${ofTenant(sql`nullif(s.proof, '')`)}, company_name = ${ofSupplier(sql`s.name`)},
      siret = ${ofSupplier(sql`s.proof`)}, email = s.email,
      present_since = iif(c.left_at IS NULL, c.present_since, ${now}), left_at = NULL
    FROM staged_lines AS s
    WHERE s.import_id = ${id} AND s.verdict IN ('changed', 'back') AND c.id = s.client_id AND ${isApplied(id)}`,
  );
}

function createClients(db: Db, id: number, now: number) {
  return statement(
    db,
    sql`
    INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, birth_date,
      company_name, siret, email, present_since)
    SELECT kind, reference, reference_key, name_key, iif(kind = 'tenant', name, NULL), given_name,
      iif(kind = 'tenant', nullif(proof, ''), NULL), iif(kind = 'supplier', name, NULL), iif(kind = 'supplier', proof, NULL),
      email, ${now}
    FROM staged_lines WHERE import_id = ${id} AND verdict IS NULL AND ${isApplied(id)}`,
  );
}
