// Reads the reports of Cloudflare Email Service: the events of `email.sending`, subscribed to a queue.

import * as z from 'zod/mini';
import { type MailReport, reasonOfAnswer } from '../fate.ts';

const event = z.object({
  type: z.string(),
  payload: z.object({
    messageId: z.string(),
    delivery: z._default(
      z.partial(
        z.object({
          smtpStatusCode: z.coerce.string(),
          smtpEnhancedStatusCode: z.string(),
          smtpResponse: z.string(),
        }),
      ),
      {},
    ),
  }),
  metadata: z.object({ eventTimestamp: z.iso.datetime() }),
});
type Event = z.infer<typeof event>;

/** The report in a message of the queue; undefined when it is not one, or tells nothing of a mail's way. */
export function readCloudflareReport(message: unknown): MailReport | undefined {
  const { data } = event.safeParse(message);
  const found = data && findState(data);
  if (!found) return undefined;
  return { ...found, providerId: data.payload.messageId, at: Date.parse(data.metadata.eventTimestamp) };
}

function findState({ type, payload: { delivery } }: Event): Pick<MailReport, 'state' | 'reason'> | undefined {
  const answer = [delivery.smtpStatusCode, delivery.smtpEnhancedStatusCode, delivery.smtpResponse].join(' ');
  switch (type.replace('cf.email.sending.message.', '')) {
    case 'delivered':
      return { state: 'delivered', reason: null };
    case 'deferred':
      return { state: 'deferred', reason: 'slow' };
    case 'bounced':
    case 'failed':
      return { state: 'refused', reason: reasonOfAnswer(answer) };
    // On the suppression list, seen only after the mail was taken: the list lags behind.
    case 'rejected':
      return { state: 'refused', reason: 'address_suppressed' };
    case 'complained':
      return { state: 'delivered', reason: 'complained' };
  }
}
