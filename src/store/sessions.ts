// Sessions: the browser holds a random token, D1 its hash.

import { and, eq, gt, sql } from 'drizzle-orm';
import { SESSION } from '../rules/numbers.ts';
import { hashSecret, randomSecret } from '../rules/secrets.ts';
import { clearAttempts, countSignIn, readPause } from './attempts.ts';
import { type Db, statement } from './db.ts';
import { noteEvent } from './events.ts';
import { accounts, clients, events, sessions } from './schema.ts';

export type SignInTry = { attemptKey: string; candidates: string[]; now: number };

/**
 * Counts a sign-in try and reads the account it is for, in one round trip; the statements are the same
 * whether the account exists or not.
 * @returns `nth` failure this would be, undefined when a pause is running until `blockedUntil` (ms)
 */
export async function trySignIn(db: Db, { attemptKey, candidates, now }: SignInTry) {
  const [counted, pause, found] = await db.batch([
    countSignIn(db, attemptKey, now),
    readPause(db, attemptKey),
    db
      .select({
        id: accounts.id,
        passwordHash: accounts.passwordHash,
        leftAt: clients.leftAt,
      })
      .from(accounts)
      .innerJoin(clients, eq(clients.id, accounts.clientId))
      .where(
        and(
          sql`${accounts.identifier} IN (SELECT value FROM json_each(${JSON.stringify(candidates)}))`,
          eq(accounts.state, 'active'),
        ),
      ),
  ]);
  return { nth: counted[0]?.count, blockedUntil: pause[0]?.blockedUntil ?? 0, account: found[0] };
}

export type Opening = {
  accountId: number;
  /** The hash that was verified: a password changed since then opens nothing. */
  passwordHash: string;
  device: string;
  attemptKey: string;
  /** The session this browser held before, if any: it ends. */
  formerToken: string | undefined;
  now: number;
};

/**
 * Opens a session on the very hash that was verified and forgets the failures.
 * @returns the token for the cookie; undefined when password or state changed meanwhile
 */
export async function openSession(db: Db, opening: Opening): Promise<string | undefined> {
  const { accountId, passwordHash, device, attemptKey, formerToken, now } = opening;
  const token = randomSecret();
  const id = await hashSecret(token);
  const isOpen = sql`EXISTS (SELECT 1 FROM sessions WHERE id = ${id})`;
  const [opened] = await db.batch([
    statement(
      db,
      sql`
      INSERT INTO sessions (id, account_id, created_at, last_seen_at, device)
      SELECT ${id}, id, ${now}, ${now}, ${device} FROM accounts
      WHERE id = ${accountId} AND password_hash = ${passwordHash} AND state = 'active' RETURNING id`,
    ),
    clearAttempts(db, attemptKey, isOpen),
    noteEvent(db, 'signed_in', device, sql`a.id = ${accountId} AND ${isOpen}`, now),
    db.delete(sessions).where(eq(sessions.id, await hashSecret(formerToken ?? ''))),
  ]);
  return opened.length > 0 ? token : undefined;
}

export type SignedIn = NonNullable<Awaited<ReturnType<typeof readSession>>>;

/** The session of a cookie's token with its account and client, while it is neither idle nor over. */
export async function readSession(db: Db, token: string, now: number) {
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
  const [session] = await db
    .select({
      id: sessions.id,
      accountId: sessions.accountId,
      lastSeenAt: sessions.lastSeenAt,
      device: sessions.device,
      identifier: accounts.identifier,
      email: accounts.email,
      kind: clients.kind,
      reference: clients.reference,
      givenName: clients.givenName,
      familyName: clients.familyName,
      companyName: clients.companyName,
      leftAt: clients.leftAt,
      previousSignInAt: sql<number | null>`(${previous})`,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .innerJoin(clients, eq(clients.id, accounts.clientId))
    .where(
      and(
        eq(sessions.id, await hashSecret(token)),
        gt(sessions.lastSeenAt, now - SESSION.idle),
        gt(sessions.createdAt, now - SESSION.absolute),
        eq(accounts.state, 'active'),
      ),
    );
  return session;
}

/** Notes that a session is in use. */
export async function touchSession(db: Db, id: string, now: number): Promise<void> {
  await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, id));
}

/** Ends the session of a cookie's token; no matter if it has ended already. */
export async function endSession(db: Db, token: string, device: string, now: number): Promise<void> {
  const id = await hashSecret(token);
  await db.batch([
    noteEvent(db, 'signed_out', device, sql`a.id = (SELECT account_id FROM sessions WHERE id = ${id})`, now),
    db.delete(sessions).where(eq(sessions.id, id)),
  ]);
}
