// The mails that did not arrive, for whoever can call: the address is still the account's, and no later mail got through.

import { type SQL, sql } from 'drizzle-orm';
import { DESK } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import type { AccountState, ClientKind, MailKind, MailReason, MailState } from '../schema.ts';

export type LostMail = {
  kind: MailKind;
  state: MailState;
  reason: MailReason | null;
  createdAt: number;
  accountState: AccountState;
  clientId: number;
  clientKind: ClientKind;
  reference: string;
  familyName: string | null;
  givenName: string | null;
  companyName: string | null;
};

// The condition of the index `mails_lost` word for word, or SQLite would read all mails.
const LOST = (now: number): SQL => sql`
  FROM mails AS m INDEXED BY mails_lost
    JOIN accounts AS a ON a.id = m.account_id
    JOIN clients AS c ON c.id = a.client_id
  WHERE (m.state IN ('refused', 'failed') OR (m.state = 'queued' AND m.last_error = 'address_suppressed'))
    AND m.created_at > ${now - DESK.lostMails}
    -- An address that was corrected since is nobody's trouble any more.
    AND a.state <> 'closed' AND m.email IN (a.email, a.new_email)
    AND NOT EXISTS (SELECT 1 FROM mails AS later WHERE later.account_id = m.account_id AND later.email = m.email
      AND later.created_at > m.created_at AND later.state <> 'cancelled')`;

/** Query: the newest of each account and address, the newest first. */
export function lostMails(db: Db, now: number) {
  return statement<LostMail>(
    db,
    sql`SELECT m.kind AS "kind", m.state AS "state", m.last_error AS "reason", m.created_at AS "createdAt",
      a.state AS "accountState", c.id AS "clientId", c.kind AS "clientKind", c.reference AS "reference",
      c.family_name AS "familyName", c.given_name AS "givenName", c.company_name AS "companyName"
    ${LOST(now)} ORDER BY m.created_at DESC LIMIT ${DESK.listed}`,
  );
}

/** How many there are, up to a hundred. */
export async function countLostMails(db: Db, now: number): Promise<number> {
  const [row] = await statement<{ count: number }>(
    db,
    sql`SELECT count(*) AS "count" FROM (SELECT 1 ${LOST(now)} LIMIT ${DESK.listed})`,
  );
  return row?.count ?? 0;
}
