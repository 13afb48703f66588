// Passwords lost, reset and changed. One conditional statement decides each; the rest of the batch hangs on it.

import { and, eq, type SQL, sql } from 'drizzle-orm';
import {
  isMailOf,
  isOwed,
  markUsed,
  type NewMail,
  newMail,
  oweMail,
  VOID_MAILED,
  withinCaps,
} from '../mail/owe.ts';
import type { TokenEntry } from '../mail/tokens.ts';
import { PROVISIONAL_LIFETIME } from '../numbers.ts';
import { clearAttempts } from '../platform/counters.ts';
import { type Db, statement } from '../platform/db.ts';
import { hashSecret, randomSecret } from '../platform/secrets.ts';
import { accounts, type Device, sessions } from '../schema.ts';
import { dropEmailChange } from './email-change.ts';
import { noteEvent } from './events.ts';
import { type Ask, type Asked, countResetAsk, isTaken, readAsked } from './reset-asks.ts';
import { isSession } from './sessions.ts';

/** What came of a request for a reset link, and the mails that may be owed now. */
export type Requested = Asked & { mailIds: string[] };

/**
 * Counts a request, and owes a reset link to the active account under one of the identifiers, or its activation mail
 * again, within its caps, to a pending one. The statements are the same whether there is such an account or not.
 */
export async function requestReset(
  db: Db,
  ask: Ask,
  identifiers: string[],
  device: Device,
  now: number,
): Promise<Requested> {
  const [reset, activation] = [newMail('reset_link'), newMail('activation')];
  const under = sql`identifier IN (SELECT value FROM json_each(${JSON.stringify(identifiers)}))`;
  const rows = await db.batch([
    ...countResetAsk(db, ask, now),
    ...oweResetLink(db, reset, under, now, isTaken(ask)),
    ...oweActivation(db, activation, under, now, isTaken(ask)),
    noteEvent(db, 'reset_requested', device, sql`${isMailOf(reset)} OR ${isMailOf(activation)}`, now),
  ]);
  return { ...readAsked(ask, rows), mailIds: [reset.id, activation.id] };
}

/**
 * « Ce n’est pas moi »: ends every session of an active account, voids its passwords, gives up its pending address and
 * owes it a reset link. Whoever was in knows the password, and what was on its way on it (another address, another
 * password, closing) falls with it. No cap: it takes a session, none opens any more, and the page says that the mail left.
 * @returns the mail's id; undefined when the session ended meanwhile
 */
export async function secureAccount(
  db: Db,
  {
    accountId,
    sessionId,
    device,
    now,
  }: { accountId: number; sessionId: string; device: Device; now: number },
): Promise<string | undefined> {
  const mail = newMail('reset_link');
  const [secured] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET password_hash = NULL, ${VOID_MAILED}
      WHERE id = ${accountId} AND state = 'active' AND ${isSession(sessionId)} RETURNING id`,
    ),
    oweMail(db, mail, sql`a.id = ${accountId} AND changes() > 0`, now),
    noteEvent(db, 'reset_requested', device, isMailOf(mail), now),
    noteEvent(db, 'sessions_ended', device, isMailOf(mail), now),
    ...dropEmailChange(db, accountId, isOwed(mail), device, now),
    db.delete(sessions).where(sql`${sessions.accountId} = ${accountId} AND ${isOwed(mail)}`),
  ]);
  return secured.length > 0 ? mail.id : undefined;
}

/** @param when what must hold before the account's link is replaced */
function oweResetLink(db: Db, mail: NewMail, isWanted: SQL, now: number, when: SQL) {
  return [
    statement(
      db,
      sql`UPDATE accounts SET link_version = link_version + 1 WHERE ${isWanted} AND state = 'active' AND ${when}`,
    ),
    oweMail(db, mail, sql`${isWanted} AND state = 'active' AND changes() > 0`, now),
  ] as const;
}

/** A pending account lives as long as its newest link. */
function oweActivation(db: Db, mail: NewMail, isWanted: SQL, now: number, when: SQL) {
  const caps = withinCaps(mail.kind, sql`accounts.id`, sql`accounts.email`, now);
  return [
    statement(
      db,
      sql`UPDATE accounts SET link_version = link_version + 1, created_at = ${now}
      WHERE ${isWanted} AND state = 'pending' AND ${caps} AND ${when}`,
    ),
    oweMail(db, mail, sql`${isWanted} AND state = 'pending' AND changes() > 0`, now),
  ] as const;
}

/** The hash of an account's password, while it is active and has one. */
export async function readPasswordHash(db: Db, accountId: number): Promise<string | null> {
  const [row] = await db
    .select({ hash: accounts.passwordHash })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.state, 'active')));
  return row?.hash ?? null;
}

export type LinkUse = { entry: TokenEntry; device: Device; now: number };

/** A use that proves the mailbox: it lifts the pauses after wrong passwords, whose counters have these keys. */
export type Proof = LinkUse & { attemptKeys: string[] };

/** Counts a request, and owes a new reset link in place of an expired one. */
export async function renewReset(db: Db, ask: Ask, { entry, device, now }: LinkUse): Promise<Requested> {
  const mail = newMail('reset_link');
  const isCurrentLink = sql`link_version = ${entry.version} AND ${isTaken(ask)}`;
  const rows = await db.batch([
    ...countResetAsk(db, ask, now),
    ...oweResetLink(db, mail, sql`id = ${entry.accountId}`, now, isCurrentLink),
    noteEvent(db, 'reset_requested', device, isMailOf(mail), now),
  ]);
  return { ...readAsked(ask, rows), mailIds: [mail.id] };
}

export type Reset = Proof & {
  passwordHash: string;
  /** The session this browser holds, if any: on a shared phone it is somebody else's, and ends. */
  formerToken: string | undefined;
};

/**
 * Sets a new password through a reset link: ends every session of the account and this browser's, clears the
 * lock, gives up a pending address, tells by mail.
 * @returns the notice; undefined when the link had been used or replaced
 */
export async function resetPassword(db: Db, reset: Reset): Promise<NewMail | undefined> {
  const { entry, device, now, passwordHash, attemptKeys, formerToken } = reset;
  const mail = newMail('password_changed');
  const former = await hashSecret(formerToken ?? '');
  const ended = sql`(${sessions.accountId} = ${entry.accountId} OR ${sessions.id} = ${former}) AND ${isOwed(mail)}`;
  const [won] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET password_hash = ${passwordHash}, ${VOID_MAILED} WHERE ${isCurrent(entry)} RETURNING id`,
    ),
    oweMail(db, mail, sql`a.id = ${entry.accountId} AND changes() > 0`, now),
    markUsed(db, entry.mailId, mail, now),
    noteEvent(db, 'password_reset', device, isMailOf(mail), now),
    ...attemptKeys.map((key) => clearAttempts(db, key, isOwed(mail))),
    ...dropEmailChange(db, entry.accountId, isOwed(mail), device, now),
    db.delete(sessions).where(ended),
  ]);
  return won.length > 0 ? mail : undefined;
}

