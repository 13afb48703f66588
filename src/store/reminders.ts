// Lost identifiers: a reminder for each active account of the people recognised.

import { sql } from 'drizzle-orm';
import { countAsk } from './attempts.ts';
import { type Db, statement } from './db.ts';
import { newMail, withinCaps } from './mails.ts';

/**
 * Owes the reminder to the active account of each client, within the caps. One statement, whether nobody was
 * recognised or several were (two people may share names and a mailbox).
 * @returns the ids of the mails that may be owed now
 */
export async function oweReminders(
  db: Db,
  clientIds: number[],
  device: string,
  now: number,
): Promise<string[]> {
  const wanted = clientIds.map((clientId) => ({ clientId, ...newMail('identifier_reminder') }));
  const list = JSON.stringify(wanted);
  const caps = withinCaps('identifier_reminder', sql`a.id`, sql`a.email`, now);
  await db.batch([
    countAsk(db, now),
    statement(
      db,
      sql`INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
      SELECT value->>'id', value->>'kind', a.id, a.email, a.link_version, value->>'nonce', ${now}, ${now}
      FROM json_each(${list}) JOIN accounts AS a ON a.client_id = value->>'clientId'
      WHERE a.state = 'active' AND ${caps}`,
    ),
    statement(
      db,
      sql`INSERT INTO events (account_id, kind, device, at)
      SELECT m.account_id, 'identifier_reminded', ${device}, ${now}
      FROM json_each(${list}) JOIN mails AS m ON m.id = value->>'id'`,
    ),
  ]);
  return wanted.map(({ id }) => id);
}
