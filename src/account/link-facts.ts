// Reads the rows about a mailed link, and changes none.

import { eq, sql } from 'drizzle-orm';
import { CLIENT_FACTS } from '../client/rows.ts';
import type { TokenEntry } from '../mail/tokens.ts';
import type { Db } from '../platform/db.ts';
import { accounts, clients, mails } from '../schema.ts';

export type LinkFacts = NonNullable<Awaited<ReturnType<typeof findLinkFacts>>>;

/** The account, its client and the mail of a link; undefined when the account is gone. */
export async function findLinkFacts(db: Db, entry: TokenEntry) {
  const later = sql`FROM mails AS later WHERE later.account_id = ${mails.accountId} AND later.kind = ${mails.kind}`;
  const [facts] = await db
    .select({
      identifier: accounts.identifier,
      state: accounts.state,
      linkVersion: accounts.linkVersion,
      emailVersion: accounts.emailVersion,
      email: accounts.email,
      newEmail: accounts.newEmail,
      ...CLIENT_FACTS,
      mailedTo: mails.email,
      usedAt: mails.usedAt,
      newestMailAt: sql<number>`(SELECT max(later.created_at) ${later})`,
      isReplaced: sql<number>`EXISTS (SELECT 1 ${later} AND later.version > ${mails.version})`,
    })
    .from(mails)
    .innerJoin(accounts, eq(accounts.id, mails.accountId))
    .innerJoin(clients, eq(clients.id, accounts.clientId))
    .where(eq(mails.id, entry.mailId));
  return facts;
}
