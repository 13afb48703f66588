// A new e-mail address: pending until its own mailed link is confirmed; the old one stays in force until then.

import { and, desc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { MailFate } from '../mail/fate.ts';
import { isMailOf, markUsed, newMail, oweMail, VOID_MAILED, withinCaps } from '../mail/owe.ts';
import type { TokenEntry } from '../mail/tokens.ts';
import { MAIL_CAPS } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { type Device, mails } from '../schema.ts';
import { noteEvent } from './events.ts';
import { isSession } from './sessions.ts';

export type EmailChange = {
  accountId: number;
  sessionId: string;
  /** The hash that was verified; none equals none. */
  passwordHash: string | null;
  newEmail: string;
  device: Device;
  now: number;
};

/**
 * Keeps the new address as pending, owes it the link that confirms it, and tells the old address.
 * @returns the ids of the mails; undefined when the password changed or the session ended meanwhile, or the caps are reached
 */
export async function requestEmailChange(db: Db, change: EmailChange): Promise<string[] | undefined> {
  const { accountId, sessionId, passwordHash, newEmail, device, now } = change;
  const [confirm, notice] = [newMail('confirm_email'), newMail('email_changing')];
  const caps = withinCaps(confirm.kind, sql`accounts.id`, sql`${newEmail}`, now);
  const [won] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET new_email = ${newEmail}, email_version = email_version + 1
      WHERE id = ${accountId} AND password_hash = ${passwordHash} AND state = 'active'
        AND ${isSession(sessionId)} AND ${caps} RETURNING id`,
    ),
    oweMail(db, confirm, sql`a.id = ${accountId} AND changes() > 0`, now, sql`a.new_email`),
    oweMail(db, notice, isMailOf(confirm), now),
    noteEvent(db, 'email_change_requested', device, isMailOf(confirm), now),
  ]);
  return won.length > 0 ? [confirm.id, notice.id] : undefined;
}

/** Gives up the pending address; its mailed link is void. */
export async function cancelEmailChange(
  db: Db,
  accountId: number,
  sessionId: string,
  device: Device,
  now: number,
): Promise<void> {
  await db.batch([...dropEmailChange(db, accountId, isSession(sessionId), device, now)]);
}

/**
 * Statements: give up the pending address where the condition holds. Whatever takes an account back from a stranger
 * does so: the link mailed to an address that the stranger typed would hand the account over again.
 */
export function dropEmailChange(db: Db, accountId: number, when: SQL, device: Device, now: number) {
  return [
    statement(
      db,
      sql`UPDATE accounts SET new_email = NULL, email_version = email_version + 1
      WHERE id = ${accountId} AND new_email IS NOT NULL AND ${when}`,
    ),
    noteEvent(db, 'email_change_cancelled', device, sql`a.id = ${accountId} AND changes() > 0`, now),
  ] as const;
}

/**
 * Puts the pending address in force; links and provisional passwords mailed to the old one are void, and it is told.
 * @param proof the session of the very account, or that its identifier was typed
 * @returns the notice's id; undefined when the link had been used, replaced or cancelled, or the session ended meanwhile
 */
export async function confirmEmail(
  db: Db,
  entry: TokenEntry,
  proof: { sessionId: string } | 'identifier',
  device: Device,
  now: number,
) {
  const notice = newMail('email_changed');
  const isProved = proof === 'identifier' ? sql`1` : isSession(proof.sessionId);
  const isCurrent = sql`id = ${entry.accountId} AND email_version = ${entry.version} AND state = 'active'
    AND new_email IS NOT NULL AND ${isProved}`;
  const [, won] = await db.batch([
    // First, while the account still has its old address: that is where the notice goes.
    oweMail(db, notice, isCurrent, now),
    statement(
      db,
      sql`UPDATE accounts SET email = new_email, new_email = NULL, email_version = email_version + 1,
        ${VOID_MAILED} WHERE ${isCurrent} RETURNING id`,
    ),
    markUsed(db, entry.mailId, notice, now),
    noteEvent(db, 'email_changed', device, isMailOf(notice), now),
  ]);
  return won.length > 0 ? notice.id : undefined;
}

/** The confirmation mails of the last 24 h: when they were asked for (ms), and where the newest one is. */
export async function readChangeMails(
  db: Db,
  accountId: number,
  now: number,
): Promise<{ times: number[]; fate: MailFate | undefined }> {
  const rows = await db
    .select({
      createdAt: mails.createdAt,
      state: mails.state,
      reason: mails.lastError,
      sentAt: mails.sentAt,
      reportedAt: mails.reportedAt,
    })
    .from(mails)
    .where(
      and(
        eq(mails.accountId, accountId),
        eq(mails.kind, 'confirm_email'),
        gt(mails.createdAt, now - MAIL_CAPS.day),
      ),
    )
    .orderBy(desc(mails.version));
  return { times: rows.map(({ createdAt }) => createdAt), fate: rows[0] };
}
