// Closing an account: by its holder, by the landlord, or long after its client left (`retention.ts`).

import { eq, type SQL, sql } from 'drizzle-orm';
import { type NewMail, newMail, oweMail, VOID_MAILED } from '../mail/owe.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { type Device, sessions } from '../schema.ts';
import { voidCode } from './code/void.ts';
import { noteEvent } from './events.ts';
import { dropPasskeys } from './passkeys.ts';
import { isSession } from './signed-in.ts';

/** Closing sets these at once: the hashes go, every mailed link is void, the identifier stays reserved. */
const shut = (now: number) => sql`state = 'closed', closed_at = ${now}, password_hash = NULL,
    ${VOID_MAILED}, email_version = email_version + 1`;
/** The addresses go when the last mail to them is owed. */
const FORGOTTEN = sql`email = NULL, new_email = NULL`;

/** Closing sets these in all, where no notice leaves. */
export function closed(now: number): SQL {
  return sql`${shut(now)}, ${FORGOTTEN}`;
}

const clientOf = (accountId: number) => sql`(SELECT client_id FROM accounts WHERE id = ${accountId})`;

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
  const isClosed = sql`EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId} AND state = 'closed')`;
  const mail = newMail('account_closed');
  const { won } = await batch(db, {
    won: statement(
      db,
      sql`UPDATE accounts SET ${shut(now)}
      WHERE id = ${accountId} AND password_hash = ${passwordHash} AND state = 'active'
        AND ${isSession(sessionId)} RETURNING id`,
    ),
    noted: noteEvent(db, 'closed', device, sql`a.id = ${accountId} AND ${previousChanged}`, now),
    // Not the sign of what was decided: an account may have no address, and owes itself nothing.
    owed: oweMail(db, mail, sql`a.id = ${accountId} AND ${previousChanged}`, now),
    forgotten: statement(
      db,
      sql`UPDATE accounts SET ${FORGOTTEN} WHERE id = ${accountId} AND state = 'closed'`,
    ),
    ended: db.delete(sessions).where(sql`${sessions.accountId} = ${accountId} AND ${isClosed}`),
    dropped: dropPasskeys(db, accountId, isClosed),
    code: voidCode(db, clientOf(accountId), isClosed),
  });
  return won.length > 0 ? mail : undefined;
}

/**
 * Closes an account in the landlord's name, so that its person can sign up again; a notice goes to the address on it.
 * @param reason kept with the event
 * @returns whether there was an open account
 */
export async function closeForLandlord(db: Db, accountId: number, reason: string, now: number) {
  const mail = newMail('account_closed');
  const isClosed = sql`id = ${accountId} AND state = 'closed'`;
  const { won } = await batch(db, {
    won: statement(
      db,
      sql`UPDATE accounts SET ${shut(now)} WHERE id = ${accountId} AND state <> 'closed' RETURNING id`,
    ),
    // Noted before the mail is owed: an account that was never activated closes too, and owes none.
    noted: noteEvent(db, 'closed_by_landlord', null, sql`a.id = ${accountId} AND ${previousChanged}`, now, {
      actor: 'landlord',
      detail: reason,
    }),
    // An address that was never proved gets no notice.
    owed: oweMail(
      db,
      mail,
      sql`a.id = ${accountId} AND a.activated_at IS NOT NULL AND ${previousChanged}`,
      now,
    ),
    forgotten: statement(db, sql`UPDATE accounts SET ${FORGOTTEN} WHERE ${isClosed}`),
    ended: db.delete(sessions).where(eq(sessions.accountId, accountId)),
    dropped: dropPasskeys(db, accountId, sql`1`),
    code: voidCode(db, clientOf(accountId), sql`1`),
  });
  return won.length > 0;
}
