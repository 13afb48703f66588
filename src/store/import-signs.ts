// Signs that a file is not what it should be, which only show beside what was there before.

import { and, eq, sql } from 'drizzle-orm';
import { type Db, statement } from './db.ts';
import { imports } from './schema.ts';

/** Whether the file of an import ended with a line break. */
export async function endedWhole(db: Db, importId: number): Promise<boolean> {
  const found = await db
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.id, importId), eq(imports.endsOpen, false)));
  return found.length > 0;
}

/** Whether nearly all new references are those of present clients with one digit more: the last one, as the notice prints it. */
export async function areLengthened(db: Db, importId: number, created: number): Promise<boolean> {
  const [row] = await statement<{ lengthened: number }>(
    db,
    sql`SELECT count(*) AS lengthened FROM staged_lines AS s WHERE s.import_id = ${importId} AND s.verdict IS NULL
    AND EXISTS (SELECT 1 FROM clients AS c WHERE c.kind = s.kind AND c.left_at IS NULL
      AND c.reference_key = substr(s.reference_key, 1, length(s.reference_key) - 1))`,
  );
  return (row?.lengthened ?? 0) >= created * 0.9;
}
