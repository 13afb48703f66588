// Sign-ins: counted, then a session on the very hash that was verified. The browser gets a random token, D1 its hash.

import { and, eq, type SQL, sql } from 'drizzle-orm';
import { hashSecret, randomSecret } from '../rules/secrets.ts';
import { clearAttempts, countTry, readPause } from './attempts.ts';
import { type Db, statement } from './db.ts';
import { dropEmailChange } from './email-changes.ts';
import { noteEvent } from './events.ts';
import { VOID_MAILED } from './mails.ts';
import { accounts, clients, sessions } from './schema.ts';

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
        identifier: accounts.identifier,
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
  // Two, when one of an earlier prefix has the same digits: the likelier one is meant.
  const rank = ({ identifier }: { identifier: string }) => candidates.indexOf(identifier);
  const [account] = found.toSorted((a, b) => rank(a) - rank(b));
  return { nth: counted[0]?.count, blockedUntil: pause[0]?.blockedUntil ?? 0, account };
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