/**
 * Keeps the hash of the provisional password that a mail will carry, and clears the lock, or it could not be used
 * within its hour. The chosen password stays in force.
 * @param mail made by `newMail`, since the password is derived from it
 * @returns whether the mail is owed: not when the link had been used or replaced
 */
export async function requestProvisional(db: Db, use: Proof & { mail: NewMail; provisionalHash: string }) {
  const { entry, device, now, attemptKeys, mail, provisionalHash } = use;
  const [won] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET provisional_hash = ${provisionalHash}, provisional_until = ${now + PROVISIONAL_LIFETIME},
        link_version = link_version + 1 WHERE ${isCurrent(entry)} RETURNING id`,
    ),
    oweMail(db, mail, sql`a.id = ${entry.accountId} AND changes() > 0`, now),
    markUsed(db, entry.mailId, mail, now),
    noteEvent(db, 'provisional_requested', device, isMailOf(mail), now),
    ...attemptKeys.map((key) => clearAttempts(db, key, isOwed(mail))),
  ]);
  return won.length > 0;
}

export type PasswordChange = {
  accountId: number;
  sessionId: string;
  /** The hash that was verified; null for who comes with a provisional password and has none. */
  currentHash: string | null;
  passwordHash: string;
  device: Device;
  now: number;
};

/**
 * Changes the password from within the space: the other sessions end, this one goes on under a new token, links mailed
 * before are void, the one to a pending address included.
 * @returns the notice and the token; undefined when the password changed or the session ended meanwhile
 */
export async function changePassword(
  db: Db,
  change: PasswordChange,
): Promise<{ mail: NewMail; token: string } | undefined> {
  const { accountId, sessionId, currentHash, passwordHash, device, now } = change;
  const mail = newMail('password_changed');
  const token = randomSecret();
  const others = sql`${sessions.accountId} = ${accountId} AND ${sessions.id} <> ${sessionId} AND ${isOwed(mail)}`;
  const [won] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET password_hash = ${passwordHash}, ${VOID_MAILED}
      WHERE id = ${accountId} AND password_hash IS ${currentHash} AND state = 'active'
        AND ${isSession(sessionId)} RETURNING id`,
    ),
    oweMail(db, mail, sql`a.id = ${accountId} AND changes() > 0`, now),
    noteEvent(db, 'password_changed', device, isMailOf(mail), now),
    ...dropEmailChange(db, accountId, isOwed(mail), device, now),
    db.delete(sessions).where(others),
    statement(
      db,
      sql`UPDATE sessions SET id = ${await hashSecret(token)}, must_choose = 0 WHERE id = ${sessionId} AND ${isOwed(mail)}`,
    ),
  ]);
  return won.length > 0 ? { mail, token } : undefined;
}

/** Condition on `accounts`: the link's account, active, and no newer link, password or address since. */
function isCurrent(entry: TokenEntry): SQL {
  return sql`id = ${entry.accountId} AND link_version = ${entry.version} AND state = 'active'`;
}
