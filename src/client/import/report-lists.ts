// The statements behind the report of an import: what becomes of its staged lines, counted and listed.

import { type SQL, sql } from 'drizzle-orm';
import { CLIENT_FILE } from '../../numbers.ts';
import { type Db, statement } from '../../platform/db.ts';
import { NAME_IN_FULL } from '../rows.ts';
import type { ImportReport } from './guards.ts';
import { countNewFaults, isIncomplete } from './known-faults.ts';
import { isCorrected, isMissing, nextBirthDate, nextSector } from './pairing.ts';

/** How many lines become what, and how many clients no line names. */
export function countVerdicts(db: Db, importId: number) {
  return statement<ImportReport['counts']>(
    db,
    sql`
    -- The lines by what becomes of them.
    SELECT count(*) AS lines, count(*) FILTER (WHERE verdict IS NULL) AS created,
      count(*) FILTER (WHERE verdict = 'changed') AS changed, count(*) FILTER (WHERE verdict = 'same') AS unchanged,
      count(*) FILTER (WHERE verdict = 'back') AS back, count(*) FILTER (WHERE verdict = 'repeated') AS repeated,
      count(*) FILTER (WHERE verdict IN ('rejected', 'ambiguous')) AS rejected,
      count(*) FILTER (WHERE ${isIncomplete}) AS incomplete, ${countNewFaults(importId)} AS "newFaults",
      -- The clients as they are, and those whom no line names.
      (SELECT count(*) FROM clients WHERE left_at IS NULL) AS present,
      (SELECT count(*) FROM clients AS c WHERE ${isMissing(importId)}) AS "left"
    FROM staged_lines AS s WHERE import_id = ${importId}`,
  );
}

const openAccount = sql`(SELECT state FROM accounts WHERE client_id = c.id AND state <> 'closed')`;

/** Those with an account first: nobody's account is lost without being named. */
export function listLeft(db: Db, importId: number, isAny: SQL) {
  return statement<ImportReport['left'][number]>(
    db,
    sql`
    SELECT c.reference, ${NAME_IN_FULL} AS name, ${openAccount} AS account
    FROM clients AS c WHERE ${isAny} AND ${isMissing(importId)}
    ORDER BY account IS NULL, c.id LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** Accounts whose client has another name or birth date tonight. */
export function listCorrected(db: Db, importId: number, isAny: SQL) {
  return statement<ImportReport['corrected'][number]>(
    db,
    sql`
    SELECT s.line, s.reference, ${openAccount} AS account,
      concat_ws(' ', ${NAME_IN_FULL}, coalesce(c.birth_date, c.siret)) AS "before",
      concat_ws(' ', s.name, s.given_name, iif(c.kind = 'tenant', ${nextBirthDate}, s.proof)) AS "after"
    FROM staged_lines AS s CROSS JOIN clients AS c
    WHERE ${isAny} AND s.import_id = ${importId} AND s.verdict = 'changed' AND c.id = s.client_id
      AND ${isCorrected} AND ${openAccount} IS NOT NULL
    ORDER BY s.line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** The columns of the file that differ, under their names there. */
export function listChanged(db: Db, importId: number) {
  const nameOrCompany = sql`iif(c.kind = 'tenant', 'nom', 'raison_sociale')`;
  const proof = sql`iif(c.kind = 'tenant', 'date_naissance', 'siret')`;
  const isOtherProof = sql`iif(c.kind = 'tenant', c.birth_date IS NOT ${nextBirthDate}, c.siret <> s.proof)`;
  const differs = sql`json_array(
    iif(c.reference <> s.reference, 'reference', NULL),
    iif(coalesce(c.family_name, c.company_name) <> s.name, ${nameOrCompany}, NULL),
    iif(c.given_name IS NOT s.given_name, 'prenom', NULL),
    iif(${isOtherProof}, ${proof}, NULL),
    iif(c.email IS NOT s.email, 'email', NULL),
    iif(c.sector IS NOT ${nextSector}, 'secteur', NULL))`;
  return statement<{ line: number; reference: string; columns: string }>(
    db,
    sql`
    SELECT s.line, s.reference, ${differs} AS columns
    FROM staged_lines AS s CROSS JOIN clients AS c
    WHERE s.import_id = ${importId} AND s.verdict = 'changed' AND c.id = s.client_id
    ORDER BY s.line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** Those who had left. */
export function listBack(db: Db, importId: number) {
  return statement<{ line: number; reference: string }>(
    db,
    sql`SELECT line, reference FROM staged_lines WHERE import_id = ${importId} AND verdict = 'back'
    ORDER BY line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** Lines without a given name or a birth date: nobody can sign up with them. */
export function listIncomplete(db: Db, importId: number, isAny: SQL) {
  return statement<Pick<RejectedRow, 'line' | 'givenName' | 'proof'> & { reference: string }>(
    db,
    sql`SELECT line, reference, given_name AS "givenName", proof FROM staged_lines AS s
    WHERE ${isAny} AND import_id = ${importId} AND ${isIncomplete} ORDER BY line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** A line that was not taken, as it was staged. */
export type RejectedRow = {
  line: number;
  kind: string | null;
  reference: string | null;
  name: string | null;
  givenName: string | null;
  proof: string | null;
  email: string | null;
  detail: string | null;
};

/** Lines that are wrong, or may mean either of two clients. */
export function listRejected(db: Db, importId: number) {
  return statement<RejectedRow>(
    db,
    sql`
    SELECT line, kind, reference, name, given_name AS "givenName", proof, email, detail FROM staged_lines
    WHERE import_id = ${importId} AND verdict IN ('rejected', 'ambiguous')
    ORDER BY line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** Lines that stand in the file before. */
export function listRepeated(db: Db, importId: number) {
  return statement<{ line: number; first: number }>(
    db,
    sql`SELECT line, CAST(detail AS INTEGER) AS first FROM staged_lines
    WHERE import_id = ${importId} AND verdict = 'repeated' ORDER BY line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/**
 * Accounts whose client leaves: active ones are refused once the days of grace are over, pending ones match nobody; and
 * those whose client is corrected.
 */
export function countAccounts(db: Db, importId: number, isAnyLeft: SQL, isAnyChanged: SQL) {
  const corrected = sql`SELECT c.id FROM staged_lines AS s CROSS JOIN clients AS c ON c.id = s.client_id
    WHERE s.import_id = ${importId} AND s.verdict = 'changed' AND ${isCorrected}`;
  return statement<ImportReport['follows']>(
    db,
    sql`
    SELECT count(*) FILTER (WHERE a.state = 'active' AND ${isAnyLeft} AND ${isMissing(importId)}) AS "accountsLeft",
      count(*) FILTER (WHERE a.state = 'pending' AND ${isAnyLeft} AND ${isMissing(importId)}) AS "pendingLeft",
      count(*) FILTER (WHERE ${isAnyChanged} AND c.id IN (${corrected})) AS "accountsCorrected"
    FROM accounts AS a JOIN clients AS c ON c.id = a.client_id WHERE a.state <> 'closed' AND (${isAnyLeft} OR ${isAnyChanged})`,
  );
}
