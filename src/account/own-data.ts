// What the portal holds about one account, for its holder: recent activity, open sessions, everything.

import { and, desc, eq, inArray } from 'drizzle-orm';
import { batch, type Db } from '../platform/db.ts';
import { accounts, clients, events, mails, passkeys, sessions } from '../schema.ts';
import { isAlive, limits } from './signed-in.ts';

const RECENT = 10;

/** The newest events of an account, the newest first. */
export function recentEvents(db: Db, accountId: number) {
  return db
    .select({ kind: events.kind, device: events.device, at: events.at, actor: events.actor })
    .from(events)
    .where(eq(events.accountId, accountId))
    .orderBy(desc(events.id))
    .limit(RECENT);
}

/** The sessions of an account that are neither idle nor over, the last used first. */
export function openSessions(db: Db, accountId: number, now: number) {
  return db
    .select({
      id: sessions.id,
      device: sessions.device,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), isAlive(limits(now))))
    .orderBy(desc(sessions.lastSeenAt));
}

/** All data about an account and its client, without the secrets that would open the account (hashes, nonces). */
export async function ownData(db: Db, accountId: number) {
  const clientId = db.select({ id: accounts.clientId }).from(accounts).where(eq(accounts.id, accountId));
  const { own, owner, ...kept } = await batch(db, {
    own: db.select().from(accounts).where(eq(accounts.id, accountId)),
    owner: db.select().from(clients).where(inArray(clients.id, clientId)),
    sessions: db
      .select({ device: sessions.device, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt })
      .from(sessions)
      .where(eq(sessions.accountId, accountId)),
    passkeys: db
      .select({
        device: passkeys.device,
        createdAt: passkeys.createdAt,
        lastUsedAt: passkeys.lastUsedAt,
      })
      .from(passkeys)
      .where(eq(passkeys.accountId, accountId)),
    mails: db
      .select({
        kind: mails.kind,
        email: mails.email,
        state: mails.state,
        createdAt: mails.createdAt,
        sentAt: mails.sentAt,
      })
      .from(mails)
      .where(eq(mails.accountId, accountId))
      .orderBy(mails.createdAt, mails.version),
    events: db
      .select({
        kind: events.kind,
        device: events.device,
        at: events.at,
        actor: events.actor,
        detail: events.detail,
      })
      .from(events)
      .where(eq(events.accountId, accountId)),
  });
  if (!own[0]) throw new Error('The account is gone');
  const { passwordHash, provisionalHash, provisionalUntil, linkVersion, emailVersion, ...account } = own[0];
  return { account, client: owner[0], ...kept };
}
