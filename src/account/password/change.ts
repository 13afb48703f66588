// The password changed from within the space.

import { and, eq, sql } from 'drizzle-orm';
import { type NewMail, newMail, oweMail, VOID_MAILED } from '../../mail/owe.ts';
import { batch, type Db, previousChanged, statement } from '../../platform/db.ts';
import { accounts, type Device, sessions } from '../../schema.ts';
import { dropEmailChange } from '../email-change.ts';
import { noteEvent } from '../events.ts';
import { drawToken, renewSession } from '../sessions.ts';
import { isSession } from '../signed-in.ts';

/** The hash of an account's password, while it is active and has one. */
export async function readPasswordHash(db: Db, accountId: number): Promise<string | null> {
  const [row] = await db
    .select({ hash: accounts.passwordHash })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.state, 'active')));
  return row?.hash ?? null;
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
  const { token, id } = await drawToken();
  // The hash has a salt of its own: whoever finds it there has won. The mail tells less: an account may have no address.
  const isOwn = sql`a.id = ${accountId} AND a.password_hash = ${passwordHash}`;
  const isChanged = sql`EXISTS (SELECT 1 FROM accounts AS a WHERE ${isOwn})`;
  const others = sql`${sessions.accountId} = ${accountId} AND ${sessions.id} <> ${sessionId} AND ${isChanged}`;
  const { changed } = await batch(db, {
    changed: statement(
      db,
      sql`UPDATE accounts SET password_hash = ${passwordHash}, ${VOID_MAILED}
      WHERE id = ${accountId} AND password_hash IS ${currentHash} AND state = 'active'
        AND ${isSession(sessionId)} RETURNING id`,
    ),
    owed: oweMail(db, mail, sql`a.id = ${accountId} AND ${previousChanged}`, now),
    noted: noteEvent(db, 'password_changed', device, isOwn, now),
    dropped: dropEmailChange(db, accountId, isChanged, device, now),
    ended: db.delete(sessions).where(others),
    renewed: renewSession(db, sessionId, id, isChanged),
  });
  return changed.length > 0 ? { mail, token } : undefined;
}
