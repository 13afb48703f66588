// The tenants' mailboxes. The one thing stubbed is the outside: the provider behind the EMAIL binding.

import { env } from 'cloudflare:workers';
import { vi } from 'vitest';

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  replyTo: string;
};

const received: Mail[] = [];
let fault: string | undefined;
let tries = 0;

/** Takes in whatever the portal sends, from an empty mailbox. */
export function openMailbox(): void {
  received.length = 0;
  tries = 0;
  fault = undefined;
  vi.spyOn(env.EMAIL, 'send').mockImplementation(async (message) => {
    tries++;
    if (fault === 'silent') return new Promise(() => {});
    if (fault === 'slow') vi.setSystemTime(Date.now() + 6_000);
    else if (fault === 'forgetful') {
      received.push(message as unknown as Mail);
      throw new Error('The connection broke');
    } else if (fault) throw Object.assign(new Error('The provider does not take it'), { code: fault });
    received.push(message as unknown as Mail);
    return { messageId: `<${received.length}@provider.example>` };
  });
}

/**
 * The provider takes nothing, for a reason of its own (an error code), says nothing, needs six seconds a mail, or takes
 * mails and its answers are lost.
 */
export function providerIs(state: 'down' | 'up' | 'silent' | 'slow' | 'forgetful' | `E_${string}`): void {
  fault = state === 'up' ? undefined : state;
}

/** How often a mail was handed to the provider, taken or not. */
export function handovers(): number {
  return tries;
}

/** All mails, oldest first; or those to one address. */
export function mails(to?: string): Mail[] {
  return received.filter((mail) => to === undefined || mail.to === to);
}

/** The newest mail to an address. @throws when there is none */
export function lastMail(to: string): Mail {
  const mail = mails(to).at(-1);
  if (!mail)
    throw new Error(`No mail to ${to}; there are: ${received.map((one) => one.to).join(', ') || 'none'}`);
  return mail;
}

/** The identifier in a mail; empty when there is none. */
export function identifierIn(mail: Mail): string {
  return /NHCAPA[LF]\d{6}/.exec(mail.text)?.[0] ?? '';
}

/** The provisional password in a mail, in its groups; empty when there is none. */
export function provisionalIn(mail: Mail): string {
  return /\b\w{4}-\w{4}-\w{4}\b/.exec(mail.text)?.[0] ?? '';
}

/** The path of the link that stands alone on a line of a mail. */
export function linkIn(mail: Mail): string {
  const link = /^https:\/\/[^\s/]+(\/\S+)$/m.exec(mail.text)?.[1];
  if (!link) throw new Error(`No link in « ${mail.subject} »`);
  return link;
}
