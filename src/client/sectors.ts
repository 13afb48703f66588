// The residences or agencies of the landlord's file.

import { sql } from 'drizzle-orm';
import { SIGN_UPS } from '../numbers.ts';
import type { Db } from '../platform/db.ts';

/**
 * The sectors in which somebody is present, by name. Each step of the recursion seeks the next name in the index, so that a
 * million clients cost as many rows as there are sectors.
 */
export async function readSectors(db: Db): Promise<string[]> {
  const rows = await db.all<{ sector: string }>(sql`
    WITH RECURSIVE names(sector) AS (
      SELECT min(sector) FROM clients WHERE sector IS NOT NULL
      UNION ALL
      SELECT (SELECT min(c.sector) FROM clients AS c WHERE c.sector > names.sector)
      FROM names WHERE names.sector IS NOT NULL
    )
    SELECT sector FROM names
    WHERE EXISTS (SELECT 1 FROM clients AS c WHERE c.sector = names.sector AND c.left_at IS NULL) LIMIT ${SIGN_UPS.listed}`);
  return rows.map(({ sector }) => sector).sort(new Intl.Collator('fr', { numeric: true }).compare);
}
