// Cloudflare Email Service, through the EMAIL binding. It has no idempotency key: a repeat is a second, equal mail.

import { DELIVERY } from '../../numbers.ts';
import type { HandoverReason } from '../../schema.ts';
import type { Handover, OutgoingMail } from './handover.ts';

// The error codes of its documentation (June 2026).
const REASONS: Record<string, HandoverReason> = {
  E_RATE_LIMIT_EXCEEDED: 'throttled',
  E_DAILY_LIMIT_EXCEEDED: 'quota',
  E_INTERNAL_SERVER_ERROR: 'provider_failed',
  E_DELIVERY_FAILED: 'provider_failed',
  E_SENDER_NOT_VERIFIED: 'setup_refused',
  E_SENDER_DOMAIN_NOT_AVAILABLE: 'setup_refused',
  // Said of every address while the sending domain is not set up.
  E_RECIPIENT_NOT_ALLOWED: 'setup_refused',
  // A full mailbox for 24 hours, an address that bounced for 7 days, one that complained for good; one list per account.
  E_RECIPIENT_SUPPRESSED: 'address_suppressed',
  E_VALIDATION_ERROR: 'content_refused',
  E_FIELD_MISSING: 'content_refused',
  E_TOO_MANY_RECIPIENTS: 'content_refused',
  E_CONTENT_TOO_LARGE: 'content_refused',
};

/** Hands a mail to the binding; what does not answer in time counts as not taken. */
export async function handToCloudflare(binding: SendEmail, mail: OutgoingMail): Promise<Handover> {
  const { id: _, ...message } = mail;
  try {
    const { messageId } = await Promise.race([binding.send(message), failLate()]);
    return { ok: true, providerId: messageId };
  } catch (error) {
    return { ok: false, reason: reasonOf(error), retryAfter: 0 };
  }
}

async function failLate(): Promise<never> {
  await scheduler.wait(DELIVERY.timeout);
  throw new DOMException('The binding did not answer', 'TimeoutError');
}

function reasonOf(error: unknown): HandoverReason {
  const { code = '', name } = error as { code?: string; name?: string };
  if (name === 'TimeoutError') return 'timeout';
  if (/^E_HEADERS?_/.test(code)) return 'content_refused';
  return REASONS[code] ?? 'unreachable';
}
