// How far the clients have come, in numbers: counted each night by month and sector, so that the pages that show it read no
// client, and what is counted outlives the rows it was counted from.

import { type SQL, sql } from 'drizzle-orm';
import { SIGN_UPS } from '../numbers.ts';
import { limitsOfMonth, monthBefore, monthOf } from '../platform/calendar.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { signUpCounts } from '../schema.ts';

/** How many clients have come how far; see `signUpCounts` for what each number means. */
export type SignUpCounts = Omit<typeof signUpCounts.$inferSelect, 'month' | 'sector'>;
export type MonthCounts = SignUpCounts & { month: string };
export type SectorCounts = SignUpCounts & { sector: string };

/** The row of all sectors that have none of their own. */
export const OTHERS = '…';

/**
 * Column: where the newest activation mail of an account `a` is; NULL when there is none. One that gave way to a newer link
 * does not count.
 */
export const ACTIVATION_FATE = sql`(SELECT m.state FROM mails AS m WHERE m.account_id = a.id AND m.kind = 'activation'
  AND m.state <> 'cancelled' ORDER BY m.created_at DESC LIMIT 1)`;

/**
 * Counts the month that runs anew. Its first night also counts the month before a last time: the night that did so before
 * knew nothing of the last day.
 */
export async function countSignUps(db: Db, timeZone: string, now: number): Promise<void> {
  const month = monthOf(now, timeZone);
  const newest = await readNewestMonth(db);
  if (newest === monthBefore(month)) await countMonth(db, newest, timeZone);
  await countMonth(db, month, timeZone);
  await db.delete(signUpCounts).where(sql`month <= ${monthBefore(month, SIGN_UPS.months)}`);
}

/** The newest month that was counted. */
async function readNewestMonth(db: Db): Promise<string | undefined> {
  const rows = db.select({ month: signUpCounts.month }).from(signUpCounts);
  return (await rows.orderBy(sql`month DESC`).limit(1))[0]?.month;
}

async function countMonth(db: Db, month: string, timeZone: string): Promise<void> {
  const { start, end } = limitsOfMonth(month, timeZone);
  await batch(db, {
    // A sector that is gone finds nobody to count, and goes at the end.
    cleared: statement(db, sql`UPDATE sign_up_counts SET clients = 0 WHERE month = ${month}`),
    counted: countInto(db, month, start, end),
    gone: statement(
      db,
      sql`DELETE FROM sign_up_counts WHERE month = ${month} AND clients = 0 AND sector <> ''`,
    ),
  });
}

/** Statement: writes the rows of a month as it stands, or as it stood when it was over. */
function countInto(db: Db, month: string, start: number, end: number) {
  return statement(
    db,
    sql`
    WITH
    -- The clients of the month, each with its open account: when it was activated, where its mail is, whether it came in.
    one AS (SELECT coalesce(c.sector, '') AS sector, a.id AS asked,
        a.state = 'active' AND a.activated_at < ${end} AS is_active,
        CASE a.state WHEN 'pending' THEN ${ACTIVATION_FATE} END AS fate,
        a.state = 'active' AND EXISTS (SELECT 1 FROM events AS e WHERE e.account_id = a.id AND e.kind = 'signed_in'
          AND e.at >= ${start} AND e.at < ${end}) AS is_in
      FROM clients AS c LEFT JOIN accounts AS a ON a.client_id = c.id AND a.state <> 'closed' AND a.created_at < ${end}
      WHERE c.present_since < ${end} AND (c.left_at IS NULL OR c.left_at >= ${end})),
    -- Counted by sector; who was not found is of none.
    counted AS (SELECT sector, count(*) AS clients, count(asked) AS asked,
        count(*) FILTER (WHERE is_active OR fate IN ('sent', 'delivered')) AS mailed,
        count(*) FILTER (WHERE is_active) AS activated, count(*) FILTER (WHERE is_in) AS signed_in,
        count(*) FILTER (WHERE fate IN ('refused', 'failed')) AS refused, 0 AS unmatched
      FROM one GROUP BY sector
      UNION ALL SELECT '', 0, 0, 0, 0, 0, 0, count(*) FROM help_requests
        WHERE created_at >= ${start} AND created_at < ${end}),
    -- The largest sectors keep a row of their own.
    placed AS (SELECT *, row_number() OVER (ORDER BY sector = '', clients DESC, sector) AS place FROM counted)
    INSERT INTO sign_up_counts (month, sector, clients, asked, mailed, activated, signed_in, refused, unmatched)
    SELECT ${month}, iif(place > ${SIGN_UPS.sectors} AND sector <> '', ${OTHERS}, sector) AS own, sum(clients),
      sum(asked), sum(mailed), sum(activated), sum(signed_in), sum(refused), sum(unmatched)
    FROM placed WHERE true GROUP BY own
    -- Help requests are erased after thirty days: on the last days of a long month some of it are gone already.
    ON CONFLICT (month, sector) DO UPDATE SET clients = excluded.clients, asked = excluded.asked,
      mailed = excluded.mailed, activated = excluded.activated, signed_in = excluded.signed_in,
      refused = excluded.refused, unmatched = max(unmatched, excluded.unmatched)`,
  );
}

/** Column: the sum over some rows of what `SignUpCounts` has. */
const SUMS = sql`sum(clients) AS "clients", sum(asked) AS "asked", sum(mailed) AS "mailed", sum(activated) AS "activated",
  sum(signed_in) AS "signedIn", sum(refused) AS "refused", sum(unmatched) AS "unmatched"`;

/** All that was counted, in one round trip: each month in all, the newest first; the sectors of the newest. */
export async function readSignUps(db: Db): Promise<{ months: MonthCounts[]; sectors: SectorCounts[] }> {
  return batch(db, {
    months: readMonths(db, sql`true`),
    sectors: db.select().from(signUpCounts).where(sql`month = (SELECT max(month) FROM sign_up_counts)`),
  });
}

/** Query: months in all, the newest first. @param when condition on their rows */
export function readMonths(db: Db, when: SQL) {
  return statement<MonthCounts>(
    db,
    sql`SELECT month AS "month", ${SUMS} FROM sign_up_counts WHERE ${when} GROUP BY month ORDER BY month DESC`,
  );
}

/** The newest month in all; undefined before the first night. */
export async function readNewestCounts(db: Db): Promise<MonthCounts | undefined> {
  return (await readMonths(db, sql`month = (SELECT max(month) FROM sign_up_counts)`))[0];
}
