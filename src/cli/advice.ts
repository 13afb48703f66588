// What the person who calls should do now: told from the account's state, its client's and its newest mail's.

import type { Case, History } from '../account/case.ts';
import { hasLeft } from '../account/links.ts';
import { DAY } from '../numbers.ts';
import { supportText as words } from '../words/support.ts';
import { frenchDateTime } from '../words/times.ts';

type Mail = History['mails'][number];
type Landlord = { CLIENT_LEFT_GRACE_DAYS: number; TIME_ZONE: string };

/** Those go to another address than the account's: what became of them says nothing of it. */
const ELSEWHERE = ['account_requested', 'email_changing', 'email_changed'];

/** The next steps, in sentences, the first thing first. */
export function adviseOn(one: Case, mails: Mail[], landlord: Landlord, now: number): string[] {
  const { CLIENT_LEFT_GRACE_DAYS: days, TIME_ZONE } = landlord;
  if (hasLeft(one.leftAt, days, now)) return [words.leftRefused];
  const until = one.leftAt !== null && words.leftUntil(frenchDateTime(one.leftAt + days * DAY, TIME_ZONE));
  return [...(until ? [until] : []), ...adviseOnAccount(one, mails)];
}

function adviseOnAccount({ state }: Case, mails: Mail[]): string[] {
  if (state === null) return [words.noAccountNext];
  if (state === 'closed') return [words.closedNext];
  const newest = mails.find((mail) => mail.state !== 'cancelled' && !ELSEWHERE.includes(mail.kind));
  const trouble = newest ? adviseOnMail(newest, state) : [];
  if (trouble.length > 0) return trouble;
  return [state === 'pending' ? words.pendingNext : words.activeNext];
}

/** Nothing when it left as it should. */
function adviseOnMail({ state, reason }: Mail, account: 'pending' | 'active'): string[] {
  if (state === 'sent' || state === 'delivered' || state === 'cancelled') return [];
  const remedy = words.remedyOf[reason ?? (state === 'deferred' ? 'slow' : 'undelivered')];
  if (remedy === 'setup') return [words.remedies.setup];
  if (state === 'queued') return [reason === null ? words.mailWaiting : words.mailRetried];
  const isAddress = remedy === 'otherAddress' || remedy === 'mailboxFull' || remedy === 'blocked';
  const [first, next] = [words.remedies[remedy], words.otherAddressNext[account]];
  return isAddress && state !== 'deferred' ? [first, next] : [first];
}
