// The local mailbox, through its JSON addresses: the mails the portal really sent.

import { vi } from 'vitest';
import { origin } from './browser.ts';

export type Mail = { subject: string; text: string; html: string; from: string };

const ADDRESS = '/cdn-cgi/local/explorer/api/local/email/sending';

/** The newest mail to an address, once there are at least `count` of them: mails leave after the answer. */
export function newestMail(to: string, count = 1, portal = origin): Promise<Mail> {
  return vi.waitFor(
    async () => {
      const mails = await mailsTo(to, portal);
      const newest = mails[0];
      if (!newest || mails.length < count) throw new Error(`${mails.length} mails to ${to}, not ${count}`);
      return read<Mail>(`${portal}${ADDRESS}?email_id=${encodeURIComponent(newest.messageId)}`);
    },
    { timeout: 10_000, interval: 100 },
  );
}

/** The mails to an address, newest first. */
export async function mailsTo(
  address: string,
  portal = origin,
): Promise<{ messageId: string; subject: string }[]> {
  type Listed = { messageId: string; subject: string; to: string[] };
  const mails = await read<Listed[]>(`${portal}${ADDRESS}?per_page=100`);
  return mails.filter((mail) => mail.to.includes(address));
}

/** Tells the portal what became of the newest mail to an address, as the provider does. */
export async function report(email: string, event: string, reason = ''): Promise<void> {
  const [newest] = await mailsTo(email);
  const body = { event, reason, 'message-id': newest?.messageId, ts: Math.round(Date.now() / 1000) + 1 };
  const authorization = 'Bearer development-only-secret-of-32-characters';
  const answer = await fetch(`${origin}/api/mail-events/brevo`, {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify(body),
  });
  if (answer.status !== 204) throw new Error(`The portal answered the report with ${answer.status}`);
}

/** The link that stands alone on a line of a mail's text part. */
export function linkIn(mail: Mail): string {
  const link = /^https?:\/\/\S+$/m.exec(mail.text)?.[0];
  if (!link) throw new Error(`No link in « ${mail.subject} »`);
  return link;
}

async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The mailbox answered ${answer.status}`);
  return ((await answer.json()) as { result: T }).result;
}
