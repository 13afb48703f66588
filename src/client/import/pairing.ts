// Who is who from night to night, over the staged lines of one import.
//
// Within one kind and reference: identical people first, in SQL (a present client before one who left). The other
// lines and present clients are compared as the sign-up compares (`client/same-client.ts`). A line without a match is a new
// client, and a client without a match has left. So a reused number hands no account on.

import { type SQL, sql } from 'drizzle-orm';
import { CLIENT_FILE } from '../../numbers.ts';
import { batch, type Db, statement } from '../../platform/db.ts';
import type { ClientKind } from '../../schema.ts';
import { compareClients, type Pair, type Paired, pairClients } from '../same-client.ts';

const sameGroup = sql`c.kind = s.kind AND c.reference_key = s.reference_key`;
/** Null where neither is known: then the name alone distinguishes one client from another. */
const proof = sql`coalesce(c.birth_date, c.siret)`;

/** Column: the birth date that a client `c` has after a line `s`. A part that the line leaves open is not taken away. */
export const nextBirthDate = sql`iif(s.proof IS NULL OR c.birth_date LIKE replace(s.proof, '-00', '-__'), c.birth_date, s.proof)`;

/** Column: the sector that a client `c` has after a line `s`. A file without that column leaves it as it is. */
export const nextSector = sql`iif(s.sector IS NULL, c.sector, nullif(s.sector, ''))`;

/** Condition: the line `s` says of the client `c` nothing new. */
const isUnchanged = sql`c.reference = s.reference AND coalesce(c.family_name, c.company_name) = s.name
  AND c.given_name IS s.given_name AND c.email IS s.email AND c.sector IS ${nextSector}
  AND iif(c.kind = 'tenant', c.birth_date IS ${nextBirthDate}, c.siret = s.proof)`;

/** Condition: the line `s` corrects the name or the birth date (the SIRET) of the client `c`, not only how they are written. */
export const isCorrected = sql`(c.name_key <> s.name_key
  OR iif(c.kind = 'tenant', c.birth_date IS NOT ${nextBirthDate}, c.siret <> s.proof))`;

/** Of a line `s` that is being staged: the client `c` who is the same person, and the verdict on the two. */
export const identical = {
  client: sql`c.id = (SELECT c.id FROM clients AS c
    WHERE ${sameGroup} AND c.name_key = s.name_key AND ${proof} IS s.proof
    ORDER BY c.left_at IS NOT NULL, c.id LIMIT 1)`,
  verdict: sql`CASE WHEN s.reference IS NULL THEN 'rejected' WHEN c.id IS NULL THEN NULL
    WHEN c.left_at IS NOT NULL THEN 'back' WHEN ${isUnchanged} THEN 'same' ELSE 'changed' END`,
};

