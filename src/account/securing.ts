// « Ce n’est pas moi »: an account taken back from whoever got in.

import { sql } from 'drizzle-orm';
import { isOwed, newMail, oweMail, VOID_MAILED } from '../mail/owe.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { type Device, sessions } from '../schema.ts';
import { dropEmailChange } from './email-change.ts';
import { noteEvent } from './events.ts';
import { dropPasskeys } from './passkeys.ts';
import { isSession } from './signed-in.ts';

/**
 * Ends every session of an active account, voids its passwords, removes its passkeys, gives up its pending address and
 * owes it a reset link. Whoever was in knows the password, and what was on its way on it (another address, another
 * password, closing) falls with it. No cap: it takes a session, none opens any more, and the page says that the mail left.
 * An account without an address keeps its password, which no mail could give back: its page leads to choosing another.
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
  const { secured } = await batch(db, {
    secured: statement(
      db,
      sql`UPDATE accounts SET password_hash = NULL, ${VOID_MAILED}
      WHERE id = ${accountId} AND state = 'active' AND email IS NOT NULL AND ${isSession(sessionId)} RETURNING id`,
    ),
    owed: oweMail(db, mail, sql`a.id = ${accountId} AND ${previousChanged}`, now),
    asked: noteEvent(db, 'reset_requested', device, isOwed(mail, 'a'), now),
    noted: noteEvent(db, 'sessions_ended', device, isOwed(mail, 'a'), now),
    dropped: dropEmailChange(db, accountId, isOwed(mail), device, now),
    keys: dropPasskeys(db, accountId, isOwed(mail)),
    ended: db.delete(sessions).where(sql`${sessions.accountId} = ${accountId} AND ${isOwed(mail)}`),
  });
  return secured.length > 0 ? mail.id : undefined;
}
