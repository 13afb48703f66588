// Closing an account: by its holder, by the landlord, or long after its client left (`retention.ts`).

import { eq, type SQL, sql } from 'drizzle-orm';
import { isMailOf, isOwed, type NewMail, newMail, oweMail, VOID_MAILED } from '../mail/owe.ts';
import { type Db, statement } from '../platform/db.ts';
import { type Device, sessions } from '../schema.ts';
import { noteEvent } from './events.ts';
import { isSession } from './sessions.ts';

/** What closing sets: e-mails and hashes go, every mailed link is void, the identifier stays reserved. */
export function closed(now: number): SQL {
  return sql`state = 'closed', closed_at = ${now}, email = NULL, new_email = NULL, password_hash = NULL,
    ${VOID_MAILED}, email_version = email_version + 1`;
}

/** `passwordHash`: the one that was verified; none equals none. */
export type Closing = {
  accountId: number;
  sessionId: string;
  passwordHash: string | null;
  device: Device;
  now: number;
};

/**
 * Closes an account on the very password that was verified: sessions, e-mails and hashes go, the identifier
 * stays reserved, and the client's row stays the landlord's, so that the person can sign up again.
 * @returns the mail that says so; undefined when the password changed or the session ended meanwhile
 */
export async function closeAccount(db: Db, closing: Closing): Promise<NewMail | undefined> {
  const { accountId, sessionId, passwordHash, device, now } = closing;
  const mail = newMail('account_closed');
  const isSame = sql`a.id = ${accountId} AND a.password_hash = ${passwordHash} AND a.state = 'active' AND ${isSession(sessionId)}`;
  const [, won] = await db.batch([
    oweMail(db, mail, isSame, now),
    statement(
      db,
      sql`UPDATE accounts SET ${closed(now)} WHERE id = ${accountId} AND ${isOwed(mail)} RETURNING id`,
    ),
    noteEvent(db, 'closed', device, isMailOf(mail), now),
    db.delete(sessions).where(sql`${sessions.accountId} = ${accountId} AND ${isOwed(mail)}`),
  ]);
  return won.length > 0 ? mail : undefined;
}

/**
 * Closes an account in the landlord's name, so that its person can sign up again; the address on it is told.
 * @param reason kept with the event
 * @returns whether there was an open account
 */
export async function closeForLandlord(db: Db, accountId: number, reason: string, now: number) {
  const mail = newMail('account_closed');
  const [, won] = await db.batch([
    // An address that was never proved is told nothing.
    oweMail(db, mail, sql`a.id = ${accountId} AND a.state = 'active'`, now),
    statement(
      db,
      sql`UPDATE accounts SET ${closed(now)} WHERE id = ${accountId} AND state <> 'closed' RETURNING id`,
    ),
    noteEvent(db, 'closed_by_landlord', null, sql`a.id = ${accountId} AND changes() > 0`, now, {
      actor: 'landlord',
      detail: reason,
    }),
    db.delete(sessions).where(eq(sessions.accountId, accountId)),
  ]);
  return won.length > 0;
}
