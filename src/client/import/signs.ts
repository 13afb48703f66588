// Signs of a wrong file that only a comparison with the earlier clients and files can show.

import { and, desc, eq, sql } from 'drizzle-orm';
import { type Db, statement } from '../../platform/db.ts';
import { imports } from '../../schema.ts';

/** Whether the last applied file ended with a line break. */
export async function endedWhole(db: Db): Promise<boolean> {
  const [last] = await db
    .select({ endsOpen: imports.endsOpen })
    .from(imports)
    .where(and(eq(imports.state, 'applied'), eq(imports.kind, 'file')))
    .orderBy(desc(imports.id))
    .limit(1);
  return last?.endsOpen === false;
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
