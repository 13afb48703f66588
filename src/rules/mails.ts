// The mails the portal owes: their kinds, when each is still worth sending, and how many may leave.

import type { AccountState } from './accounts.ts';
import {
  ACTIVATION_LINK_LIFETIME,
  EMAIL_LINK_LIFETIME,
  MAIL_CAPS,
  PENDING_ACCOUNT_LIFETIME,
  RESET_LINK_KEPT,
  RESET_LINK_LIFETIME,
} from './numbers.ts';

export type MailKind =
  | 'activation'
  | 'account_created'
  | 'account_requested'
  | 'already_registered'
  | 'reset_link'
  | 'provisional_password'
  | 'password_changed'
  | 'identifier_reminder'
  | 'confirm_email'
  | 'email_changing'
  | 'email_changed'
  | 'account_closed';

/**
 * What makes a mail stale: a newer link, which raised the version it was written for, or another address of the account,
 * for a mail that carries the identifier to it.
 */
type Bound = 'link' | 'email' | 'address';

/**
 * When a mail still fits: the account's states, and what must still be its own. A notice of what an intruder may have
 * done is still news when the account was closed after it.
 */
export const MAIL_FITS: Record<MailKind, { states: AccountState[]; bound?: Bound }> = {
  activation: { states: ['pending'], bound: 'link' },
  account_created: { states: ['active'] },
  account_requested: { states: ['pending', 'active'] },
  already_registered: { states: ['active'], bound: 'address' },
  reset_link: { states: ['active'], bound: 'link' },
  provisional_password: { states: ['active'], bound: 'link' },
  password_changed: { states: ['active', 'closed'] },
  identifier_reminder: { states: ['active'], bound: 'address' },
  confirm_email: { states: ['active'], bound: 'email' },
  email_changing: { states: ['active', 'closed'] },
  email_changed: { states: ['active', 'closed'] },
  account_closed: { states: ['closed'] },
};

export type TokenPurpose = 'activation' | 'reset' | 'email';

/** The mails that carry a link with a token: its purpose, how long it works, how long its entry is kept (ms). */
export const MAIL_TOKENS: Partial<
  Record<MailKind, { purpose: TokenPurpose; lifetime: number; kept: number }>
> = {
  activation: { purpose: 'activation', lifetime: ACTIVATION_LINK_LIFETIME, kept: PENDING_ACCOUNT_LIFETIME },
  reset_link: { purpose: 'reset', lifetime: RESET_LINK_LIFETIME, kept: RESET_LINK_KEPT },
  confirm_email: { purpose: 'email', lifetime: EMAIL_LINK_LIFETIME, kept: RESET_LINK_KEPT },
};

/**
 * When the next mail of one kind may leave for an account, in ms: now when it may leave at once.
 * @param times when the earlier ones of the last 24 h were asked for, in ms, in any order
 */
export function nextMailAt(times: number[], now: number): number {
  const newestFirst = times.toSorted((a, b) => b - a);
  return Math.max(
    now,
    after(newestFirst[0], MAIL_CAPS.gap),
    after(newestFirst[MAIL_CAPS.perHour - 1], MAIL_CAPS.hour),
    after(newestFirst[MAIL_CAPS.perDay - 1], MAIL_CAPS.day),
  );
}

function after(time: number | undefined, span: number): number {
  return time === undefined ? 0 : time + span;
}
