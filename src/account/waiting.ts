// Where the activation of an account stands: its newest mail, its fate, and when another may be asked for.

import { type SQL, sql } from 'drizzle-orm';
import type { MailFate } from '../mail/fate.ts';
import { isOwed, MAIL_FATE, type NewMail, oweMail, withinCaps } from '../mail/owe.ts';
import { MAIL_CAPS } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import type { AccountState } from '../schema.ts';

/** Where an account's activation stands: its newest mail, and when the mails of the last 24 h were asked for. */
export type Waiting = {
  state: AccountState;
  /** Null where the account was opened by a code, and its owner has added none. */
  email: string | null;
  version: number;
  mailId: string;
  mailedAt: number;
  mailTimes: number[];
  fate: MailFate;
};

/** The account after a request, whether this request's own mail is owed, and the mails to deliver. */
export type Requested = { account: Waiting | undefined; isMailed: boolean; mailIds: string[] };

/** Where the account of an activation mail stands; undefined when it is gone. */
export async function findWaiting(db: Db, mailId: string, now: number): Promise<Waiting | undefined> {
  const [row] = await readWaiting(db, sql`a.id = (SELECT account_id FROM mails WHERE id = ${mailId})`, now);
  return row && readTimes(row);
}

/** A row of `readWaiting`. */
type WaitingRow = Omit<Waiting, 'mailTimes' | 'fate'> & { mailTimes: string; fate: string };

/** Statement: where the account `a` that meets the condition stands. */
export function readWaiting(db: Db, where: SQL, now: number) {
  const ofAccount = sql`FROM mails WHERE account_id = a.id AND kind = 'activation'`;
  return statement<WaitingRow>(
    db,
    sql`
    SELECT a.state AS "state", a.email AS "email", a.link_version AS "version",
      coalesce(m.id, '') AS "mailId", coalesce(m.created_at, 0) AS "mailedAt", ${MAIL_FATE},
      (SELECT json_group_array(created_at) ${ofAccount} AND created_at > ${now - MAIL_CAPS.day}) AS "mailTimes"
    FROM accounts AS a LEFT JOIN mails AS m ON m.id = (SELECT id ${ofAccount} ORDER BY version DESC LIMIT 1)
    WHERE ${where}`,
  );
}

function readTimes(row: WaitingRow): Waiting {
  return { ...row, mailTimes: JSON.parse(row.mailTimes), fate: JSON.parse(row.fate) };
}

/** What came of a request: the row as it stands after it, and the mails it may have made owed, the activation mail first. */
export function requested([row]: WaitingRow[], [activation, ...notices]: NewMail[]): Requested {
  const ids = [activation, ...notices].map((mail) => mail?.id ?? '');
  return { account: row && readTimes(row), isMailed: row?.mailId === activation?.id, mailIds: ids };
}

/** Statement: a notice to the address in the landlord's file, when the activation mail goes elsewhere. */
export function oweFileNotice(db: Db, notice: NewMail, activation: NewMail, now: number) {
  const fileEmail = sql`(SELECT email FROM clients WHERE id = a.client_id)`;
  const caps = withinCaps(notice.kind, sql`a.id`, fileEmail, now);
  return oweMail(
    db,
    notice,
    sql`${isOwed(activation, 'a')} AND lower(${fileEmail}) <> lower(a.email) AND ${caps}`,
    now,
    fileEmail,
  );
}