/** Pairs lines and clients once all lines are staged; a line left without verdict is a new client. */
export async function pairLines(db: Db, importId: number, renew: () => Promise<void>): Promise<void> {
  const { pairs } = await batch(db, {
    repeated: markRepeated(db, importId),
    staged: stagePairs(db, importId),
    pairs: readPairs(db, importId, 0),
  });
  for (let page = pairs; page.length > 0; ) {
    const { paired, next } = pairPage(page);
    await writePaired(db, importId, paired);
    await renew();
    page = next === undefined ? [] : await readPairs(db, importId, next);
  }
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
      AND s.reference_key = d.reference_key AND s.name_key = d.name_key AND s.proof IS d.proof`,
  );
}

/** Of all pairs that one reference allows, only those that share a part of the birth date, or the company. */
function stagePairs(db: Db, importId: number) {
  const mayBeAlike = sql`(${proof} IS NULL OR s.proof IS NULL OR substr(${proof}, 1, 4) = substr(s.proof, 1, 4)
    OR substr(${proof}, 6) = substr(s.proof, 6) OR (c.kind = 'supplier' AND c.name_key = s.name_key))`;
  return statement(
    db,
    sql`
    INSERT INTO staged_pairs (import_id, line_id, client_id)
    SELECT ${importId}, s.rowid, c.id FROM staged_lines AS s CROSS JOIN clients AS c
    WHERE s.import_id = ${importId} AND s.verdict IS NULL AND ${sameGroup} AND c.left_at IS NULL AND ${mayBeAlike}
      AND c.id NOT IN (${claimed(importId)})
    ORDER BY s.kind, s.reference_key`,
  );
}

type PairRow = {
  id: number;
  kind: ClientKind;
  referenceKey: string;
  lineId: number;
  clientId: number;
  hasAccount: 0 | 1;
  name: string;
  givenName: string | null;
  proof: string | null;
  knownName: string;
  knownGivenName: string | null;
  knownProof: string | null;
};

/** The pairs behind a place, with the data to compare: those of one reference stand together. */
function readPairs(db: Db, importId: number, behind: number) {
  return statement<PairRow>(
    db,
    sql`
    SELECT p.id, p.line_id AS "lineId", p.client_id AS "clientId", s.kind, s.reference_key AS "referenceKey",
      s.name, s.given_name AS "givenName", s.proof, coalesce(c.family_name, c.company_name) AS "knownName",
      c.given_name AS "knownGivenName", ${proof} AS "knownProof",
      EXISTS (SELECT 1 FROM accounts WHERE client_id = c.id AND state <> 'closed') AS "hasAccount"
    FROM staged_pairs AS p CROSS JOIN staged_lines AS s ON s.rowid = p.line_id CROSS JOIN clients AS c ON c.id = p.client_id
    WHERE p.import_id = ${importId} AND p.id > ${behind} ORDER BY p.id LIMIT ${CLIENT_FILE.pairsAtOnce}`,
  );
}

const referenceOf = ({ kind, referenceKey }: PairRow) => `${kind} ${referenceKey}`;

/**
 * The pairs of a page, and where the next one begins. A full page may end within a reference, which is then read again
 * with the next; the lines of a reference that alone fills a page cannot be paired.
 */
function pairPage(page: PairRow[]): { paired: Paired; next: number | undefined } {
  const last = page.at(-1);
  if (!last || page.length < CLIENT_FILE.pairsAtOnce) return { paired: pairAll(page), next: undefined };
  const whole = page.filter((row) => referenceOf(row) !== referenceOf(last));
  if (whole.length > 0) return { paired: pairAll(whole), next: whole.at(-1)?.id };
  const lines = new Set(page.map(({ lineId }) => lineId));
  return { paired: { pairs: [], ambiguous: [...lines] }, next: last.id };
}

function pairAll(rows: PairRow[]): Paired {
  const paired = [...Map.groupBy(rows, referenceOf).values()].map((group) =>
    pairClients(group.map(compared)),
  );
  return {
    pairs: paired.flatMap(({ pairs }) => pairs),
    ambiguous: paired.flatMap(({ ambiguous }) => ambiguous),
  };
}

function compared(row: PairRow): Pair {
  const known = { name: row.knownName, givenName: row.knownGivenName, proof: row.knownProof };
  return {
    line: row.lineId,
    client: row.clientId,
    likeness: compareClients(row.kind, known, row),
    hasAccount: row.hasAccount === 1,
  };
}

async function writePaired(db: Db, importId: number, { pairs, ambiguous }: Paired): Promise<void> {
  await batch(db, {
    paired: statement(
      db,
      sql`
      -- Each line of a pair gets its client, and whether it says something new of it.
      UPDATE staged_lines AS t SET client_id = found.client_id, verdict = found.verdict
      -- The pairs as they were found, with both sides; a line that has its verdict already keeps it.
      FROM (SELECT s.rowid AS line_id, c.id AS client_id, iif(${isUnchanged}, 'same', 'changed') AS verdict
        FROM json_each(${JSON.stringify(pairs)}) AS pair
        CROSS JOIN staged_lines AS s ON s.rowid = pair.value->>'line'
        CROSS JOIN clients AS c ON c.id = pair.value->>'client'
        WHERE s.import_id = ${importId} AND s.verdict IS NULL) AS found
      WHERE t.rowid = found.line_id`,
    ),
    doubtful: statement(
      db,
      sql`UPDATE staged_lines SET verdict = 'ambiguous' WHERE import_id = ${importId}
        AND rowid IN (SELECT value FROM json_each(${JSON.stringify(ambiguous)}))`,
    ),
  });
}

function claimed(importId: number): SQL {
  return sql`SELECT client_id FROM staged_lines WHERE import_id = ${importId} AND client_id IS NOT NULL`;
}

/**
 * Condition: the present client `c` is missing from the file. A client does not leave while a rejected line bears
 * the reference, under either kind when the line's kind cannot be read: a typing error at the landlord's must not cost a tenant
 * the account.
 */
export function isMissing(importId: number): SQL {
  const refused = sql`FROM staged_lines WHERE import_id = ${importId} AND verdict IN ('rejected', 'ambiguous')
    AND reference_key IS NOT NULL`;
  return sql`c.left_at IS NULL AND c.id NOT IN (${claimed(importId)})
    AND (c.kind, c.reference_key) NOT IN (SELECT kind, reference_key ${refused} AND kind IS NOT NULL)
    AND c.reference_key NOT IN (SELECT reference_key ${refused} AND kind IS NULL)`;
}
