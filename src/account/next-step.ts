// What the person who calls, or who answers, can do now, as codes (`words/case.ts` puts words to them).

import type { AccountState, MailKind, MailReason, MailState, PauseReason } from '../schema.ts';
import type { Case } from './case.ts';
import { hasLeft } from './links.ts';

/** One thing that the person who calls, or who answers, can do. */
export type Step =
  | 'left_refused'
  | 'left_until'
  | 'held'
  | 'lift_first'
  | 'sign_up'
  | 'sign_up_again'
  | 'mail_waiting'
  | 'mail_retried'
  | 'mail_held_back'
  | 'mail_suppressed'
  | 'mail_slow'
  | 'portal_fault'
  | 'setup_fault'
  | 'door_shut'
  | 'wrong_address'
  | 'suppressed'
  | 'make_room'
  | 'let_mails_in'
  | 'other_address_pending'
  | 'other_address_active'
  | 'open_mail'
  | 'sign_in';

/** What the steps are told from. */
type Standing = Pick<Case, 'state' | 'leftAt' | 'heldAt'>;
export type CaseMail = { kind: MailKind; state: MailState; reason: MailReason | null };

/** Those go to another address than the account's: what became of them says nothing of it. */
const ELSEWHERE: MailKind[] = ['account_requested', 'email_changing', 'email_changed'];

/**
 * What to do now, the first thing first: told from the account's state, its client's and its newest mail's.
 * @param sent newest first
 * @param pauses what stops the person now: no step leads to a page that is closed to them
 */
export function nextSteps(
  one: Standing,
  sent: CaseMail[],
  pauses: { why: PauseReason }[],
  graceDays: number,
  now: number,
): Step[] {
  if (hasLeft(one.leftAt, graceDays, now)) return ['left_refused'];
  const leaving: Step[] = one.leftAt === null ? [] : ['left_until'];
  const isShut = one.heldAt !== null && (one.state === null || one.state === 'closed');
  const steps: Step[] = isShut ? ['held'] : stepsOfAccount(one.state, sent);
  const isStopped =
    pauses.some(({ why }) => why !== 'sign_in') && steps.some((step) => TO_SIGN_UP.includes(step));
  return [...leaving, ...(isStopped ? (['lift_first'] as const) : []), ...steps];
}

/** Each of these leads to the sign-up. */
const TO_SIGN_UP: Step[] = ['sign_up', 'sign_up_again', 'open_mail', 'other_address_pending'];

function stepsOfAccount(state: AccountState | null, sent: CaseMail[]): Step[] {
  if (state === null) return ['sign_up'];
  if (state === 'closed') return ['sign_up_again'];
  const newest = newestTelling(sent);
  const trouble = newest ? stepsOfMail(newest, state) : [];
  if (trouble.length > 0) return trouble;
  return [state === 'pending' ? 'open_mail' : 'sign_in'];
}

/** The newest mail whose fate tells something of the account's own address. */
export function newestTelling<T extends CaseMail>(sent: T[]): T | undefined {
  return sent.find((mail) => mail.state !== 'cancelled' && !ELSEWHERE.includes(mail.kind));
}

/** What a mail's fate asks for. */
const REMEDIES: Record<MailReason, Step> = {
  unreachable: 'portal_fault',
  timeout: 'portal_fault',
  throttled: 'portal_fault',
  quota: 'portal_fault',
  provider_failed: 'portal_fault',
  setup_refused: 'setup_fault',
  ip_refused: 'door_shut',
  portal_failed: 'portal_fault',
  address_suppressed: 'suppressed',
  address_refused: 'wrong_address',
  content_refused: 'portal_fault',
  slow: 'mail_slow',
  no_such_address: 'wrong_address',
  mailbox_full: 'make_room',
  blocked: 'let_mails_in',
  undelivered: 'let_mails_in',
  complained: 'let_mails_in',
};
const OF_THE_ADDRESS: Step[] = ['wrong_address', 'suppressed', 'make_room', 'let_mails_in'];

/** What a mail's fate asks for; nothing when it left as it should. */
export function stepsOfMail({ state, reason }: CaseMail, account: 'pending' | 'active'): Step[] {
  if (state === 'sent' || state === 'delivered' || state === 'cancelled') return [];
  const remedy = REMEDIES[reason ?? (state === 'deferred' ? 'slow' : 'undelivered')];
  if (remedy === 'setup_fault' || remedy === 'door_shut') return [remedy];
  const other = account === 'pending' ? 'other_address_pending' : 'other_address_active';
  if (state === 'queued')
    return remedy === 'suppressed' ? [remedy, 'mail_suppressed', other] : [waitFor(reason)];
  if (!OF_THE_ADDRESS.includes(remedy) || state === 'deferred') return [remedy];
  return [remedy, other];
}

function waitFor(reason: MailReason | null): Step {
  if (reason === null) return 'mail_waiting';
  return reason === 'quota' ? 'mail_held_back' : 'mail_retried';
}
