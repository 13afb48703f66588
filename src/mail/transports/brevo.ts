// Brevo, through its HTTP API: https://developers.brevo.com/reference/send-transac-email
// The idempotency key is kept 15 minutes: a repeat within them is not sent twice.

import type { Settings } from '../../env.ts';
import { DELIVERY } from '../../numbers.ts';
import type { HandoverReason } from '../../schema.ts';
import { readRetryAfter } from '../fate.ts';
import type { Handover, OutgoingMail } from './handover.ts';

/** Hands a mail to the API, through the service binding when one is bound. */
export async function handToBrevo(
  binding: Fetcher | undefined,
  settings: Settings,
  mail: OutgoingMail,
): Promise<Handover> {
  const request = new Request(`${settings.MAIL_API_BASE}/v3/smtp/email`, {
    method: 'POST',
    headers: {
      'api-key': settings.MAIL_API_KEY,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify(message(mail)),
    // The key must not follow to another host.
    redirect: 'manual',
    signal: AbortSignal.timeout(DELIVERY.timeout),
  });
  try {
    return await readAnswer(await (binding ? binding.fetch(request) : fetch(request)));
  } catch (error) {
    const reason = (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable';
    return { ok: false, reason, retryAfter: 0 };
  }
}

function message({ id, from, to, replyTo, subject, text, html, headers }: OutgoingMail) {
  return {
    sender: from,
    to: [{ email: to }],
    replyTo: { email: replyTo },
    subject,
    textContent: text,
    htmlContent: html,
    // X-Mailin-custom comes back with each report of the webhook.
    headers: { ...headers, idempotencyKey: id, 'X-Mailin-custom': id },
  };
}

type Body = { messageId?: string; code?: string; message?: string };

async function readAnswer(answer: Response): Promise<Handover> {
  const body: Body = await answer.json<Body>().catch(() => ({}));
  if (answer.ok) return { ok: true, providerId: body.messageId ?? null };
  // The key is known: an earlier try, whose answer was lost, has been taken.
  if (/duplicate/i.test(body.code ?? '')) return { ok: true, providerId: null };
  const retryAfter = readRetryAfter(answer.headers.get('retry-after'), Date.now());
  return { ok: false, reason: reasonOf(answer.status, body.message ?? ''), retryAfter };
}

function reasonOf(status: number, message: string): HandoverReason {
  if (status === 429) return 'throttled';
  if (status === 402) return 'quota';
  if (status >= 500 || status === 408 || status === 425) return 'provider_failed';
  // A Worker calls from no fixed address: « unrecognised IP address », with a link to …/authorised_ips.
  if (/unrecogni[sz]ed ip|authori[sz]ed_ips/i.test(message)) return 'ip_refused';
  if (status !== 400 && status !== 413 && status !== 422) return 'setup_refused';
  if (/sender/i.test(message)) return 'setup_refused';
  return /email|recipient|\bto\b/i.test(message) ? 'address_refused' : 'content_refused';
}
