// The mails the portal owes: their kinds, when each is still worth sending, and how many may leave.

import type { AccountState } from './accounts.ts';
import { ACTIVATION_LINK_LIFETIME, MAIL_CAPS, PENDING_ACCOUNT_LIFETIME } from './numbers.ts';

export type MailKind = 'activation' | 'account_created' | 'account_requested' | 'already_registered';

/** When a mail still fits: the account's states, and whether a newer link makes it stale. */
export const MAIL_FITS: Record<MailKind, { states: AccountState[]; onlyNewest: boolean }> = {
  activation: { states: ['pending'], onlyNewest: true },
  account_created: { states: ['active'], onlyNewest: false },
  account_requested: { states: ['pending', 'active'], onlyNewest: false },
  already_registered: { states: ['active'], onlyNewest: false },
};

export type TokenPurpose = 'activation';

/** The mails that carry a link with a token: its purpose, how long it works, how long its entry is kept. */
export const MAIL_TOKENS: Partial<
  Record<MailKind, { purpose: TokenPurpose; lifetime: number; kept: number }>
> = {
  activation: {
    purpose: 'activation',
    lifetime: ACTIVATION_LINK_LIFETIME,
    kept: PENDING_ACCOUNT_LIFETIME,
  },
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
