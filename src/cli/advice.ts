// What the person who calls should do now: told from the account's state, its client's and its newest mail's.

import type { Case, History } from '../account/case.ts';
import { hasLeft } from '../account/links.ts';
import { DAY } from '../numbers.ts';
import type { PauseReason } from '../schema.ts';
import { supportText as words } from '../words/support.ts';
import { frenchDateTime, frenchMoment } from '../words/times.ts';

type Mail = History['mails'][number];
type Running = { why: PauseReason; until: number };
type Landlord = { CLIENT_LEFT_GRACE_DAYS: number; TIME_ZONE: string };

/** Those go to another address than the account's: what became of them says nothing of it. */
const ELSEWHERE = ['account_requested', 'email_changing', 'email_changed'];

/** Each of these leads to the sign-up. */
const TO_SIGN_UP = [words.noAccountNext, words.closedNext, words.pendingNext, words.otherAddressNext.pending];

/**
 * The next steps, in sentences, the first thing first.
 * @param pauses what stops the person now (see `readPauses`): no step leads to a page that is closed to them
 */
export function adviseOn(
  one: Case,
  mails: Mail[],
  pauses: Running[],
  landlord: Landlord,
  now: number,
): string[] {
  const { CLIENT_LEFT_GRACE_DAYS: days, TIME_ZONE } = landlord;
  if (hasLeft(one.leftAt, days, now)) return [words.leftRefused];
  const until = one.leftAt !== null && words.leftUntil(frenchDateTime(one.leftAt + days * DAY, TIME_ZONE));
  const steps = adviseOnAccount(one, mails);
  const stops = pauses.filter(({ why }) => why !== 'sign_in').map((pause) => pause.until);
  const isStopped = stops.length > 0 && steps.some((step) => TO_SIGN_UP.includes(step));
  const lift = isStopped && words.liftFirst(frenchMoment(Math.max(...stops), now, TIME_ZONE));
  return [until, lift, ...steps].filter((step) => step !== false);
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
  const [first, next] = [words.remedies[remedy], words.otherAddressNext[account]];
  if (remedy === 'setup' || remedy === 'closed') return [first];
  if (state === 'queued')
    return remedy === 'suppressed' ? [first, words.mailSuppressed, next] : [wait(reason)];
  const isAddress = ['otherAddress', 'mailboxFull', 'suppressed', 'blocked'].includes(remedy);
  return isAddress && state !== 'deferred' ? [first, next] : [first];
}

function wait(reason: Mail['reason']): string {
  if (reason === null) return words.mailWaiting;
  return reason === 'quota' ? words.mailHeldBack : words.mailRetried;
}
