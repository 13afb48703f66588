// How a mail is handed over to the provider that MAIL_PROVIDER names. Two transports stand behind one function.

import type { Env, Settings } from '../../env.ts';
import { handToBrevo } from './brevo.ts';
import { handToCloudflare } from './cloudflare.ts';
import type { Handover, OutgoingMail } from './handover.ts';

/** Hands a mail over; every failure is a value, so that one mail never stops the others. */
export function handOver(env: Env, settings: Settings, mail: OutgoingMail): Promise<Handover> {
  return settings.MAIL_PROVIDER === 'brevo'
    ? handToBrevo(env.MAIL_API, settings, mail)
    : handToCloudflare(env.EMAIL, mail);
}
