// The states of an account, and what each mailed link is worth.

import { DAY } from './numbers.ts';

export type AccountState = 'pending' | 'active' | 'closed';

/** Whether a client who left is refused: the landlord grants some days of grace. */
export function hasLeft(leftAt: number | null, graceDays: number, now: number): boolean {
  return leftAt !== null && leftAt + graceDays * DAY <= now;
}

/** Why a well-formed activation link is dead; each has its own page and its own way on. */
export type DeadLink =
  | 'unknown'
  | 'used'
  | 'already_active'
  | 'closed'
  | 'address_changed'
  | 'replaced'
  | 'expired'
  | 'client_left';

/** What is known of an activation link: the KV entry (`version`, `expiresAt`) and the rows it names. */
export type ActivationLink = {
  version: number;
  expiresAt: number;
  usedAt: number | null;
  mailedTo: string;
  account: { state: AccountState; linkVersion: number; email: string | null; leftAt: number | null };
};

/** What an activation link is worth now: `undefined` while it is good, else the reason it is dead. */
export function activationLinkFault(
  link: ActivationLink,
  graceDays: number,
  now: number,
): DeadLink | undefined {
  const { account } = link;
  if (account.state === 'active') return link.usedAt === null ? 'already_active' : 'used';
  if (account.state === 'closed') return 'closed';
  if (link.version !== account.linkVersion) {
    return link.mailedTo === account.email ? 'replaced' : 'address_changed';
  }
  if (hasLeft(account.leftAt, graceDays, now)) return 'client_left';
  return link.expiresAt <= now ? 'expired' : undefined;
}
