// The promise of a mail: one row of the outbox, written in the batch that promises it.

import { type SQL, sql } from 'drizzle-orm';
import { MAIL_CAPS } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { randomSecret } from '../platform/secrets.ts';
import type { MailKind } from '../schema.ts';
import { MAIL_FITS } from './kinds.ts';

/** A mail about to be owed: its id is also the provider's idempotency key. */
export type NewMail = { id: string; nonce: string; kind: MailKind };

/** A mail with a fresh id and nonce. */
export function newMail(kind: MailKind): NewMail {
  return { id: crypto.randomUUID(), nonce: randomSecret(), kind };
}

/**
 * Statement: owes a mail to the account (`a` in `when`) that meets the condition, at the account's address
 * unless another is given. Owes nothing when no account does, nor to an account without an address: what follows in a batch
 * hangs on what was decided, never on the mail.
 */
export function oweMail(db: Db, mail: NewMail, when: SQL, now: number, email: SQL = sql`a.email`) {
  const version = MAIL_FITS[mail.kind].bound === 'email' ? sql`a.email_version` : sql`a.link_version`;
  return statement(
    db,
    sql`
    INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
    SELECT ${mail.id}, ${mail.kind}, a.id, ${email}, ${version}, ${mail.nonce}, ${now}, ${now}
    FROM accounts AS a WHERE (${when}) AND ${email} IS NOT NULL`,
  );
}

/** Statement: owes a mail to the address that was typed in a help request (`r` in `when`), which has no account. */
export function oweRequestMail(db: Db, mail: NewMail, when: SQL, now: number) {
  return statement(
    db,
    sql`
    INSERT INTO mails (id, kind, request_id, email, version, nonce, created_at, next_attempt_at)
    SELECT ${mail.id}, ${mail.kind}, r.id, r.email, 0, ${mail.nonce}, ${now}, ${now}
    FROM help_requests AS r WHERE ${when}`,
  );
}

/**
 * Condition: an earlier step of the same batch has made this mail owed (see `batch`).
 * @param to where `a` stands for an account: the mail is owed to that one
 */
export function isOwed(mail: NewMail, to?: 'a'): SQL {
  return to
    ? sql`a.id = (SELECT account_id FROM mails WHERE id = ${mail.id})`
    : sql`EXISTS (SELECT 1 FROM mails WHERE id = ${mail.id})`;
}

/** Statement: notes that the link of a mail was used, if its use has made the mail `by` owed. */
export function markUsed(db: Db, mailId: string, by: NewMail, now: number) {
  return statement(db, sql`UPDATE mails SET used_at = ${now} WHERE id = ${mailId} AND ${isOwed(by)}`);
}

/**
 * Condition: one more mail of a kind stays inside the caps of its account. The gap between two is kept per
 * address, so that a corrected address need not wait for the mistyped one.
 */
export function withinCaps(kind: MailKind, accountId: SQL, email: SQL, now: number): SQL {
  return sql`(SELECT count(*) < ${MAIL_CAPS.perDay}
      AND count(*) FILTER (WHERE created_at > ${now - MAIL_CAPS.hour}) < ${MAIL_CAPS.perHour}
      AND coalesce(max(created_at) FILTER (WHERE mails.email = ${email}), 0) <= ${now - MAIL_CAPS.gap}
    FROM mails WHERE account_id = ${accountId} AND kind = ${kind} AND created_at > ${now - MAIL_CAPS.day})`;
}

/** Column: where a mail (`m`) is on its way, as JSON of a `MailFate`; its state is null when the row is gone. */
export const MAIL_FATE = sql`json_object('state', m.state, 'reason', m.last_error, 'sentAt', m.sent_at,
  'reportedAt', m.reported_at) AS "fate"`;

/** Voids every mailed link and provisional password: for `SET`. */
export const VOID_MAILED = sql`provisional_hash = NULL, provisional_until = NULL, link_version = link_version + 1`;
