// The mail that a transport is given, and its answer.

import type { HandoverReason } from '../../schema.ts';

/** A mail ready to leave. A retry of one id is the same mail, byte for byte. */
export type OutgoingMail = {
  /** The outbox row's id: the idempotency key where the provider has one. */
  id: string;
  from: { email: string; name: string };
  to: string;
  replyTo: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

/** Taken, under the provider's own id when it tells one; or not, and for how long it asks to wait (ms). */
export type Handover =
  | { ok: true; providerId: string | null }
  | { ok: false; reason: HandoverReason; retryAfter: number };
