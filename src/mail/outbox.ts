// What came of each mail that was claimed: its secret, the provider's answer, what the provider reports later, and how the
// outbox is as a whole.

import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { MAIL_LATE } from '../numbers.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { randomSecret } from '../platform/secrets.ts';
import { type HandoverReason, type MailReason, type MailState, mails } from '../schema.ts';
import type { DueMail } from './claim.ts';
import { afterFailure, type MailReport, mayHaveLeft } from './fate.ts';

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
