// The states of an account, and whether a mailed link is still good.

import { type SQL, sql } from 'drizzle-orm';
import type { TokenPurpose } from '../mail/kinds.ts';
import { DAY } from '../numbers.ts';
import type { AccountState } from '../schema.ts';

/** Whether a client who left is refused: the landlord grants some days of grace. */
export function hasLeft(leftAt: number | null, graceDays: number, now: number): boolean {
  return leftAt !== null && leftAt + graceDays * DAY <= now;
}

/** The same as a condition on a client `c`: still let in. */
export function isLetIn(graceDays: number, now: number): SQL {
  return sql`(c.left_at IS NULL OR c.left_at > ${now - graceDays * DAY})`;
}

/** Why a well-formed mailed link is dead, by what it was for; each has its words and its ways on. */
type DeadLinks = {
  activation: 'used' | 'already_active' | 'closed' | 'address_changed' | 'replaced' | TimeFault;
  reset: 'used' | 'not_active' | 'closed' | 'address_changed' | 'password_changed' | 'replaced' | TimeFault;
  email: 'used' | 'closed' | 'address_changed' | 'cancelled' | 'replaced' | TimeFault;
};
type TimeFault = 'expired' | 'client_left';
export type DeadLink<Purpose extends TokenPurpose = TokenPurpose> = DeadLinks[Purpose];

/** The facts about a mailed link: the KV entry (`version`, `expiresAt`) and the rows it names. */
type MailedLink = {
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

type Fault<Purpose extends TokenPurpose> = (
  link: MailedLink,
  graceDays: number,
  now: number,
) => DeadLink<Purpose> | undefined;

/** What voids the link of each purpose: the reason it is dead now; `undefined` while it is good. */
export const LINK_FAULTS: { [Purpose in TokenPurpose]: Fault<Purpose> } = {
  activation(link, graceDays, now) {
    const { account } = link;
    if (account.state === 'active') return link.usedAt === null ? 'already_active' : 'used';
    if (account.state === 'closed') return 'closed';
    if (link.version !== account.linkVersion) {
      return link.mailedTo === account.email ? 'replaced' : 'address_changed';
    }
    return timeFault(link, graceDays, now);
  },

  /** A newer link, a new password or a new address make it void. */
  reset(link, graceDays, now) {
    const { account } = link;
    if (account.state === 'closed') return 'closed';
    if (account.state === 'pending') return 'not_active';
    if (link.usedAt !== null) return 'used';
    if (link.mailedTo !== account.email) return 'address_changed';
    if (link.version !== account.linkVersion) return link.isReplaced ? 'replaced' : 'password_changed';
    return timeFault(link, graceDays, now);
  },

  email(link, graceDays, now) {
    const { account } = link;
    if (account.state !== 'active') return 'closed';
    if (link.usedAt !== null) return link.mailedTo === account.email ? 'used' : 'address_changed';
    if (link.version !== account.emailVersion) {
      return link.isReplaced ? 'replaced' : (timeFault(link, graceDays, now) ?? 'cancelled');
    }
    return timeFault(link, graceDays, now);
  },
};

function timeFault(link: MailedLink, graceDays: number, now: number): TimeFault | undefined {
  if (hasLeft(link.account.leftAt, graceDays, now)) return 'client_left';
  return link.expiresAt <= now ? 'expired' : undefined;
}
