// Where a client stands when somebody calls, as codes: the terminal and the desk put the same words to them
// (`words/case.ts`).

import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { readPauses } from '../client/pauses.ts';
import { CLIENT_FACTS } from '../client/rows.ts';
import { batch, type Db } from '../platform/db.ts';
import {
  type AccountState,
  accounts,
  clients,
  events,
  type MailKind,
  type MailReason,
  type MailState,
  mails,
  type PauseReason,
  sessions,
} from '../schema.ts';
import { hasLeft } from './links.ts';
import { isAlive, limits } from './signed-in.ts';

/** What a caller's words may denote: identifiers in full, and keys of references, the likeliest first. */
export type Wanted = { identifiers: string[]; keys: string[] };

/** A client with its newest account: what is read of both wherever staff look. */
const CASE = {
  ...CLIENT_FACTS,
  clientId: clients.id,
  referenceKey: clients.referenceKey,
  heldAt: clients.heldAt,
  // Under a name of its own: two columns of one name are one in a batch.
  accountId: sql<number | null>`${accounts.id}`.as('accountId'),
  identifier: accounts.identifier,
  state: accounts.state,
  email: accounts.email,
  newEmail: accounts.newEmail,
  createdAt: accounts.createdAt,
  activatedAt: accounts.activatedAt,
  closedAt: accounts.closedAt,
  linkVersion: accounts.linkVersion,
  emailVersion: accounts.emailVersion,
};

/**
 * The clients who may be meant, each with the newest account: first those under the reference as it was typed. An
 * identifier that was closed leads to the client it was for, even when a newer account is another person's.
 */
export async function findCases(db: Db, { identifiers, keys }: Wanted) {
  const holders = db
    .select({ id: accounts.clientId })
    .from(accounts)
    .where(inArray(accounts.identifier, identifiers));
  return casesWhere(db, or(inArray(clients.referenceKey, keys), inArray(clients.id, holders))).orderBy(
    sql`CASE ${clients.referenceKey} WHEN ${keys[0] ?? ''} THEN 0 WHEN ${keys[1] ?? ''} THEN 2 ELSE 1 END`,
  );
}

function casesWhere(db: Db, where: ReturnType<typeof or>) {
  return db
    .select(CASE)
    .from(clients)
    .leftJoin(accounts, eq(accounts.id, newestAccount(sql`${clients.id}`)))
    .where(where)
    .$dynamic();
}

function newestAccount(client: SQL): SQL<number> {
  return sql`(SELECT max(a.id) FROM accounts AS a WHERE a.client_id = ${client})`;
}

export type Case = Awaited<ReturnType<typeof findCases>>[number];
export type History = Awaited<ReturnType<typeof readHistory>>;

/** The newest mails and events of an account: kinds, states and times, nothing that opens anything. */
export async function readHistory(db: Db, accountId: number) {
  const account = sql`${accountId}`;
  return batch(db, { mails: mailsOf(db, account), events: eventsOf(db, account) });
}

const SHOWN = 10;

function mailsOf(db: Db, account: SQL) {
  return db
    .select({ kind: mails.kind, state: mails.state, reason: mails.lastError, createdAt: mails.createdAt })
    .from(mails)
    .where(eq(mails.accountId, account))
    .orderBy(desc(mails.createdAt))
    .limit(SHOWN);
}

function eventsOf(db: Db, account: SQL) {
  return db
    .select({ kind: events.kind, at: events.at, actor: events.actor, detail: events.detail })
    .from(events)
    .where(eq(events.accountId, account))
    .orderBy(desc(events.at))
    .limit(SHOWN);
}

/** Steps: all that staff may see of one client, for one batch. */
export function seeClient(db: Db, clientId: number, now: number) {
  const account = newestAccount(sql`${clientId}`);
  return {
    cases: casesWhere(db, eq(clients.id, clientId)),
    pauses: readPauses(db, clientId, now),
    mails: mailsOf(db, account),
    events: eventsOf(db, account),
    lastSignIn: db
      .select({ at: sql<number | null>`max(${events.at})` })
      .from(events)
      .where(and(eq(events.accountId, account), eq(events.kind, 'signed_in'))),
    sessions: db
      .select({ open: sql<number>`count(*)` })
      .from(sessions)
      .where(and(eq(sessions.accountId, account), isAlive(limits(now)))),
  };
}

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
