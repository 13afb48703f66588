// Reads the reports of Brevo's webhook: https://developers.brevo.com/docs/transactional-webhooks

import * as z from 'zod/mini';
import { type MailReport, reasonOfAnswer } from '../fate.ts';

const event = z.object({
  event: z.string(),
  'message-id': z.optional(z.string()),
  /** Our own id of the mail, sent along with it. */
  'X-Mailin-custom': z.optional(z.string()),
  reason: z.catch(z.string(), ''),
  /** Seconds. */
  ts_event: z.optional(z.number()),
  ts: z.optional(z.number()),
});
type Event = z.infer<typeof event>;

const body = z.union([
  z.pipe(
    event,
    z.transform((one) => [one]),
  ),
  z.array(event),
]);

/**
 * The reports in a webhook's body: one event, or a batch of them. Events that tell nothing of a mail's way
 * (opened, clicked …) are left out.
 * @returns undefined when the body is not Brevo's
 */
export function readBrevoReports(json: unknown, now: number): MailReport[] | undefined {
  return body.safeParse(json).data?.flatMap((one) => readReport(one, now) ?? []);
}

function readReport(one: Event, now: number): MailReport | undefined {
  const found = findState(one);
  if (!found) return undefined;
  const seconds = one.ts_event ?? one.ts;
  return {
    ...found,
    mailId: one['X-Mailin-custom'],
    providerId: one['message-id'],
    at: seconds ? seconds * 1000 : now,
  };
}

function findState({ event: name, reason }: Event): Pick<MailReport, 'state' | 'reason'> | undefined {
  switch (name) {
    case 'delivered':
      return { state: 'delivered', reason: null };
    case 'deferred':
      return { state: 'deferred', reason: 'slow' };
    case 'hard_bounce':
    case 'soft_bounce':
    case 'error':
      return { state: 'refused', reason: reasonOfAnswer(reason) };
    case 'invalid_email':
      return { state: 'refused', reason: 'no_such_address' };
    case 'blocked':
      return { state: 'refused', reason: 'blocked' };
    case 'spam':
      return { state: 'delivered', reason: 'complained' };
  }
}
