// The outbox: a mail is owed by one row, written in the batch that promises it.

import { and, eq, inArray, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { MAIL_FITS, type MailKind } from '../rules/mails.ts';
import { DELIVERY, MAIL_CAPS } from '../rules/numbers.ts';
import { randomSecret } from '../rules/secrets.ts';
import { type Db, statement } from './db.ts';
import { accounts, clients, mails } from './schema.ts';

/** A mail about to be owed: its id is also the provider's idempotency key. */
export type NewMail = { id: string; nonce: string; kind: MailKind };

/** A mail with a fresh id and nonce. */
export function newMail(kind: MailKind): NewMail {
  return { id: crypto.randomUUID(), nonce: randomSecret(), kind };
}

/**
 * Statement: owes a mail to the account (`a` in `when`) that meets the condition, at the account's address
 * unless another is given. Owes nothing when no account does.
 */
export function oweMail(db: Db, mail: NewMail, when: SQL, now: number, email: SQL = sql`a.email`) {
  const version = MAIL_FITS[mail.kind].bound === 'email' ? sql`a.email_version` : sql`a.link_version`;
  return statement(
    db,
    sql`
    INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
    SELECT ${mail.id}, ${mail.kind}, a.id, ${email}, ${version}, ${mail.nonce}, ${now}, ${now}
    FROM accounts AS a WHERE ${when}`,
  );
}

/** Condition: the mail has been owed by an earlier statement of the same batch. */
export function isOwed(mail: NewMail): SQL {
  return sql`EXISTS (SELECT 1 FROM mails WHERE id = ${mail.id})`;
}

/** Condition: `a` is the account to which this mail is owed. */
export function isMailOf(mail: NewMail): SQL {
  return sql`a.id = (SELECT account_id FROM mails WHERE id = ${mail.id})`;
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

/** A claimed mail with all that its letter may need. */
export type DueMail = {
  id: string;
  kind: MailKind;
  accountId: number;
  email: string;
  version: number;
  nonce: string;
  createdAt: number;
  identifier: string;
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
};

/**
 * Claims owed mails for the length of a lease: the given ones, or whatever is due. What no longer fits its
 * account (a newer link, an address corrected, an account closed) is cancelled and never leaves.
 */
export async function claimMails(db: Db, wanted: string[] | 'due', now: number): Promise<DueMail[]> {
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
  const [, claimed] = await db.batch([
    db
      .update(mails)
      .set({ state: 'cancelled' })
      .where(and(inArray(mails.id, due), not(fitsAccount(db)))),
    db
      .update(mails)
      .set({ leaseUntil: now + DELIVERY.lease, attempts: sql`attempts + 1` })
      .where(inArray(mails.id, due))
      .returning({ id: mails.id }),
  ]);
  return claimed.length === 0
    ? []
    : readDue(
        db,
        claimed.map(({ id }) => id),
      );
}

/** Condition: the account is in a state the mail's kind fits, and no newer link made it stale. */
function fitsAccount(db: Db): SQL {
  const kinds = Object.entries(MAIL_FITS) as [MailKind, (typeof MAIL_FITS)[MailKind]][];
  const versions = { link: accounts.linkVersion, email: accounts.emailVersion };
  const fits = kinds.map(([kind, { states, bound }]) =>
    and(
      eq(mails.kind, kind),
      inArray(accounts.state, states),
      bound ? eq(versions[bound], mails.version) : undefined,
    ),
  );
  const fitting = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, mails.accountId), or(...fits)));
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
      identifier: accounts.identifier,
      givenName: clients.givenName,
      familyName: clients.familyName,
      companyName: clients.companyName,
    })
    .from(mails)
    .innerJoin(accounts, eq(accounts.id, mails.accountId))
    .innerJoin(clients, eq(clients.id, accounts.clientId))
    .where(inArray(mails.id, ids));
}

/** Notes that the provider took a mail. */
export async function markSent(db: Db, id: string, providerId: string, now: number): Promise<void> {
  await db
    .update(mails)
    .set({ state: 'sent', providerId, sentAt: now, lastError: null })
    .where(eq(mails.id, id));
}

/** Notes that the provider did not take a mail: tried again later, given up after 24 h. */
export async function markUnsent(db: Db, id: string, now: number): Promise<void> {
  await db
    .update(mails)
    .set({
      state: sql`CASE WHEN created_at <= ${now - DELIVERY.giveUpAfter} THEN 'failed' ELSE 'queued' END`,
      lastError: 'not_taken',
      leaseUntil: 0,
      nextAttemptAt: now + DELIVERY.retryAfter,
    })
    .where(eq(mails.id, id));
}

/** When the oldest mail still owed was promised, in ms; null when none is owed. */
export async function oldestOwed(db: Db): Promise<number | null> {
  const [row] = await db
    .select({ at: sql<number | null>`min(${mails.createdAt})` })
    .from(mails)
    .where(eq(mails.state, 'queued'));
  return row?.at ?? null;
}
