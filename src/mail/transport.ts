// How a mail is handed over to the provider that MAIL_PROVIDER names. Two transports stand behind one function.

import type { Env, Settings } from '../env.ts';
import type { HandoverReason } from '../rules/delivery.ts';
import { handToBrevo } from './brevo.ts';
import { handToCloudflare } from './cloudflare.ts';

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

/** Hands a mail over; every failure is a value, so that one mail never stops the others. */
export function handOver(env: Env, settings: Settings, mail: OutgoingMail): Promise<Handover> {
  return settings.MAIL_PROVIDER === 'brevo'
    ? handToBrevo(env.MAIL_API, settings, mail)
    : handToCloudflare(env.EMAIL, mail);
}
