// The faults of the last applied file's lines: the same faults tonight stop nothing.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, statement } from '../../platform/db.ts';
import type { ImportCounts } from './guards.ts';
import { isApplied } from './lease.ts';

/** Condition: the staged line `s` is of a client without a birth date or a given name. It is kept, and opens no account from the web. */
export const isIncomplete = sql`(s.kind = 'tenant' AND s.reference IS NOT NULL AND (s.proof IS NULL OR s.given_name IS NULL)
  AND coalesce(s.verdict, '') NOT IN ('repeated', 'ambiguous'))`;

/** The fault of a staged line `s`, or NULL: the same from night to night, even when the rest of the line changes. */
const fault = sql`CASE WHEN s.verdict = 'rejected' THEN s.detail->>'fault'
  WHEN s.verdict = 'ambiguous' THEN 'ambiguous ' || s.kind || ' ' || s.reference_key
  WHEN ${isIncomplete} THEN 'incomplete ' || s.kind || ' ' || s.reference_key END`;

function tonight(importId: number): SQL {
  return sql`(SELECT ${fault} AS fault, count(*) AS lines FROM staged_lines AS s
    WHERE s.import_id = ${importId} GROUP BY fault HAVING fault IS NOT NULL)`;
}

/**
 * Column: how many lines have a fault that the last applied file did not have, or not as often. Before the first file
 * there is nothing to compare with: shops and associations are no fault then, rejected lines are.
 */
export function countNewFaults(importId: number): SQL {
  const isFirst = sql`NOT EXISTS (SELECT 1 FROM imports WHERE kind = 'file' AND state = 'applied')`;
  return sql`(SELECT coalesce(sum(max(0, t.lines - coalesce(k.lines, 0))), 0)
    FROM ${tonight(importId)} AS t LEFT JOIN known_faults AS k ON k.fault = t.fault
    WHERE NOT (${isFirst} AND t.fault LIKE 'incomplete %'))`;
}

/** Statements, to follow the one that marks the import as applied: its faults are the known ones now. */
export function rememberFaults(db: Db, importId: number, { rejected, incomplete }: ImportCounts) {
  if (rejected + incomplete === 0)
    return [statement(db, sql`DELETE FROM known_faults WHERE ${isApplied(importId)}`)];
  return [
    statement(
      db,
      sql`DELETE FROM known_faults WHERE ${isApplied(importId)} AND fault NOT IN (SELECT fault FROM ${tonight(importId)})`,
    ),
    statement(
      db,
      sql`INSERT INTO known_faults (fault, lines) SELECT fault, lines FROM ${tonight(importId)} WHERE ${isApplied(importId)}
        ON CONFLICT (fault) DO UPDATE SET lines = excluded.lines WHERE lines <> excluded.lines`,
    ),
  ];
}
