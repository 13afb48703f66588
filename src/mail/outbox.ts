// The outbox as delivery sees it: claiming owed mails, what came of each try, and what the provider reports later.

import { and, eq, inArray, lt, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { DELIVERY, MAIL_LATE } from '../numbers.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { randomSecret } from '../platform/secrets.ts';
import {
  accounts,
  clients,
  type HandoverReason,
  helpRequests,
  type MailKind,
  type MailReason,
  type MailState,
  mails,
} from '../schema.ts';
import { afterFailure, type MailReport, mayHaveLeft } from './fate.ts';
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

/** Notes that the provider took a mail; a report that was quicker stays. */
export async function markSent(db: Db, id: string, providerId: string | null, now: number): Promise<void> {
  const state = sql<MailState>`CASE state WHEN 'queued' THEN 'sent' ELSE state END`;
  const reason = sql<MailReason | null>`CASE state WHEN 'queued' THEN NULL ELSE last_error END`;
  await db.update(mails).set({ state, lastError: reason, providerId, sentAt: now }).where(eq(mails.id, id));
}

/**
 * When the life of a mail's secret begins (ms), and the nonce it is made from. It begins at the first try that may have
 * been taken: a copy sent again is the same secret with the same end. Once that life is over, a mail still owed carries
 * a new one.
 * @param lifetime ms
 */
export async function startSecret(
  db: Db,
  id: string,
  lifetime: number,
  now: number,
): Promise<{ nonce: string; mintedAt: number }> {
  const isOver = sql`minted_at <= ${now - lifetime}`;
  const [secret] = await statement<{ nonce: string; mintedAt: number }>(
    db,
    sql`UPDATE mails SET
      nonce = CASE WHEN ${isOver} THEN ${randomSecret()} ELSE nonce END,
      minted_at = CASE WHEN ${isOver} THEN ${now} ELSE coalesce(minted_at, ${now}) END
    WHERE id = ${id} RETURNING nonce, minted_at AS "mintedAt"`,
  );
  if (!secret) throw new Error('The mail is gone');
  return secret;
}

/** Notes that the provider did not take a mail, and what follows (see `afterFailure`). */
export async function markUnsent(
  db: Db,
  mail: DueMail,
  reason: HandoverReason,
  retryAfter: number,
  now: number,
): Promise<void> {
  await db
    .update(mails)
    .set({
      ...afterFailure(mail, reason, retryAfter, now),
      lastError: reason,
      leaseUntil: 0,
      // Nobody has this link: its life has not begun.
      ...(mayHaveLeft(reason) ? {} : { mintedAt: null }),
    })
    .where(and(eq(mails.id, mail.id), eq(mails.state, 'queued')));
}

/** Gives claimed mails back untried, not to be tried before a time (ms). */
export async function postpone(db: Db, ids: string[], until: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(mails)
    .set({ leaseUntil: 0, nextAttemptAt: until, attempts: sql`attempts - 1` })
    .where(and(inArray(mails.id, ids), eq(mails.state, 'queued')));
}

/**
 * Keeps what a provider reports of its mails. Reports may be repeated and may overtake each other: the latest
 * one stands, and of two in one instant « deferred » yields. Unknown mails are ignored.
 */
export async function keepReports(db: Db, reports: MailReport[]): Promise<void> {
  await batch(db, { kept: reports.map((report) => keepReport(db, report)) });
}

function keepReport(db: Db, { mailId, providerId, state, reason, at }: MailReport) {
  const isIt = mailId ? eq(mails.id, mailId) : eq(mails.providerId, providerId ?? '');
  const isLatest = or(lt(mails.reportedAt, at), and(eq(mails.reportedAt, at), eq(mails.state, 'deferred')));
  return db
    .update(mails)
    .set({ state, lastError: reason, reportedAt: at, sentAt: sql`coalesce(sent_at, ${at})` })
    .where(and(isIt, isLatest));
}

/** What the provider says of the portal itself, and not of one mail. */
export type PortalRefused = 'setup_refused' | 'ip_refused';

/**
 * How the outbox is: when the oldest mail was promised (ms) that is late, and what the provider refuses of the portal.
 * A mail on its way is not reported: otherwise a stranger could ask for one, look, and learn whether the account exists. Nor is one
 * that waits for its own reader's mailbox: nothing of the portal is at fault.
 */
export async function readOutbox(
  db: Db,
  now: number,
): Promise<{ oldest: number | null; refused: PortalRefused[] }> {
  const isLate = sql`${mails.createdAt} <= ${now - MAIL_LATE} AND ${mails.lastError} IS NOT 'address_suppressed'`;
  const has = (reason: PortalRefused) =>
    sql<number>`count(*) FILTER (WHERE ${mails.lastError} = ${reason}) > 0`;
  const [row] = await db
    .select({
      oldest: sql<number | null>`min(${mails.createdAt}) FILTER (WHERE ${isLate})`,
      setup_refused: has('setup_refused'),
      ip_refused: has('ip_refused'),
    })
    .from(mails)
    .where(eq(mails.state, 'queued'));
  const refused = (['setup_refused', 'ip_refused'] as const).filter((reason) => row?.[reason]);
  return { oldest: row?.oldest ?? null, refused };
}
