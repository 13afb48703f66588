// The answers of the last 30 nights, kept for anybody who asks what became of a file.

import { desc, eq, isNotNull, ne, sql } from 'drizzle-orm';
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
  const wanted = id === undefined ? isNotNull(imports.report) : eq(imports.id, id);
  const { found, nights } = await batch(db, {
    found: db
      .select({ ...NIGHT, report: imports.report })
      .from(imports)
      .where(wanted)
      .orderBy(desc(imports.id))
      .limit(1),
    nights: selectNights(db).where(isNotNull(imports.report)),
  });
  const [newest] = found;
  return {
    report: newest?.report ? { ...newest, report: JSON.parse(newest.report) as KeptReport } : undefined,
    nights: nights.map(({ isKept: _, ...night }): Night => withCounts(night)),
  };
}

/** One import with its report; undefined when none is kept under that number. */
export async function readOneReport(
  db: Db,
  id: number,
): Promise<(Night & { report: KeptReport }) | undefined> {
  const [found] = await db
    .select({ ...NIGHT, report: imports.report })
    .from(imports)
    .where(eq(imports.id, id));
  return found?.report ? { ...found, report: JSON.parse(found.report) as KeptReport } : undefined;
}

/** The newest imports, also the one that runs and those without a report; what was only compared is none. */
export async function lastImports(db: Db, most: number): Promise<(Night & { isKept: boolean })[]> {
  const nights = await selectNights(db).where(ne(imports.state, 'tried')).limit(most);
  return nights.map(({ isKept, ...night }) => ({ ...withCounts(night), isKept: Boolean(isKept) }));
}

const NIGHT = {
  id: imports.id,
  kind: imports.kind,
  state: imports.state,
  at: imports.startedAt,
  sentBy: imports.sentBy,
};

function selectNights(db: Db) {
  const counts = sql<string | null>`${imports.report}->>'counts'`;
  return db
    .select({ ...NIGHT, counts, isKept: isNotNull(imports.report) })
    .from(imports)
    .orderBy(desc(imports.id))
    .$dynamic();
}

function withCounts({ counts, ...night }: Omit<Night, 'counts'> & { counts: string | null }): Night {
  return { ...night, counts: counts && JSON.parse(counts) };
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
