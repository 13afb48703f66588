// The mails the portal owes: their kinds, when each is still worth sending, and how many may leave.

import {
  ACTIVATION_LINK_LIFETIME,
  EMAIL_LINK_LIFETIME,
  MAIL_CAPS,
  PENDING_ACCOUNT_LIFETIME,
  RESET_LINK_KEPT,
  RESET_LINK_LIFETIME,
} from '../numbers.ts';
import { PATHS } from '../paths.ts';
import type { AccountState, MailKind, RequestState } from '../schema.ts';

/**
 * The reasons why a mail is stale: a newer link, which raised the version it was written for, or another address of the account,
 * for a mail that carries the identifier to it.
 */
type Bound = 'link' | 'email' | 'address';

/**
 * When a mail still fits: the account's states, and what must still be its own. A notice of what an intruder may have
 * done is still news when the account was closed after it. A mail of a help request (`requests`) has no account. One to the
 * landlord (`isToLandlord`) has neither, and always fits.
 */
export const MAIL_FITS: Record<
  MailKind,
  { states: AccountState[]; bound?: Bound; requests?: RequestState[]; isToLandlord?: true }
> = {
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
  passkey_added: { states: ['active', 'closed'] },
  account_closed: { states: ['closed'] },
  request_refused: { states: [], requests: ['refused', 'left'] },
  request_waiting: { states: [], requests: ['waiting'] },
  code_given: { states: ['active'], bound: 'address' },
  code_used: { states: ['active', 'closed'] },
  pause_lifted: { states: ['active'] },
  month_report: { states: [], isToLandlord: true },
};

export type TokenPurpose = 'activation' | 'reset' | 'email';

/** A mailed link: the mail that carries it, the page it opens, how long it works and how long its entry is kept (ms). */
export const MAILED_LINKS: Record<
  TokenPurpose,
  { mail: MailKind; path: string; lifetime: number; kept: number }
> = {
  activation: {
    mail: 'activation',
    path: PATHS.activation,
    lifetime: ACTIVATION_LINK_LIFETIME,
    kept: PENDING_ACCOUNT_LIFETIME,
  },
  reset: { mail: 'reset_link', path: PATHS.reset, lifetime: RESET_LINK_LIFETIME, kept: RESET_LINK_KEPT },
  email: {
    mail: 'confirm_email',
    path: PATHS.emailConfirmation,
    lifetime: EMAIL_LINK_LIFETIME,
    kept: RESET_LINK_KEPT,
  },
};

/** The purpose of a mail's link; undefined for a mail without one. */
export function purposeOf(kind: MailKind): TokenPurpose | undefined {
  return PURPOSES.get(kind);
}
const PURPOSES = new Map(
  Object.entries(MAILED_LINKS).map(([purpose, { mail }]) => [mail, purpose as TokenPurpose]),
);

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
