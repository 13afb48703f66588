// Where a client stands when somebody calls, as codes: the terminal and the desk put the same words to them
// (`words/case.ts`). What to do now: `next-step.ts`.

import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { readPauses } from '../client/pauses.ts';
import { CLIENT_FACTS } from '../client/rows.ts';
import { batch, type Db } from '../platform/db.ts';
import { accounts, clients, events, mails, sessions } from '../schema.ts';
import { isAlive, limits } from './signed-in.ts';

/** What a caller's words may denote: identifiers in full, and keys of references, the likeliest first. */
export type Wanted = { identifiers: string[]; keys: string[] };

/** A client with its newest account: what is read of both wherever staff look. */
const CASE = {
  ...CLIENT_FACTS,
  clientId: clients.id,
  referenceKey: clients.referenceKey,
  heldAt: clients.heldAt,
  // Under a name of its own: two columns of one name are one in a batch.
  accountId: sql<number | null>`${accounts.id}`.as('accountId'),
  identifier: accounts.identifier,
  state: accounts.state,
  email: accounts.email,
  newEmail: accounts.newEmail,
  createdAt: accounts.createdAt,
  activatedAt: accounts.activatedAt,
  closedAt: accounts.closedAt,
  linkVersion: accounts.linkVersion,
  emailVersion: accounts.emailVersion,
};

/**
 * The clients who may be meant, each with the newest account: first those under the reference as it was typed. An
 * identifier that was closed leads to the client it was for, even when a newer account is another person's.
 */
export async function findCases(db: Db, { identifiers, keys }: Wanted) {
  const holders = db
    .select({ id: accounts.clientId })
    .from(accounts)
    .where(inArray(accounts.identifier, identifiers));
  return casesWhere(db, or(inArray(clients.referenceKey, keys), inArray(clients.id, holders))).orderBy(
    sql`CASE ${clients.referenceKey} WHEN ${keys[0] ?? ''} THEN 0 WHEN ${keys[1] ?? ''} THEN 2 ELSE 1 END`,
  );
}

function casesWhere(db: Db, where: ReturnType<typeof or>) {
  return db
    .select(CASE)
    .from(clients)
    .leftJoin(accounts, eq(accounts.id, newestAccount(sql`${clients.id}`)))
    .where(where)
    .$dynamic();
}

function newestAccount(client: SQL): SQL<number> {
  return sql`(SELECT max(a.id) FROM accounts AS a WHERE a.client_id = ${client})`;
}

export type Case = Awaited<ReturnType<typeof findCases>>[number];
export type History = Awaited<ReturnType<typeof readHistory>>;

/** The newest mails and events of an account: kinds, states and times, nothing that opens anything. */
export async function readHistory(db: Db, accountId: number) {
  const account = sql`${accountId}`;
  return batch(db, { mails: mailsOf(db, account), events: eventsOf(db, account) });
}

const SHOWN = 10;

function mailsOf(db: Db, account: SQL) {
  return db
    .select({ kind: mails.kind, state: mails.state, reason: mails.lastError, createdAt: mails.createdAt })
    .from(mails)
    .where(eq(mails.accountId, account))
    .orderBy(desc(mails.createdAt))
    .limit(SHOWN);
}

function eventsOf(db: Db, account: SQL) {
  return db
    .select({ kind: events.kind, at: events.at, actor: events.actor, detail: events.detail })
    .from(events)
    .where(eq(events.accountId, account))
    .orderBy(desc(events.at))
    .limit(SHOWN);
}

/** Steps: all that staff may see of one client, for one batch. */
export function seeClient(db: Db, clientId: number, now: number) {
  const account = newestAccount(sql`${clientId}`);
  return {
    cases: casesWhere(db, eq(clients.id, clientId)),
    pauses: readPauses(db, clientId, now),
    mails: mailsOf(db, account),
    events: eventsOf(db, account),
    lastSignIn: db
      .select({ at: sql<number | null>`max(${events.at})` })
      .from(events)
      .where(and(eq(events.accountId, account), eq(events.kind, 'signed_in'))),
    sessions: db
      .select({ open: sql<number>`count(*)` })
      .from(sessions)
      .where(and(eq(sessions.accountId, account), isAlive(limits(now)))),
  };
}
