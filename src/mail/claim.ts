// Which owed mails leave now: claimed for one delivery, and only while they fit what they are about.

import { and, eq, inArray, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { DELIVERY } from '../numbers.ts';
import { batch, type Db } from '../platform/db.ts';
import { accounts, clients, helpRequests, type MailKind, mails } from '../schema.ts';
import { MAIL_FITS } from './kinds.ts';

/** A claimed mail with all that its letter may need. */
export type DueMail = {
  id: string;
  kind: MailKind;
  /** Null, and no identifier, for the mail of a help request, or to the landlord. */
  accountId: number | null;
  email: string;
  version: number;
  nonce: string;
  createdAt: number;
  /** How often it has been claimed, this time included. */
  attempts: number;
  /** When the provider last held it back, in ms; 0 when never. */
  heldBackAt: number;
  identifier: string | null;
  /** 1 when the account has a password of its own in force. */
  hasPassword: number;
  /** 1 when the landlord lets nobody open another account for the client. */
  isHeld: number;
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
};

/**
 * Claims owed mails for the length of a lease: the given ones, or all that are due. A mail that no longer fits its
 * account (a newer link, an address corrected, an account closed) is cancelled and never leaves.
 * @returns the claimed mails, and whether more may be due
 */
export async function claimMails(
  db: Db,
  wanted: string[] | 'due',
  now: number,
): Promise<{ due: DueMail[]; isMore: boolean }> {
  const target = wanted === 'due' ? sql`1` : inArray(mails.id, wanted);
  const queued = and(
    eq(mails.state, 'queued'),
    lte(mails.leaseUntil, now),
    lte(mails.nextAttemptAt, now),
    target,
  );
  const due = db
    .select({ id: mails.id })
    .from(mails)
    .where(queued)
    .orderBy(mails.nextAttemptAt)
    .limit(DELIVERY.perSweep);
  const fits = or(fitsAccount(db), fitsRequest(db), inArray(mails.kind, TO_LANDLORD)) ?? sql`0`;
  const { cancelled, claimed } = await batch(db, {
    cancelled: db
      .update(mails)
      .set({ state: 'cancelled' })
      .where(and(inArray(mails.id, due), not(fits)))
      .returning({ id: mails.id }),
    // Asked again: when some were cancelled, others that nobody has looked at stand among the due ones now.
    claimed: db
      .update(mails)
      .set({ leaseUntil: now + DELIVERY.lease, attempts: sql`attempts + 1` })
      .where(and(inArray(mails.id, due), fits))
      .returning({ id: mails.id }),
  });
  const ids = claimed.map(({ id }) => id);
  const isMore = Math.max(cancelled.length, claimed.length) === DELIVERY.perSweep;
  return { due: ids.length > 0 ? await readDue(db, ids) : [], isMore };
}

const TO_LANDLORD = (Object.keys(MAIL_FITS) as MailKind[]).filter((kind) => MAIL_FITS[kind].isToLandlord);

/** Condition: the account is in a state the mail's kind fits, and nothing made it stale (see `MAIL_FITS`). */
function fitsAccount(db: Db): SQL {
  const kinds = Object.entries(MAIL_FITS) as [MailKind, (typeof MAIL_FITS)[MailKind]][];
  const own = {
    link: eq(accounts.linkVersion, mails.version),
    email: eq(accounts.emailVersion, mails.version),
    address: eq(accounts.email, mails.email),
  };
  const fits = kinds.map(([kind, { states, bound }]) =>
    and(eq(mails.kind, kind), inArray(accounts.state, states), bound && own[bound]),
  );
  const fitting = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, mails.accountId), or(...fits)));
  return sql`EXISTS ${fitting}`;
}

/** Condition: the help request still stands as the mail says. */
function fitsRequest(db: Db): SQL {
  const kinds = Object.entries(MAIL_FITS) as [MailKind, (typeof MAIL_FITS)[MailKind]][];
  const fits = kinds.flatMap(([kind, { requests }]) =>
    requests ? [and(eq(mails.kind, kind), inArray(helpRequests.state, requests))] : [],
  );
  const fitting = db
    .select({ id: helpRequests.id })
    .from(helpRequests)
    .where(and(eq(helpRequests.id, mails.requestId), or(...fits)));
  return sql`EXISTS ${fitting}`;
}

function readDue(db: Db, ids: string[]): Promise<DueMail[]> {
  return db
    .select({
      id: mails.id,
      kind: mails.kind,
      accountId: mails.accountId,
      email: mails.email,
      version: mails.version,
      nonce: mails.nonce,
      createdAt: mails.createdAt,
      attempts: mails.attempts,
      heldBackAt: mails.heldBackAt,
      identifier: accounts.identifier,
      hasPassword: sql<number>`${accounts.passwordHash} IS NOT NULL`,
      isHeld: sql<number>`${clients.heldAt} IS NOT NULL`,
      givenName: clients.givenName,
      familyName: clients.familyName,
      companyName: clients.companyName,
    })
    .from(mails)
    .leftJoin(accounts, eq(accounts.id, mails.accountId))
    .leftJoin(clients, eq(clients.id, accounts.clientId))
    .where(inArray(mails.id, ids));
}
