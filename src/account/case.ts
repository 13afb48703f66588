// A case: the facts that the landlord's staff may see when somebody calls.

import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { CLIENT_FACTS } from '../client/rows.ts';
import { batch, type Db } from '../platform/db.ts';
import { accounts, clients, events, mails } from '../schema.ts';

/** What a caller's words may denote: identifiers in full, and keys of references, the likeliest first. */
export type Wanted = { identifiers: string[]; keys: string[] };

/**
 * The clients who may be meant, each with the newest account: first those under the reference as it was typed. An
 * identifier that was closed leads to the client it was for, even when a newer account is another person's.
 */
export async function findCases(db: Db, { identifiers, keys }: Wanted) {
  const newest = db
    .select({ id: sql`max(${accounts.id})` })
    .from(accounts)
    .groupBy(accounts.clientId);
  const holders = db
    .select({ id: accounts.clientId })
    .from(accounts)
    .where(inArray(accounts.identifier, identifiers));
  return db
    .select({
      ...CLIENT_FACTS,
      clientId: clients.id,
      referenceKey: clients.referenceKey,
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
    .where(or(inArray(clients.referenceKey, keys), inArray(clients.id, holders)))
    .orderBy(
      sql`CASE ${clients.referenceKey} WHEN ${keys[0] ?? ''} THEN 0 WHEN ${keys[1] ?? ''} THEN 2 ELSE 1 END`,
    );
}

export type Case = Awaited<ReturnType<typeof findCases>>[number];
export type History = Awaited<ReturnType<typeof readHistory>>;

/** The newest mails and events of an account: kinds, states and times, nothing that opens anything. */
export async function readHistory(db: Db, accountId: number) {
  return batch(db, {
    mails: db
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
    events: db
      .select({ kind: events.kind, at: events.at, detail: events.detail })
      .from(events)
      .where(eq(events.accountId, accountId))
      .orderBy(desc(events.at))
      .limit(10),
  });
}
