// A right code opens the account, or leads to a new password. Of any number of uses one wins.

import { sql } from 'drizzle-orm';
import { endPauses } from '../../client/pauses.ts';
import { newMail, oweMail, VOID_MAILED } from '../../mail/owe.ts';
import { CODE } from '../../numbers.ts';
import { clearAttempts } from '../../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../../platform/db.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { type Device, sessions } from '../../schema.ts';
import { dropEmailChange } from '../email-change.ts';
import { noteEvent } from '../events.ts';
import { identifierStem } from '../identifier.ts';
import { isLetIn } from '../links.ts';
import { identifierNumbers, isFreeNumber } from '../opening.ts';
import { suspendPasskeys } from '../passkeys.ts';
import type { KnownCode } from './check.ts';

export type CodeUse = {
  found: KnownCode;
  passwordHash: string;
  prefix: string;
  graceDays: number;
  device: Device;
  /** The counters of wrong passwords: a code lifts their pauses. */
  attemptKeys: string[];
  /** The session this browser holds, if any: on a shared phone it is somebody else's, and ends. */
  formerToken: string | undefined;
  now: number;
};

/**
 * Uses a code: an account without an address is opened, or the one there is gets a new password, its sessions end and its
 * pauses are lifted. A pending account gives up its address, which nobody has proved. One statement decides, so that of any
 * number of uses one wins.
 * @returns the identifier, and the mails to deliver; undefined when another use was first
 */
export async function consumeCode(
  db: Db,
  use: CodeUse,
): Promise<{ identifier: string; mailIds: string[] } | undefined> {
  const { found, passwordHash, device, attemptKeys, formerToken, now } = use;
  const { clientId } = found;
  const [changed, warning] = [newMail('password_changed'), newMail('code_used')];
  // As above: whoever finds the new hash on the account has won.
  const isOwn = sql`a.client_id = ${clientId} AND a.password_hash = ${passwordHash}`;
  const isDone = sql`EXISTS (SELECT 1 FROM accounts AS a WHERE ${isOwn})`;
  const ownAccount = sql`(SELECT a.id FROM accounts AS a WHERE ${isOwn})`;
  const fileEmail = sql`(SELECT email FROM clients WHERE id = a.client_id)`;
  const { opened } = await batch(db, {
    used: markCodeUsed(db, use),
    opened: setPassword(db, use),
    told: oweMail(db, changed, isOwn, now),
    warned: oweMail(db, warning, sql`${isOwn} AND a.email IS NULL`, now, fileEmail),
    noted: noteEvent(db, 'code_used', device, isOwn, now),
    ...endPauses(db, clientId, isDone),
    cleared: attemptKeys.map((key) => clearAttempts(db, key, isDone)),
    dropped:
      found.accountId === null
        ? []
        : [
            ...dropEmailChange(db, found.accountId, isDone, device, now),
            suspendPasskeys(db, found.accountId, isDone),
          ],
    ended: db
      .delete(sessions)
      .where(
        sql`(${sessions.accountId} = ${ownAccount} OR ${sessions.id} = ${await hashSecret(formerToken ?? '')}) AND ${isDone}`,
      ),
  });
  const [row] = opened;
  return row && { identifier: row.identifier, mailIds: [changed.id, warning.id] };
}

function markCodeUsed(db: Db, { found, graceDays, now }: CodeUse) {
  return statement(
    db,
    sql`UPDATE codes SET used_at = ${now} WHERE client_id = ${found.clientId} AND hash = ${found.hash}
      AND used_at IS NULL AND expires_at > ${now} AND tries <= ${CODE.tries} AND EXISTS (SELECT 1 FROM clients AS c
        WHERE c.id = client_id AND c.held_at IS NULL AND ${isLetIn(graceDays, now)})`,
  );
}

/** Right behind the statement that decides. */
function setPassword(db: Db, { found, passwordHash, prefix, now }: CodeUse) {
  return statement<{ identifier: string }>(
    db,
    sql`INSERT INTO accounts (client_id, identifier, state, password_hash, created_at, activated_at)
    SELECT ${found.clientId}, ${identifierStem(prefix, found.clientKind)} || value, 'active', ${passwordHash}, ${now}, ${now}
    FROM json_each(${identifierNumbers()}) WHERE ${isFreeNumber(prefix)} AND ${previousChanged} LIMIT 1
    ON CONFLICT (client_id) WHERE state <> 'closed' DO UPDATE SET
      email = iif(accounts.state = 'pending', NULL, accounts.email), state = 'active',
      password_hash = excluded.password_hash, activated_at = coalesce(accounts.activated_at, excluded.activated_at),
      ${VOID_MAILED}
    RETURNING identifier`,
  );
}
