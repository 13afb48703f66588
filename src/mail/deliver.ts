// The courier: takes what is due from the outbox and hands it to the provider.

import type { Env, Settings } from '../env.ts';
import { DELIVERY, MINUTE } from '../numbers.ts';
import { type Db, openDatabase } from '../platform/db.ts';
import { logLine } from '../platform/log.ts';
import { claimMails, type DueMail } from './claim.ts';
import { compose } from './compose.ts';
import { markSent, markUnsent, postpone } from './outbox.ts';
import type { Handover, OutgoingMail } from './transports/handover.ts';
import { handOver } from './transports/transport.ts';

/** Cron's run: sweeps what is due, until nothing is, or until the run has done its share. */
export async function deliverDue(env: Env, settings: Settings): Promise<void> {
  const until = Date.now() + DELIVERY.runLength;
  for (let claimed = 0; claimed < DELIVERY.perRun && Date.now() < until; claimed += DELIVERY.perSweep) {
    if ((await deliver(env, settings, 'due')) !== 'more') return;
  }
}

/**
 * Delivers the given mails, or a sweep of those that are due, six at once. A mail that is not taken stays owed;
 * nothing is thrown for it, since the others must still leave. When the provider asks for a pause, the rest waits.
 * @returns whether more may be due
 */
export async function deliver(
  env: Env,
  settings: Settings,
  wanted: string[] | 'due',
): Promise<'more' | 'done'> {
  const db = openDatabase(env.DB);
  const claimedAt = Date.now();
  const { due, isMore } = await claimMails(db, wanted, claimedAt);
  for (let next = 0; next < due.length; next += DELIVERY.atOnce) {
    // Mails that the lease no longer covers are left to the next sweep: another run may claim them meanwhile.
    if (Date.now() > claimedAt + DELIVERY.lease - 2 * DELIVERY.timeout) return 'done';
    const handovers = await Promise.all(
      due.slice(next, next + DELIVERY.atOnce).map((mail) => deliverOne(db, env, settings, mail)),
    );
    const pause = handovers.find((handover) => !handover.ok && handover.reason === 'throttled');
    if (pause && !pause.ok) {
      const rest = due.slice(next + DELIVERY.atOnce).map(({ id }) => id);
      await postpone(db, rest, Date.now() + Math.max(pause.retryAfter, MINUTE));
      return 'done';
    }
  }
  return isMore ? 'more' : 'done';
}

async function deliverOne(db: Db, env: Env, settings: Settings, mail: DueMail): Promise<Handover> {
  const handover = await tryHandOver(env, settings, mail);
  const now = Date.now();
  try {
    if (handover.ok) await markSent(db, mail.id, handover.providerId, now);
    else await markUnsent(db, mail, handover.reason, handover.retryAfter, now);
  } catch {
    // Still leased: tried again when the lease is over, with the same key and the same body.
    logMail('mail_not_marked', mail, handover);
  }
  if (!handover.ok) logMail('mail_not_taken', mail, handover);
  return handover;
}

async function tryHandOver(env: Env, settings: Settings, mail: DueMail): Promise<Handover> {
  let composed: OutgoingMail;
  try {
    composed = await compose(env, settings, mail);
  } catch {
    return { ok: false, reason: 'portal_failed', retryAfter: 0 };
  }
  return handOver(env, settings, composed);
}

/** Only the fact is logged: what the provider says may quote the address. */
function logMail(event: string, mail: DueMail, handover: Handover): void {
  const reason = handover.ok ? undefined : handover.reason;
  logLine(event, { kind: mail.kind, mail: mail.id, attempt: mail.attempts, reason });
}
