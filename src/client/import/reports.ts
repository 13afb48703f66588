// The answers of the last 30 nights, kept for anybody who asks what became of a file.

import { desc, eq, isNotNull, sql } from 'drizzle-orm';
import { batch, type Db, statement } from '../../platform/db.ts';
import { imports } from '../../schema.ts';
import type { ImportReport, KeptReport, Night } from './guards.ts';

/** The JSON of a report, for `endImport`. */
export function reportToKeep(report: ImportReport | KeptReport): string {
  return JSON.stringify({ ...report, rejectedCsv: undefined });
}

/**
 * One night with its report, the newest unless another is named, and the nights that are kept, the newest first.
 * @returns undefined for the report when there is no such night
 */
export async function readReports(db: Db, id?: number) {
  const night = { id: imports.id, kind: imports.kind, state: imports.state, at: imports.startedAt };
  const wanted = id === undefined ? isNotNull(imports.report) : eq(imports.id, id);
  const { found, nights } = await batch(db, {
    found: db
      .select({ ...night, report: imports.report })
      .from(imports)
      .where(wanted)
      .orderBy(desc(imports.id))
      .limit(1),
    nights: db
      .select({ ...night, counts: sql<string | null>`${imports.report}->>'counts'` })
      .from(imports)
      .where(isNotNull(imports.report))
      .orderBy(desc(imports.id)),
  });
  const [newest] = found;
  return {
    report: newest?.report ? { ...newest, report: JSON.parse(newest.report) as KeptReport } : undefined,
    nights: nights.map(({ counts, ...one }) => ({ ...one, counts: counts && JSON.parse(counts) })) as Night[],
  };
}

/** When a client file was last applied (ms); null when none ever was. */
export async function lastAppliedFile(db: Db): Promise<number | null> {
  const [row] = await statement<{ at: number | null }>(
    db,
    sql`SELECT max(finished_at) AS at FROM imports WHERE state = 'applied' AND kind = 'file'`,
  );
  return row?.at ?? null;
}

/** Statement: the newest import that changed the clients, `{ id }`. */
export function readNewestChange(db: Db) {
  return statement<{ id: number }>(
    db,
    sql`SELECT coalesce(max(id), 0) AS "id" FROM imports WHERE has_changed`,
  );
}
