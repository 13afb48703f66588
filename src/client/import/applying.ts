// Applies an import to the clients, once its own row is `applied` in the same batch: a missing client has left, a known one
// is corrected or back, a new one is added.

import { type SQL, sql } from 'drizzle-orm';
import { VOID_MAILED } from '../../mail/owe.ts';
import { type Db, statement } from '../../platform/db.ts';
import { isApplied } from './lease.ts';
import { isCorrected, isMissing, nextBirthDate, nextSector } from './pairing.ts';

/** Statements, to follow the one that marks the import as applied; without it they do nothing. */
export function applyLines(db: Db, id: number, now: number) {
  return [
    ...endAccess(db, id, now),
    markLeft(db, id, now),
    changeClients(db, id, now),
    createClients(db, id, now),
  ] as const;
}

/**
 * Without this, a correction that is somebody else after all would leave a stranger inside. A client whose name or birth
 * date is corrected proves the mailbox or the password again: sessions, links and codes end, and a pending account is sent
 * another link.
 */
function endAccess(db: Db, id: number, now: number) {
  const corrected = sql`SELECT c.id FROM staged_lines AS s CROSS JOIN clients AS c ON c.id = s.client_id
    WHERE s.import_id = ${id} AND s.verdict = 'changed' AND ${isCorrected}`;
  const accounts = sql`SELECT id FROM accounts WHERE state <> 'closed' AND client_id IN (${corrected}) AND ${isApplied(id)}`;
  return [
    statement(db, sql`DELETE FROM codes WHERE client_id IN (${corrected}) AND ${isApplied(id)}`),
    statement(db, sql`DELETE FROM sessions WHERE account_id IN (${accounts})`),
    statement(
      db,
      sql`UPDATE accounts SET ${VOID_MAILED}, email_version = email_version + 1, new_email = NULL WHERE id IN (${accounts})`,
    ),
    statement(
      db,
      sql`INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
      SELECT lower(hex(randomblob(16))), 'activation', id, email, link_version, lower(hex(randomblob(32))), ${now}, ${now}
      FROM accounts WHERE state = 'pending' AND id IN (${accounts})`,
    ),
  ] as const;
}

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
      given_name = s.given_name, birth_date = ${ofTenant(nextBirthDate)}, company_name = ${ofSupplier(sql`s.name`)},
      siret = ${ofSupplier(sql`s.proof`)}, email = s.email, sector = ${nextSector},
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
      company_name, siret, email, sector, present_since)
    SELECT kind, reference, reference_key, name_key, iif(kind = 'tenant', name, NULL), given_name,
      iif(kind = 'tenant', proof, NULL), iif(kind = 'supplier', name, NULL), iif(kind = 'supplier', proof, NULL),
      email, nullif(sector, ''), ${now}
    FROM staged_lines WHERE import_id = ${id} AND verdict IS NULL AND ${isApplied(id)}`,
  );
}
