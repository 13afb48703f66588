// Whether cron is alive: when its jobs last ended.

import { eq } from 'drizzle-orm';
import { runs } from '../schema.ts';
import type { Db } from './db.ts';

type Job = typeof runs.$inferSelect.job;

/** Notes that a job of cron ended well. */
export async function noteRun(db: Db, job: Job, now: number): Promise<void> {
  await db
    .insert(runs)
    .values({ job, endedAt: now })
    .onConflictDoUpdate({ target: runs.job, set: { endedAt: now } });
}

/** When a job last ended, in ms; null when it never has. */
export async function lastRun(db: Db, job: Job): Promise<number | null> {
  const [row] = await db.select({ endedAt: runs.endedAt }).from(runs).where(eq(runs.job, job));
  return row?.endedAt ?? null;
}
