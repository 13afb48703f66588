// What the landlord's staff may see of an account when somebody calls, and the one thing they may do: close it.

import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { closed } from './accounts.ts';
import { type Db, statement } from './db.ts';
import { noteEvent } from './events.ts';
import { newMail, oweMail } from './mails.ts';
import { accounts, clients, events, mails, sessions } from './schema.ts';

/** The clients under a reference's key or one of the identifiers, each with their newest account. */
export async function findCases(db: Db, identifiers: string[], key: string) {
  const newest = db
    .select({ id: sql`max(${accounts.id})` })
    .from(accounts)
    .groupBy(accounts.clientId);
  return db
    .select({
      kind: clients.kind,
      reference: clients.reference,
      givenName: clients.givenName,
      familyName: clients.familyName,
      companyName: clients.companyName,
      leftAt: clients.leftAt,
      accountId: accounts.id,
      identifier: accounts.identifier,
      state: accounts.state,
      email: accounts.email,
      newEmail: accounts.newEmail,
      createdAt: accounts.createdAt,
      closedAt: accounts.closedAt,
    })
    .from(clients)
    .leftJoin(accounts, and(eq(accounts.clientId, clients.id), inArray(accounts.id, newest)))
    .where(or(eq(clients.referenceKey, key), inArray(accounts.identifier, identifiers)));
}

export type Case = Awaited<ReturnType<typeof findCases>>[number];

/** The newest mails and events of an account: kinds, states and times, nothing that opens anything. */
export async function readHistory(db: Db, accountId: number) {
  const [sent, happened] = await db.batch([
    db
      .select({
        kind: mails.kind,
        state: mails.state,
        reason: mails.lastError,
        createdAt: mails.createdAt,
      })
      .from(mails)
      .where(eq(mails.accountId, accountId))
      .orderBy(desc(mails.createdAt))
      .limit(10),
    db
      .select({ kind: events.kind, at: events.at })
      .from(events)
      .where(eq(events.accountId, accountId))
      .orderBy(desc(events.at))
      .limit(10),
  ]);
  return { mails: sent, events: happened };
}

/**
 * Closes an account in the landlord's name, so that its person can sign up again; the address on it is told.
 * @param reason kept with the event
 * @returns whether there was an open account
 */
export async function closeForLandlord(db: Db, accountId: number, reason: string, now: number) {
  const mail = newMail('account_closed');
  const [, won] = await db.batch([
    // An address that was never proved is told nothing.
    oweMail(db, mail, sql`a.id = ${accountId} AND a.state = 'active'`, now),
    statement(
      db,
      sql`UPDATE accounts SET ${closed(now)} WHERE id = ${accountId} AND state <> 'closed' RETURNING id`,
    ),
    noteEvent(
      db,
      'closed_by_landlord',
      `gestionnaire : ${reason}`,
      sql`a.id = ${accountId} AND changes() > 0`,
      now,
    ),
    db.delete(sessions).where(eq(sessions.accountId, accountId)),
  ]);
  return won.length > 0;
}
