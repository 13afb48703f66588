// One mail to an address typed at the terminal: whether the provider takes mails of this sender, before any tenant waits.

import { createInterface } from 'node:readline/promises';
import type { Settings } from '../env.ts';
import { readEmail } from '../mail/address.ts';
import { handToBrevo } from '../mail/transports/brevo.ts';
import type { HandoverReason } from '../schema.ts';
import { supportText } from '../words/support.ts';
import { senderDomain } from './mail-domain.ts';
import { tryWrangler } from './terminal.ts';

const LATER = 'npm run deploy -- --trial ADDRESS';
const words = supportText.trialMail;

/** Asks whoever sits at the terminal for an address; elsewhere says how to send the mail. */
export async function offerTrial(settings: Settings): Promise<void> {
  if (!process.stdin.isTTY) return console.log(`\nA trial mail: ${LATER}`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
  const asked = prompt.question(`\nAn address for a trial mail (none: Enter; later: ${LATER}): `);
  const typed = await Promise.race([asked.catch(() => ''), closed]);
  prompt.close();
  if (typed.trim()) console.log((await sendTrial(typed, settings)).said);
}

/**
 * Sends the trial mail.
 * @param typed the address, as it was typed
 * @returns what became of it, and what to do next
 */
export async function sendTrial(
  typed: string,
  settings: Settings,
): Promise<{ isSent: boolean; said: string }> {
  const email = readEmail(typed.trim());
  if (!email.ok) return { isSent: false, said: `Not sent: « ${typed.trim()} » is not an e-mail address.` };
  const fault = await (settings.MAIL_PROVIDER === 'brevo' ? tryBrevo : tryCloudflare)(
    email.address,
    settings,
  );
  if (fault) return { isSent: false, said: `Not sent: ${fault}` };
  const said = `Handed over for ${email.address}: look whether it arrives, among the junk too, and whether its source says spf, dkim and dmarc=pass.`;
  return { isSent: true, said };
}

/** With wrangler's login: the same account, domain and service as the Worker's. @returns what is wrong */
async function tryCloudflare(to: string, settings: Settings): Promise<string | undefined> {
  const { MAIL_FROM, ORGANISATION_SHORT_NAME, CONTACT_EMAIL } = settings;
  const sender = ['--from', MAIL_FROM, '--from-name', ORGANISATION_SHORT_NAME, '--reply-to', CONTACT_EMAIL];
  const letter = ['--to', to, '--subject', words.subject, '--text', words.body(settings.PORTAL_ORIGIN)];
  const { isDone, said, complained } = await tryWrangler('email', 'sending', 'send', ...sender, ...letter);
  if (/Permanently bounced/.test(said + complained)) return `${to} bounced, or is suppressed for a time.`;
  if (isDone) return undefined;
  return `wrangler said: ${(complained || said).trim()}\nIs the domain enabled? npx wrangler email sending enable ${senderDomain(settings)}`;
}

/** With the key of the environment: no secret can be read back from the Worker. @returns what is wrong */
async function tryBrevo(to: string, settings: Settings): Promise<string | undefined> {
  const key = process.env.MAIL_API_KEY;
  if (!key) return `Brevo’s key must stand in the environment: MAIL_API_KEY=… ${LATER}`;
  const handover = await handToBrevo(undefined, { ...settings, MAIL_API_KEY: key }, letterTo(to, settings));
  return handover.ok
    ? undefined
    : (FAULTS[handover.reason] ?? `Brevo answered, in the log’s word, ${handover.reason}.`);
}

function letterTo(to: string, settings: Settings) {
  const { MAIL_FROM, ORGANISATION_SHORT_NAME, CONTACT_EMAIL, PORTAL_ORIGIN } = settings;
  const text = words.body(PORTAL_ORIGIN);
  return {
    id: crypto.randomUUID(),
    from: { email: MAIL_FROM, name: ORGANISATION_SHORT_NAME },
    to,
    replyTo: CONTACT_EMAIL,
    subject: words.subject,
    text,
    html: `<p>${text}</p>`,
    headers: {},
  };
}

const FAULTS: Partial<Record<HandoverReason, string>> = {
  unreachable: 'Brevo could not be reached.',
  setup_refused: 'Brevo refuses the key, or MAIL_FROM is no sender or domain that it knows.',
  ip_refused:
    'Brevo lets in known IP addresses only: switch « Block unknown IP addresses » off (Security, Authorized IPs).',
  quota: 'Brevo’s credits of today are used up.',
};
