// Sessions: the browser holds a random token, D1 its hash.

import { and, eq, gt, ne, or, type SQL, sql } from 'drizzle-orm';
import { MUST_CHOOSE_LIFETIME, SESSION } from '../rules/numbers.ts';
import { oncePer } from '../rules/once-per.ts';
import { hashSecret, randomSecret } from '../rules/secrets.ts';
import { clearAttempts, countTry, readPause } from './attempts.ts';
import { type Db, statement } from './db.ts';
import { dropEmailChange } from './email-changes.ts';
import { noteEvent } from './events.ts';
import { VOID_MAILED } from './mails.ts';
import { accounts, clients, events, sessions } from './schema.ts';

export type SignInTry = { attemptKey: string; candidates: string[]; now: number };

/**
 * Counts a sign-in try and reads the account it is for, in one round trip; the statements are the same
 * whether the account exists or not.
 * @returns `nth` failure this would be, undefined when a pause is running until `blockedUntil` (ms)
 */
export async function trySignIn(db: Db, { attemptKey, candidates, now }: SignInTry) {
  const [counted, pause, found] = await db.batch([
    countTry(db, attemptKey, now),
    readPause(db, attemptKey),
    db
      .select({
        id: accounts.id,
        passwordHash: accounts.passwordHash,
        provisionalHash: accounts.provisionalHash,
        provisionalUntil: accounts.provisionalUntil,
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
  hash: string;
  /** The same password by today's parameters, when the verified hash is older; it takes its place. */
  upgraded?: string;
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
  const { accountId, hash, upgraded = hash } = opening;
  const token = randomSecret();
  const id = await hashSecret(token);
  // Either hash proves the password: another sign-in may just have upgraded it.
  const isSame = sql`a.id = ${accountId} AND a.password_hash IN (${hash}, ${upgraded}) AND a.state = 'active'`;
  const [opened] = await db.batch([
    addSession(db, id, opening, isSame),
    ...(upgraded === hash ? [] : [upgradeHash(db, opening, upgraded)]),
    ...(await afterOpening(db, id, opening)),
  ]);
  return opened.length > 0 ? token : undefined;
}

/**
 * Opens the one session a provisional password is good for. It is used up, the chosen password and a pending address
 * are void, every other session ends, and this one may do nothing but choose a new password.
 * @returns as `openSession`
 */
export async function openProvisionalSession(db: Db, opening: Opening): Promise<string | undefined> {
  const { accountId, hash, device, now } = opening;
  const token = randomSecret();
  const id = await hashSecret(token);
  const [, opened] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET password_hash = NULL, ${VOID_MAILED}
      WHERE id = ${accountId} AND provisional_hash = ${hash} AND provisional_until > ${now} AND state = 'active'`,
    ),
    addSession(db, id, opening, sql`a.id = ${accountId} AND changes() > 0`, true),
    ...(await afterOpening(db, id, opening)),
    ...dropEmailChange(db, accountId, isOpen(id), device, now),
    db
      .delete(sessions)
      .where(sql`${sessions.accountId} = ${accountId} AND ${sessions.id} <> ${id} AND ${isOpen(id)}`),
  ]);
  return opened.length > 0 ? token : undefined;
}

function upgradeHash(db: Db, { accountId, hash }: Opening, upgraded: string) {
  return statement(
    db,
    sql`UPDATE accounts SET password_hash = ${upgraded} WHERE id = ${accountId} AND password_hash = ${hash} AND state = 'active'`,
  );
}

function addSession(db: Db, id: string, { device, now }: Opening, when: SQL, mustChoose = false) {
  return statement(
    db,
    sql`INSERT INTO sessions (id, account_id, created_at, last_seen_at, device, must_choose)
      SELECT ${id}, a.id, ${now}, ${now}, ${device}, ${mustChoose ? 1 : 0} FROM accounts AS a WHERE ${when} RETURNING id`,
  );
}

/** The failures are forgotten, the event noted, and the session this browser held before ends. */
async function afterOpening(
  db: Db,
  id: string,
  { accountId, attemptKey, device, formerToken, now }: Opening,
) {
  return [
    clearAttempts(db, attemptKey, isOpen(id)),
    noteEvent(db, 'signed_in', device, sql`a.id = ${accountId} AND ${isOpen(id)}`, now),
    ...(formerToken ? [db.delete(sessions).where(eq(sessions.id, await hashSecret(formerToken)))] : []),
  ] as const;
}

function isOpen(id: string): SQL {
  return sql`EXISTS (SELECT 1 FROM sessions WHERE id = ${id})`;
}

export type SignedIn = NonNullable<Awaited<ReturnType<typeof readSession>>>;

/** The session of a cookie's token with its account and client, while it is neither idle nor over. */
export async function readSession(db: Db, token: string, now: number) {
  const [session] = await sessionQuery(db).all({
    id: await hashSecret(token),
    seenAfter: now - SESSION.idle,
    createdAfter: now - SESSION.absolute,
    chosenAfter: now - MUST_CHOOSE_LIFETIME,
  });
  return session;
}

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
        eq(sessions.id, sql.placeholder('id')),
        gt(sessions.lastSeenAt, sql.placeholder('seenAfter')),
        gt(sessions.createdAt, sql.placeholder('createdAfter')),
        or(eq(sessions.mustChoose, false), gt(sessions.createdAt, sql.placeholder('chosenAfter'))),
        eq(accounts.state, 'active'),
      ),
    )
    .prepare();
});

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
export async function endSession(db: Db, token: string, device: string, now: number): Promise<void> {
  const id = await hashSecret(token);
  await db.batch([
    noteEvent(db, 'signed_out', device, sql`a.id = (SELECT account_id FROM sessions WHERE id = ${id})`, now),
    db.delete(sessions).where(eq(sessions.id, id)),
  ]);
}

/** Ends one session of an account, or all of them but the one kept. */
export async function endSessionsOf(
  db: Db,
  accountId: number,
  which: { only: string } | { keep: string },
  device: string,
  now: number,
): Promise<void> {
  const chosen = 'only' in which ? eq(sessions.id, which.only) : ne(sessions.id, which.keep);
  await db.batch([
    db.delete(sessions).where(and(eq(sessions.accountId, accountId), chosen)),
    noteEvent(db, 'sessions_ended', device, sql`a.id = ${accountId} AND changes() > 0`, now),
  ]);
}
