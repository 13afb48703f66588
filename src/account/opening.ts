// An account asked for: opened under a free identifier, or renewed while it is pending.

import { type SQL, sql } from 'drizzle-orm';
import { giveBackIdentity } from '../client/counting.ts';
import type { Standings } from '../client/standings.ts';
import { isOwed, newMail, oweMail, withinCaps } from '../mail/owe.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import type { ClientKind, Device } from '../schema.ts';
import { noteEvent } from './events.ts';
import { CROWDED, drawIdentifierNumbers, identifierStem, identifierStems } from './identifier.ts';
import { oweFileNotice, type Requested, readWaiting, requested } from './waiting.ts';

export type AccountRequest = {
  client: { id: number; kind: ClientKind; email: string | null };
  email: string;
  prefix: string;
  device: Device;
  /** The counters to give back: the identity was right. */
  standings: Standings;
  now: number;
};

/**
 * Opens a pending account for a client, or renews the one that is pending (new address, new link), and owes
 * the activation mail. Over the caps nothing changes, so the last mailed link stays good. An active account
 * is left alone, and a notice goes to its holder. When another address was typed than the file's, a notice goes to the file's.
 */
export async function requestAccount(db: Db, request: AccountRequest): Promise<Requested> {
  const { client, device, now } = request;
  const [activation, notice, already] = [
    newMail('activation'),
    newMail('account_requested'),
    newMail('already_registered'),
  ];
  const mine = sql`a.client_id = ${client.id}`;
  const alreadyCaps = withinCaps(already.kind, sql`a.id`, sql`a.email`, now);
  const { waiting } = await batch(db, {
    opened: openAccount(db, request),
    owed: oweMail(db, activation, sql`${mine} AND a.state = 'pending' AND ${previousChanged}`, now),
    told: oweFileNotice(db, notice, activation, now),
    // Of an active account no step before has changed anything: its own state decides.
    reminded: oweMail(db, already, sql`${mine} AND a.state = 'active' AND ${alreadyCaps}`, now),
    noted: noteEvent(db, 'requested', device, isOwed(activation, 'a'), now),
    givenBack: giveBackIdentity(db, request.standings),
    waiting: readWaiting(db, sql`${mine} AND a.state <> 'closed'`, now),
  });
  return requested(waiting, [activation, notice, already]);
}

/** Condition on a row of `json_each`: neither a tenant nor a supplier has its number. */
export function isFreeNumber(prefix: string): SQL {
  const [one, other] = identifierStems(prefix);
  return sql`NOT EXISTS (SELECT 1 FROM accounts WHERE identifier IN (${one} || value, ${other} || value))`;
}

type Owner = { id: number; kind: ClientKind };

/**
 * Statement: a pending account under a free random identifier, or the pending one with its new address.
 * @param when what must hold for either; `mayRenew` for the second
 */
export function openAccount(
  db: Db,
  request: Pick<AccountRequest, 'prefix' | 'now'> & { client: Owner; email: string | SQL },
  when: SQL = sql`1`,
  mayRenew: SQL = withinCaps('activation', sql`accounts.id`, sql`excluded.email`, request.now),
) {
  const { client, email, prefix, now } = request;
  return statement(
    db,
    sql`
    -- One account of the client, under the first number that is drawn and free:
    INSERT INTO accounts (client_id, identifier, email, state, created_at)
    SELECT ${client.id}, ${identifierStem(prefix, client.kind)} || value, ${email}, 'pending', ${now}
    FROM json_each(${identifierNumbers()}) WHERE ${isFreeNumber(prefix)} AND ${when}
      AND EXISTS (SELECT 1 FROM clients WHERE id = ${client.id} AND held_at IS NULL) LIMIT 1
    -- The client has an open account already: it keeps its identifier, and its former link is void.
    ON CONFLICT (client_id) WHERE state <> 'closed' DO UPDATE SET
      email = excluded.email, link_version = link_version + 1, created_at = excluded.created_at
    -- An active account is left alone, and over the caps nothing changes.
    WHERE accounts.state = 'pending' AND ${mayRenew}`,
  );
}

/** Six random digits, or seven once the six-digit numbers are crowded. Row ids are never given twice: the last one counts. */
export function identifierNumbers(): SQL {
  const [six, seven] = [6, 7].map((digits) => JSON.stringify(drawIdentifierNumbers(digits)));
  return sql`CASE WHEN ${isUncrowded} THEN ${six} ELSE ${seven} END`;
}

/** Condition: six digits are enough. */
export const isUncrowded = sql`(SELECT coalesce(max(id), 0) FROM accounts) < ${CROWDED}`;
