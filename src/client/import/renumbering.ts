// New numbers for the landlord's clients, all or none: the rows stay, and so the accounts follow.

import { sql } from 'drizzle-orm';
import { CLIENT_FILE } from '../../numbers.ts';
import { batch, type Db, statement } from '../../platform/db.ts';
import { NAME_IN_FULL } from '../rows.ts';
import { beginImport, type Ending, endImport, ImportBusy, isApplied, renewLease } from './lease.ts';
import { type NewNumber, type NumberProblem, type NumbersReport, readNumbers } from './new-numbers.ts';
import { reportToKeep } from './reports.ts';

/**
 * Gives clients other numbers, or none when one line is refused.
 * @param isTrial only compares
 * @throws {FileError} when it is no such file, {ImportBusy} when an import runs: nothing changed
 */
export async function renumberClients(db: Db, bytes: Uint8Array, isTrial: boolean): Promise<NumbersReport> {
  const { numbers, problems } = readNumbers(bytes);
  const id = await beginImport(db, 'numbers', Date.now());
  try {
    for (const part of inParts(numbers)) await stage(db, id, part);
    const found = await compare(db, id, problems);
    const outcome = found.refused.length > 0 ? 'refused' : isTrial ? 'tried' : 'applied';
    const report = { outcome, ...found } as const;
    await end(db, id, {
      state: outcome,
      hasChanged: outcome === 'applied',
      report: isTrial ? undefined : reportToKeep(report),
    });
    return report;
  } catch (error) {
    await end(db, id, { state: 'failed' });
    throw error;
  }
}

/** As JSON, each part below D1's limit for a parameter. */
function inParts(numbers: NewNumber[]): string[] {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; at += CLIENT_FILE.pairsAtOnce / 2)
    parts.push(JSON.stringify(numbers.slice(at, at + CLIENT_FILE.pairsAtOnce / 2)));
  return parts;
}

async function stage(db: Db, id: number, part: string): Promise<void> {
  await renewLease(db, id);
  await statement(
    db,
    sql`INSERT INTO staged_numbers (import_id, line, kind, old_key, reference, new_key)
    SELECT ${id}, value->>'line', value->>'kind', value->>'oldKey', value->>'reference', value->>'newKey'
    FROM json_each(${part})`,
  );
}

const isMeant = sql`c.kind = n.kind AND c.reference_key = n.old_key`;
const isSomebodys = sql`EXISTS (SELECT 1 FROM clients AS c WHERE ${isMeant})`;
const isPresents = sql`EXISTS (SELECT 1 FROM clients AS c WHERE ${isMeant} AND c.left_at IS NULL)`;
const changes = (id: number) =>
  sql`EXISTS (SELECT 1 FROM staged_numbers AS n WHERE n.import_id = ${id} AND ${isMeant})`;
/** Condition: the present client `c` keeps its number. */
const keeps = (id: number) => sql`c.left_at IS NULL AND c.reference_key <> '' AND NOT ${changes(id)}`;

/** The effect of giving the staged numbers, and the faults that stand in the way. */
async function compare(db: Db, id: number, problems: NumberProblem[]) {
  const { counted, taken, same, ...lists } = await batch(db, {
    counted: countNumbers(db, id),
    taken: listTaken(db, id),
    same: listSamePerson(db, id),
    unknown: listUnknown(db, id),
    untouched: listUntouched(db, id),
  });
  const [counts] = counted;
  if (!counts) throw new Error('A count without a row');
  const refused = [
    ...problems,
    ...taken.map((one) => ({ ...one, column: 'nouvelle' as const, reason: 'taken' as const })),
    ...same.map((one) => ({ ...one, column: 'nouvelle' as const, reason: 'same_person' as const })),
  ];
  return {
    counts: { ...counts, refused: refused.length },
    refused: refused.slice(0, CLIENT_FILE.listed),
    ...lists,
  };
}

function countNumbers(db: Db, id: number) {
  return statement<Omit<NumbersReport['counts'], 'refused'>>(
    db,
    sql`SELECT count(*) AS lines, count(*) FILTER (WHERE NOT ${isSomebodys}) AS unknown,
      (SELECT count(*) FROM clients AS c WHERE ${changes(id)}) AS clients,
      (SELECT count(*) FROM clients AS c WHERE ${keeps(id)}) AS untouched,
      (SELECT count(*) FROM accounts AS a JOIN clients AS c ON c.id = a.client_id
        WHERE a.state <> 'closed' AND ${changes(id)}) AS accounts
    FROM staged_numbers AS n WHERE n.import_id = ${id}`,
  );
}

/** A present client has the new number and keeps it: two strangers would stand under one. */
function listTaken(db: Db, id: number) {
  return statement<{ line: number; value: string }>(
    db,
    sql`SELECT n.line, n.reference AS value
    FROM staged_numbers AS n CROSS JOIN clients AS c ON c.kind = n.kind AND c.reference_key = n.new_key
    WHERE n.import_id = ${id} AND ${keeps(id)} AND ${isPresents}
    GROUP BY n.line ORDER BY n.line LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** Two numbers become one, and the same person has both: nobody could say which account is hers. */
function listSamePerson(db: Db, id: number) {
  return statement<{ line: number; value: string }>(
    db,
    sql`SELECT max(n.line) AS line, n.reference AS value FROM staged_numbers AS n CROSS JOIN clients AS c ON ${isMeant}
    WHERE n.import_id = ${id} AND c.left_at IS NULL
    GROUP BY n.kind, n.new_key, c.name_key, coalesce(c.birth_date, c.siret) HAVING count(*) > 1
    ORDER BY 1 LIMIT ${CLIENT_FILE.listed}`,
  );
}

function listUnknown(db: Db, id: number) {
  return statement<{ line: number; reference: string }>(
    db,
    sql`SELECT n.line, n.old_key AS reference FROM staged_numbers AS n
    WHERE n.import_id = ${id} AND NOT ${isSomebodys} ORDER BY n.line LIMIT ${CLIENT_FILE.listed}`,
  );
}

function listUntouched(db: Db, id: number) {
  return statement<{ reference: string; name: string }>(
    db,
    sql`SELECT c.reference, ${NAME_IN_FULL} AS name
    FROM clients AS c WHERE ${keeps(id)} ORDER BY c.id LIMIT ${CLIENT_FILE.listed}`,
  );
}

/** Ends it; when it is applied, the new numbers are given in the same batch. */
async function end(db: Db, id: number, ending: Ending): Promise<void> {
  const { ended, ...cleared } = endImport(db, id, ending, Date.now());
  const given = statement(
    db,
    sql`UPDATE clients AS c SET reference = n.reference, reference_key = n.new_key FROM staged_numbers AS n
    WHERE n.import_id = ${id} AND ${isMeant} AND ${isApplied(id)}`,
  );
  const steps = await batch(db, { ended, given, ...cleared });
  if (ending.state === 'applied' && steps.ended.length === 0) throw new ImportBusy();
}
