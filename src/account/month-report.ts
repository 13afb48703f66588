// The month's mail to the landlord: how many clients came how far, and nobody's name.

import { sql } from 'drizzle-orm';
import { countRequests } from '../client/help-requests.ts';
import { newMail } from '../mail/owe.ts';
import { limitsOfMonth, monthBefore, monthOf } from '../platform/calendar.ts';
import { type Db, statement } from '../platform/db.ts';
import { type MonthCounts, readMonths } from './sign-up-counts.ts';

/** What the mail of a month tells. */
export type MonthReport = {
  month: string;
  ended: MonthCounts;
  /** The month before it; undefined where it was not counted. */
  before: MonthCounts | undefined;
  /** Help requests that wait for a person, at this moment. */
  requests: number;
  /** Accounts that a code opened in the month, of clients without an address in the file. */
  byCode: number;
};

const START = 'report-';

/**
 * Owes the mail of the month that is over, where it was counted. Its id is the month's own: a night that comes twice owes it
 * once. The portal's host is part of it, since portals that share one provider send theirs in the same minute.
 */
export async function oweMonthReport(
  db: Db,
  { to, origin, timeZone }: { to: string; origin: string; timeZone: string },
  now: number,
): Promise<void> {
  if (to === '') return;
  const month = monthBefore(monthOf(now, timeZone));
  const { kind, nonce } = newMail('month_report');
  const id = `${START}${month}-${new URL(origin).host}`;
  await statement(
    db,
    sql`INSERT INTO mails (id, kind, email, version, nonce, created_at, next_attempt_at)
    SELECT ${id}, ${kind}, ${to}, 0, ${nonce}, ${now}, ${now}
    WHERE EXISTS (SELECT 1 FROM sign_up_counts WHERE month = ${month}) ON CONFLICT (id) DO NOTHING`,
  );
}

/** What the mail with this id tells. @throws when its month is not there any more */
export async function readMonthReport(db: Db, mailId: string, timeZone: string): Promise<MonthReport> {
  const month = mailId.slice(START.length, START.length + '2026-11'.length);
  const previous = monthBefore(month);
  const [counted, requests, byCode] = await Promise.all([
    readMonths(db, sql`month IN (${month}, ${previous})`),
    countRequests(db),
    countByCode(db, limitsOfMonth(month, timeZone)),
  ]);
  const ended = counted.find((one) => one.month === month);
  if (!ended) throw new Error('The month is not counted');
  return { month, ended, before: counted.find((one) => one.month === previous), requests, byCode };
}

async function countByCode(db: Db, { start, end }: { start: number; end: number }): Promise<number> {
  const [row] = await statement<{ count: number }>(
    db,
    sql`SELECT count(*) AS "count" FROM accounts AS a JOIN clients AS c ON c.id = a.client_id
    WHERE a.activated_at >= ${start} AND a.activated_at < ${end} AND c.email IS NULL
      AND EXISTS (SELECT 1 FROM events AS e WHERE e.account_id = a.id AND e.kind = 'code_used' AND e.at = a.activated_at)`,
  );
  return row?.count ?? 0;
}
