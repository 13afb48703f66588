// Passwords lost: a reset link asked for, renewed and used.

import { type SQL, sql } from 'drizzle-orm';
import { isOwed, markUsed, type NewMail, newMail, oweMail, VOID_MAILED, withinCaps } from '../mail/owe.ts';
import type { TokenEntry } from '../mail/tokens.ts';
import { clearAttempts } from '../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { hashSecret } from '../platform/secrets.ts';
import { type Device, sessions } from '../schema.ts';
import { dropEmailChange } from './email-change.ts';
import { noteEvent } from './events.ts';
import { suspendPasskeys } from './passkeys.ts';
import { type Ask, type Asked, countResetAsk, isTaken, readAsked } from './reset-asks.ts';

/** The outcome of a request for a reset link, and the mails that may be owed now. */
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
  const done = await batch(db, {
    ...countResetAsk(db, ask, now),
    ...oweResetLink(db, reset, under, now, isTaken(ask)),
    ...oweActivation(db, activation, under, now, isTaken(ask)),
    noted: noteEvent(
      db,
      'reset_requested',
      device,
      sql`${isOwed(reset, 'a')} OR ${isOwed(activation, 'a')}`,
      now,
    ),
  });
  return { ...readAsked(ask, done), mailIds: [reset.id, activation.id] };
}

/** Steps. @param when the condition under which the account's link is replaced */
function oweResetLink(db: Db, mail: NewMail, isWanted: SQL, now: number, when: SQL) {
  return {
    linkVoided: statement(
      db,
      sql`UPDATE accounts SET link_version = link_version + 1 WHERE ${isWanted} AND state = 'active' AND ${when}`,
    ),
    linkOwed: oweMail(db, mail, sql`${isWanted} AND state = 'active' AND ${previousChanged}`, now),
  };
}

/** Steps. A pending account lives as long as its newest link. */
function oweActivation(db: Db, mail: NewMail, isWanted: SQL, now: number, when: SQL) {
  const caps = withinCaps(mail.kind, sql`accounts.id`, sql`accounts.email`, now);
  return {
    activationVoided: statement(
      db,
      sql`UPDATE accounts SET link_version = link_version + 1, created_at = ${now}
      WHERE ${isWanted} AND state = 'pending' AND ${caps} AND ${when}`,
    ),
    activationOwed: oweMail(db, mail, sql`${isWanted} AND state = 'pending' AND ${previousChanged}`, now),
  };
}

export type LinkUse = { entry: TokenEntry; device: Device; now: number };

/** A use that proves the mailbox: it lifts the pauses after wrong passwords, whose counters have these keys. */
export type MailboxUse = LinkUse & { attemptKeys: string[] };

/** Counts a request, and owes a new reset link in place of an expired one. */
export async function renewReset(db: Db, ask: Ask, { entry, device, now }: LinkUse): Promise<Requested> {
  const mail = newMail('reset_link');
  const isCurrentLink = sql`link_version = ${entry.version} AND ${isTaken(ask)}`;
  const done = await batch(db, {
    ...countResetAsk(db, ask, now),
    ...oweResetLink(db, mail, sql`id = ${entry.accountId}`, now, isCurrentLink),
    noted: noteEvent(db, 'reset_requested', device, isOwed(mail, 'a'), now),
  });
  return { ...readAsked(ask, done), mailIds: [mail.id] };
}

export type Reset = MailboxUse & {
  passwordHash: string;
  /** The session this browser holds, if any: on a shared phone it is somebody else's, and ends. */
  formerToken: string | undefined;
};

/**
 * Sets a new password through a reset link: ends every session of the account and this browser's, clears the
 * lock, gives up a pending address, and owes a notice.
 * @returns the notice; undefined when the link had been used or replaced
 */
export async function resetPassword(db: Db, reset: Reset): Promise<NewMail | undefined> {
  const { entry, device, now, passwordHash, attemptKeys, formerToken } = reset;
  const mail = newMail('password_changed');
  const former = await hashSecret(formerToken ?? '');
  const ended = sql`(${sessions.accountId} = ${entry.accountId} OR ${sessions.id} = ${former}) AND ${isOwed(mail)}`;
  const { changed } = await batch(db, {
    changed: statement(
      db,
      sql`UPDATE accounts SET password_hash = ${passwordHash}, ${VOID_MAILED} WHERE ${isCurrent(entry)} RETURNING id`,
    ),
    owed: oweMail(db, mail, sql`a.id = ${entry.accountId} AND ${previousChanged}`, now),
    used: markUsed(db, entry.mailId, mail, now),
    noted: noteEvent(db, 'password_reset', device, isOwed(mail, 'a'), now),
    cleared: attemptKeys.map((key) => clearAttempts(db, key, isOwed(mail))),
    dropped: dropEmailChange(db, entry.accountId, isOwed(mail), device, now),
    suspended: suspendPasskeys(db, entry.accountId, isOwed(mail)),
    ended: db.delete(sessions).where(ended),
  });
  return changed.length > 0 ? mail : undefined;
}

/** Condition on `accounts`: the link's account, active, and no newer link, password or address since. */
export function isCurrent(entry: TokenEntry): SQL {
  return sql`id = ${entry.accountId} AND link_version = ${entry.version} AND state = 'active'`;
}
