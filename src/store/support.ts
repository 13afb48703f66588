// What the landlord's staff may see of an account when somebody calls.

import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { CLIENT_FACTS } from './clients.ts';
import type { Db } from './db.ts';
import { accounts, clients, events, mails } from './schema.ts';

/** The clients under a reference's key or one of the identifiers, each with their newest account. */
export async function findCases(db: Db, identifiers: string[], key: string) {
  const newest = db
    .select({ id: sql`max(${accounts.id})` })
    .from(accounts)
    .groupBy(accounts.clientId);
  return db
    .select({
      ...CLIENT_FACTS,
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
