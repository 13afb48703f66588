// How the outbox tries: what a failed hand-over means, when the next one is due, and what became of a mail.

import { DELIVERY } from '../numbers.ts';
import type { DeliveryReason, HandoverReason, MailReason, MailState } from '../schema.ts';

/** Why a hand-over to the provider failed, and whether another try can help. */
const HANDOVER_REASONS = {
  /** No answer, or a broken connection: the mail may have been taken. */
  unreachable: 'again',
  /** No answer within the time-out: the mail may have been taken. */
  timeout: 'again',
  /** Too many requests for now. */
  throttled: 'again',
  /** The day's quota is used up. */
  quota: 'again',
  /** The provider had a fault of its own. */
  provider_failed: 'again',
  /** The key or the sender is not accepted: the landlord mends it, and the mails that waited leave. */
  setup_refused: 'again',
  /** The portal could not write the mail: KV or D1 did not answer. */
  portal_failed: 'again',
  /** The provider writes to this address no more: it bounced or complained before, or is no address. */
  address_refused: 'never',
  /** The provider does not accept this mail as it is written. */
  content_refused: 'never',
} satisfies Record<HandoverReason, 'again' | 'never'>;

/** What a provider says of a mail after it took it. */
export type MailReport = {
  /** The mail's own id, when the provider gives it back; else the provider's. */
  mailId?: string;
  providerId?: string;
  state: 'deferred' | 'delivered' | 'refused';
  reason: DeliveryReason | null;
  /** When it happened, in ms. */
  at: number;
};

/** What is known of a mail's way, for the person who waits for it. */
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
 * @returns the state, and when the next try is due (ms)
 */
export function afterFailure(
  mail: { attempts: number; createdAt: number },
  reason: HandoverReason,
  retryAfter: number,
  now: number,
): { state: 'queued' | 'refused' | 'failed'; nextAttemptAt: number } {
  const step = DELIVERY.backOff[mail.attempts - 1] ?? DELIVERY.slowest;
  const nextAttemptAt = now + Math.max(step, retryAfter);
  if (HANDOVER_REASONS[reason] === 'never') return { state: 'refused', nextAttemptAt };
  return { state: mail.createdAt <= now - DELIVERY.giveUpAfter ? 'failed' : 'queued', nextAttemptAt };
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
