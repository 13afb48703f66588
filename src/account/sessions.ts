// Sessions: the browser holds a random token, D1 its hash.

import { and, eq, gt, ne, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { CLIENT_FACTS } from '../client/rows.ts';
import { MUST_CHOOSE_LIFETIME, SESSION } from '../numbers.ts';
import { oncePer } from '../platform/cache.ts';
import type { Db } from '../platform/db.ts';
import { hashSecret } from '../platform/secrets.ts';
import { accounts, clients, type Device, events, sessions } from '../schema.ts';
import { noteEvent } from './events.ts';

export type SignedIn = NonNullable<Awaited<ReturnType<typeof readSession>>>;

/** The session of a cookie's token with its account and client, while it is neither idle nor over. */
export async function readSession(db: Db, token: string, now: number) {
  const [session] = await sessionQuery(db).all({ id: await hashSecret(token), ...limits(now) });
  return session;
}

/** The earliest times (ms) a session that is alive may have. */
export function limits(now: number) {
  return {
    seenAfter: now - SESSION.idle,
    createdAfter: now - SESSION.absolute,
    chosenAfter: now - MUST_CHOOSE_LIFETIME,
  };
}

type Limits = Record<keyof ReturnType<typeof limits>, number | Placeholder>;

/** Condition: a session that a browser can still use, within `limits`. */
export function isAlive({ seenAfter, createdAfter, chosenAfter }: Limits) {
  return and(
    gt(sessions.lastSeenAt, seenAfter),
    gt(sessions.createdAt, createdAfter),
    or(eq(sessions.mustChoose, false), gt(sessions.createdAt, chosenAfter)),
  );
}

const LIMITS = {
  seenAfter: sql.placeholder('seenAfter'),
  createdAfter: sql.placeholder('createdAfter'),
  chosenAfter: sql.placeholder('chosenAfter'),
};

/** Put together once: that takes longer than anything else of ours on a page of the space. */
const sessionQuery = oncePer((db: Db) => {
  const previous = db
    .select({ at: sql`max(${events.at})` })
    .from(events)
    .where(
      and(
        eq(events.accountId, sessions.accountId),
        eq(events.kind, 'signed_in'),
        sql`${events.at} < ${sessions.createdAt}`,
      ),
    );
  return db
    .select({
      id: sessions.id,
      accountId: sessions.accountId,
      lastSeenAt: sessions.lastSeenAt,
      mustChoose: sessions.mustChoose,
      identifier: accounts.identifier,
      email: accounts.email,
      newEmail: accounts.newEmail,
      passwordHash: accounts.passwordHash,
      activatedAt: accounts.activatedAt,
      ...CLIENT_FACTS,
      previousSignInAt: sql<number | null>`(${previous})`,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .innerJoin(clients, eq(clients.id, accounts.clientId))
    .where(and(eq(sessions.id, sql.placeholder('id')), isAlive(LIMITS), eq(accounts.state, 'active')))
    .prepare();
});

/**
 * Condition: the session has not ended meanwhile. Whatever follows a session asks for it in its own statement: a form that
 * an intruder sent may still be at work when the holder closes the intruder's session.
 */
export function isSession(id: string): SQL {
  return sql`EXISTS (SELECT 1 FROM sessions WHERE id = ${id})`;
}

/** Whether a token was that of a provisional password: both passwords are void, only a new link helps. */
export async function hadToChoose(db: Db, token: string): Promise<boolean> {
  const [row] = await db
    .select({ mustChoose: sessions.mustChoose })
    .from(sessions)
    .where(eq(sessions.id, await hashSecret(token)));
  return row?.mustChoose ?? false;
}

/** Notes that a session is in use. */
export async function touchSession(db: Db, id: string, now: number): Promise<void> {
  await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, id));
}

/** Ends the session of a cookie's token; no matter if it has ended already. */
export async function endSession(db: Db, token: string, device: Device, now: number): Promise<void> {
  const id = await hashSecret(token);
  await db.batch([
    noteEvent(db, 'signed_out', device, sql`a.id = (SELECT account_id FROM sessions WHERE id = ${id})`, now),
    db.delete(sessions).where(eq(sessions.id, id)),
  ]);
}

/** Ends one session of an account, or all but the one that asks. @param by the session that asks */
export async function endSessionsOf(
  db: Db,
  accountId: number,
  by: string,
  which: { only: string } | 'others',
  device: Device,
  now: number,
): Promise<void> {
  const chosen = which === 'others' ? ne(sessions.id, by) : eq(sessions.id, which.only);
  await db.batch([
    db.delete(sessions).where(and(eq(sessions.accountId, accountId), chosen, isSession(by))),
    noteEvent(db, 'sessions_ended', device, sql`a.id = ${accountId} AND changes() > 0`, now),
  ]);
}
