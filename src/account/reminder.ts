// Lost identifiers: a reminder for each active account of the people recognised.

import { sql } from 'drizzle-orm';
import { newMail, withinCaps } from '../mail/owe.ts';
import { ASKS } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { countOnNetwork, type NetworkCount, readNetwork } from '../platform/network-counters.ts';
import type { Device } from '../schema.ts';

/** Whether the request was taken; if not, until when the network has used up its own (ms). */
export type Reminded = { isTaken: boolean; until: number; isLastOfNetwork: boolean; mailIds: string[] };

/**
 * Counts a request of this network, and owes the reminder to the active account of each client, within the caps. The
 * statements are the same whether nobody was recognised or several were (two people may share names and a mailbox).
 */
export async function oweReminders(
  db: Db,
  network: NetworkCount,
  clientIds: number[],
  device: Device,
  now: number,
): Promise<Reminded> {
  const wanted = clientIds.map((clientId) => ({ clientId, ...newMail('identifier_reminder') }));
  const list = JSON.stringify(wanted);
  const caps = withinCaps('identifier_reminder', sql`a.id`, sql`a.email`, now);
  const [[here], , , [whole]] = await db.batch([
    countOnNetwork(db, network, now, ASKS.window),
    statement(
      db,
      sql`INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
      SELECT value->>'id', value->>'kind', a.id, a.email, a.link_version, value->>'nonce', ${now}, ${now}
      FROM json_each(${list}) JOIN accounts AS a ON a.client_id = value->>'clientId'
      WHERE a.state = 'active' AND ${caps} AND changes() > 0`,
    ),
    statement(
      db,
      sql`INSERT INTO events (account_id, kind, device, at)
      SELECT m.account_id, 'identifier_reminded', ${device}, ${now}
      FROM json_each(${list}) JOIN mails AS m ON m.id = value->>'id'`,
    ),
    readNetwork(db, network.key, now),
  ]);
  return {
    isTaken: here !== undefined,
    until: whole?.until ?? now,
    isLastOfNetwork: here?.total === network.most,
    mailIds: wanted.map(({ id }) => id),
  };
}
