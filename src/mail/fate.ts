// How the outbox tries: what a failed hand-over means, when the next one is due, and what became of a mail.

import { DELIVERY } from '../numbers.ts';
import type { DeliveryReason, HandoverReason, MailReason, MailState } from '../schema.ts';

/** Why a hand-over to the provider failed, and whether another try can help: soon, or when the provider's own time is over. */
const HANDOVER_REASONS = {
  /** No answer, or a broken connection: the mail may have been taken. */
  unreachable: 'again',
  /** No answer within the time-out: the mail may have been taken. */
  timeout: 'again',
  /** Too many requests for now. */
  throttled: 'again',
  /** The day's quota is used up. */
  quota: 'later',
  /** The provider had a fault of its own. */
  provider_failed: 'again',
  /** The key or the sender is not accepted: the landlord corrects it, and the mails that waited leave. */
  setup_refused: 'again',
  /** Nobody is let in from the portal's network address: the landlord switches that off. */
  ip_refused: 'again',
  /** The portal could not write the mail: KV or D1 did not answer. */
  portal_failed: 'again',
  /** An earlier mail to this address bounced, and the provider writes to it no more for a time. Which, it does not say. */
  address_suppressed: 'later',
  /** The provider does not take it for an address. */
  address_refused: 'never',
  /** The provider does not accept this mail as it is written. */
  content_refused: 'never',
} satisfies Record<HandoverReason, 'again' | 'later' | 'never'>;

/** A provider's report on a mail that it took. */
export type MailReport = {
  /** The mail's own id, when the provider gives it back; else the provider's. */
  mailId?: string;
  providerId?: string;
  state: 'deferred' | 'delivered' | 'refused';
  reason: DeliveryReason | 'address_suppressed' | null;
  /** When it happened, in ms. */
  at: number;
};

/** The fate of a mail, for the person who waits for it. */
export type MailFate = {
  /** Null when the outbox row is gone. */
  state: MailState | null;
  reason: MailReason | null;
  /** When the provider took it, in ms. */
  sentAt: number | null;
  /** When the provider last reported on it, in ms; 0 when never. */
  reportedAt: number;
};

/** Whether a mail may have left although its hand-over failed: the answer was lost. */
export function mayHaveLeft(reason: HandoverReason): boolean {
  return reason === 'unreachable' || reason === 'timeout';
}

/**
 * What follows a failed hand-over.
 * @param retryAfter how long the provider asks to wait, in ms
 * @returns the state, when the next try is due (ms), and when the provider last held the mail back (ms)
 */
export function afterFailure(
  mail: { attempts: number; createdAt: number; heldBackAt: number },
  reason: HandoverReason,
  retryAfter: number,
  now: number,
): { state: 'queued' | 'refused' | 'failed'; nextAttemptAt: number; heldBackAt: number } {
  const step = DELIVERY.backOff[mail.attempts - 1] ?? DELIVERY.slowest;
  const heldBackAt = HANDOVER_REASONS[reason] === 'later' ? now : mail.heldBackAt;
  const state = stateAfter(reason, isGivenUp({ ...mail, heldBackAt }, now));
  return { state, nextAttemptAt: now + Math.max(step, retryAfter), heldBackAt };
}

/** Had the mail a day in which the provider could have taken it, or three days in all? */
function isGivenUp({ createdAt, heldBackAt }: { createdAt: number; heldBackAt: number }, now: number) {
  return Math.max(createdAt, heldBackAt) <= now - DELIVERY.giveUpAfter || createdAt <= now - DELIVERY.longest;
}

function stateAfter(reason: HandoverReason, isOver: boolean): 'queued' | 'refused' | 'failed' {
  if (HANDOVER_REASONS[reason] === 'never') return 'refused';
  if (!isOver) return 'queued';
  // Another address is what can help.
  return reason === 'address_suppressed' ? 'refused' : 'failed';
}

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): seconds or a date.
 * @returns ms to wait; 0 when absent or unreadable, a day at most
 */
export function readRetryAfter(header: string | null, now: number): number {
  if (!header) return 0;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Math.min(Math.max(wait || 0, 0), DELIVERY.giveUpAfter);
}

/**
 * Why a server refused a mail, from its answer: the enhanced status code (RFC 3463) where there is one, else the words.
 */
export function reasonOfAnswer(answer: string): DeliveryReason {
  const [, subject, detail] = /\b[45]\.(\d{1,3})\.(\d{1,3})\b/.exec(answer) ?? [];
  if ((subject === '2' && detail === '2') || /\b[45]52\b|mailbox.{0,20}full|over quota/i.test(answer)) {
    return 'mailbox_full';
  }
  if (subject === '1' || (subject === '2' && detail === '1')) return 'no_such_address';
  if (/unknown|does not exist|no such|invalid (recipient|address)/i.test(answer)) return 'no_such_address';
  return subject === '7' || /block|spam|reject|denied/i.test(answer) ? 'blocked' : 'undelivered';
}
