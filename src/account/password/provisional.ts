// A provisional password in place of a new one, through a reset link (how one is made: src/mail/provisional.ts).

import { sql } from 'drizzle-orm';
import { isOwed, markUsed, type NewMail, oweMail } from '../../mail/owe.ts';
import { PROVISIONAL_LIFETIME } from '../../numbers.ts';
import { clearAttempts } from '../../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../../platform/db.ts';
import { noteEvent } from '../events.ts';
import { isCurrent, type MailboxUse } from '../reset.ts';

/**
 * Keeps the hash of the provisional password that a mail will carry, and clears the lock, or it could not be used
 * within its hour. The chosen password stays in force.
 * @param mail made by `newMail`, since the password is derived from it
 * @returns whether the mail is owed: not when the link had been used or replaced
 */
export async function requestProvisional(
  db: Db,
  use: MailboxUse & { mail: NewMail; provisionalHash: string },
) {
  const { entry, device, now, attemptKeys, mail, provisionalHash } = use;
  const { kept } = await batch(db, {
    kept: statement(
      db,
      sql`UPDATE accounts SET provisional_hash = ${provisionalHash}, provisional_until = ${now + PROVISIONAL_LIFETIME},
        link_version = link_version + 1 WHERE ${isCurrent(entry)} RETURNING id`,
    ),
    owed: oweMail(db, mail, sql`a.id = ${entry.accountId} AND ${previousChanged}`, now),
    used: markUsed(db, entry.mailId, mail, now),
    noted: noteEvent(db, 'provisional_requested', device, isOwed(mail, 'a'), now),
    cleared: attemptKeys.map((key) => clearAttempts(db, key, isOwed(mail))),
  });
  return kept.length > 0;
}
