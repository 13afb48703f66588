// The states of an account, and whether a mailed link is still good.

import { DAY } from '../numbers.ts';
import type { AccountState } from '../schema.ts';

/** Whether a client who left is refused: the landlord grants some days of grace. */
export function hasLeft(leftAt: number | null, graceDays: number, now: number): boolean {
  return leftAt !== null && leftAt + graceDays * DAY <= now;
}

/** Why a well-formed mailed link is dead; each has its own page and its own way on. */
export type DeadLink =
  | 'unknown'
  | 'used'
  | 'already_active'
  | 'not_active'
  | 'closed'
  | 'address_changed'
  | 'password_changed'
  | 'cancelled'
  | 'replaced'
  | 'expired'
  | 'client_left';

/** The facts about a mailed link: the KV entry (`version`, `expiresAt`) and the rows it names. */
export type MailedLink = {
  version: number;
  expiresAt: number;
  usedAt: number | null;
  mailedTo: string;
  /** Whether a mail of the same kind was asked for later. */
  isReplaced: boolean;
  account: {
    state: AccountState;
    linkVersion: number;
    emailVersion: number;
    email: string | null;
    newEmail: string | null;
    leftAt: number | null;
  };
};

/** Why an activation link is dead; `undefined` while it is good. */
export function activationLinkFault(link: MailedLink, graceDays: number, now: number): DeadLink | undefined {
  const { account } = link;
  if (account.state === 'active') return link.usedAt === null ? 'already_active' : 'used';
  if (account.state === 'closed') return 'closed';
  if (link.version !== account.linkVersion) {
    return link.mailedTo === account.email ? 'replaced' : 'address_changed';
  }
  return timeFault(link, graceDays, now);
}

/** The same for a reset link: a newer one, a new password or a new address make it void. */
export function resetLinkFault(link: MailedLink, graceDays: number, now: number): DeadLink | undefined {
  const { account } = link;
  if (account.state === 'closed') return 'closed';
  if (account.state === 'pending') return 'not_active';
  if (link.usedAt !== null) return 'used';
  if (link.mailedTo !== account.email) return 'address_changed';
  if (link.version !== account.linkVersion) return link.isReplaced ? 'replaced' : 'password_changed';
  return timeFault(link, graceDays, now);
}

/** The same for the link that confirms a new address. */
export function emailLinkFault(link: MailedLink, graceDays: number, now: number): DeadLink | undefined {
  const { account } = link;
  if (account.state !== 'active') return 'closed';
  if (link.usedAt !== null) return link.mailedTo === account.email ? 'used' : 'address_changed';
  if (link.version !== account.emailVersion) {
    return link.isReplaced ? 'replaced' : (timeFault(link, graceDays, now) ?? 'cancelled');
  }
  return timeFault(link, graceDays, now);
}

function timeFault(link: MailedLink, graceDays: number, now: number): DeadLink | undefined {
  if (hasLeft(link.account.leftAt, graceDays, now)) return 'client_left';
  return link.expiresAt <= now ? 'expired' : undefined;
}
