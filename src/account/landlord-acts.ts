// What the landlord's staff does to an account at the desk. Each is one batch: the act's own row decides, and all the rest
// hangs on it; so a second press, or a second agent, does nothing. Who asked is told by mail, and sees it in the space.

import { type SQL, sql } from 'drizzle-orm';
import { endPauses, isPaused } from '../client/pauses.ts';
import { type NewMail, newMail, oweMail, VOID_MAILED, withinCaps } from '../mail/owe.ts';
import { DAY } from '../numbers.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { type EventKind, type MailKind, sessions } from '../schema.ts';
import { type Act, accountOf, isActOn, isNoted, noteAct } from '../staff/acts.ts';
import { voidCode } from './code/void.ts';
import { noteEvent } from './events.ts';
import { isLetIn } from './links.ts';
import { dropPasskeys } from './passkeys.ts';
import { oweFileNotice } from './waiting.ts';

/** The account as the page showed it: an act on what has changed meanwhile does nothing. */
export type Shown = { linkVersion: number; emailVersion: number };

/** The mails that may be owed now; undefined when nothing was done. */
export type Done = { mailIds: string[] } | undefined;

/** A way to a new password for an active account, the activation link again for a pending one; within their caps. */
export async function sendLink(
  db: Db,
  act: Act,
  shown: Shown,
  graceDays: number,
  now: number,
): Promise<Done> {
  const [activation, reset] = [newMail('activation'), newMail('reset_link')];
  const inCaps = sql`iif(a.state = 'pending', ${caps(activation, now)}, ${caps(reset, now)})`;
  const { noted } = await batch(db, {
    noted: noteAct(db, act, sql`${isAsShown(shown)} AND ${isLetIn(graceDays, now)} AND ${inCaps}`, now),
    renewed: renewLink(db, act, now),
    invited: oweMail(db, activation, sql`${isActOn(act)} AND a.state = 'pending'`, now),
    reset: oweMail(db, reset, sql`${isActOn(act)} AND a.state = 'active'`, now),
    asked: noteLandlordEvent(db, 'requested', sql`${isActOn(act)} AND a.state = 'pending'`, now),
    resetAsked: noteLandlordEvent(db, 'reset_requested', sql`${isActOn(act)} AND a.state = 'active'`, now),
  });
  return done(noted, [activation, reset]);
}

/** The counters that stop the client begin anew. */
export async function liftPause(db: Db, act: Act, now: number): Promise<Done> {
  const mail = newMail('pause_lifted');
  const { noted } = await batch(db, {
    noted: noteAct(db, act, isPaused(act.clientId, now), now),
    ...endPauses(db, act.clientId, isNoted(act)),
    owed: oweMail(db, mail, sql`${isActOn(act)} AND a.state = 'active'`, now),
    told: noteLandlordEvent(db, 'pause_lifted', isActOn(act), now),
  });
  return done(noted, [mail]);
}

/**
 * The mails that waited for an address are due at once, once the provider writes to it again.
 * @param email the address that was unblocked: one that has changed since waits for nothing
 */
export async function unblockMails(db: Db, act: Act, email: string, now: number): Promise<Done> {
  const { noted, due } = await batch(db, {
    noted: noteAct(db, act, sql`a.email = ${email}`, now),
    due: statement<{ id: string }>(
      db,
      sql`UPDATE mails SET next_attempt_at = ${now}, last_error = NULL WHERE account_id = ${accountOf(act)}
        AND email = ${email} AND state = 'queued' AND last_error = 'address_suppressed' RETURNING id`,
    ),
    told: noteLandlordEvent(db, 'mails_unblocked', isActOn(act), now),
  });
  return noted.length > 0 ? { mailIds: due.map(({ id }) => id) } : undefined;
}

/**
 * For who fears that somebody else is in: ends every session, voids the password, a code and a pending address, and owes the link
 * by which the holder chooses a new one. No cap: nothing else opens the account any more.
 */
export async function secureForHolder(db: Db, act: Act, shown: Shown, now: number): Promise<Done> {
  const mail = newMail('reset_link');
  const { noted } = await batch(db, {
    noted: noteAct(db, act, sql`${isAsShown(shown)} AND a.state = 'active' AND a.email IS NOT NULL`, now),
    voided: statement(
      db,
      sql`UPDATE accounts SET password_hash = NULL, ${VOID_MAILED}, new_email = NULL, email_version = email_version + 1
      WHERE id = ${accountOf(act)}`,
    ),
    ended: db.delete(sessions).where(sql`${sessions.accountId} = ${accountOf(act)}`),
    keys: dropPasskeys(db, accountOf(act), isNoted(act)),
    code: voidCode(db, act.clientId, isNoted(act)),
    owed: oweMail(db, mail, isActOn(act), now),
    asked: noteLandlordEvent(db, 'reset_requested', isActOn(act), now),
    told: noteLandlordEvent(db, 'sessions_ended', isActOn(act), now),
  });
  return done(noted, [mail]);
}

/**
 * Another address. Of an active account it is pending until its own link is used, and the address in force is told; a
 * pending account's was never proved, and the new one gets the activation link.
 */
export async function correctEmail(
  db: Db,
  act: Act,
  shown: Shown,
  email: string,
  now: number,
): Promise<Done> {
  const [activation, inFile] = [newMail('activation'), newMail('account_requested')];
  const [confirm, notice] = [newMail('confirm_email'), newMail('email_changing')];
  const to = sql`${email}`;
  const inCaps = sql`iif(a.state = 'pending', ${caps(activation, now, to)}, ${caps(confirm, now, to)})`;
  const is = (state: 'pending' | 'active') => sql`${isActOn(act)} AND a.state = ${state}`;
  const { noted } = await batch(db, {
    noted: noteAct(
      db,
      act,
      sql`${isAsShown(shown)} AND lower(a.email) IS NOT lower(${email}) AND ${inCaps}`,
      now,
    ),
    corrected: statement(
      db,
      sql`UPDATE accounts SET email = ${email}, link_version = link_version + 1, created_at = ${now}
      WHERE id = ${accountOf(act)} AND state = 'pending'`,
    ),
    pending: statement(
      db,
      sql`UPDATE accounts SET new_email = ${email}, email_version = email_version + 1
      WHERE id = ${accountOf(act)} AND state = 'active'`,
    ),
    invited: oweMail(db, activation, is('pending'), now),
    fileTold: oweFileNotice(db, inFile, activation, now),
    asked: oweMail(db, confirm, is('active'), now, sql`a.new_email`),
    told: oweMail(db, notice, is('active'), now),
    correctionNoted: noteLandlordEvent(db, 'address_corrected', is('pending'), now),
    changeNoted: noteLandlordEvent(db, 'email_change_requested', is('active'), now),
  });
  return done(noted, [activation, inFile, confirm, notice]);
}

/** When the mails of a kind of the last 24 h were promised (ms). */
export async function mailTimes(db: Db, accountId: number, kind: MailKind, now: number): Promise<number[]> {
  const rows = await statement<{ at: number }>(
    db,
    sql`SELECT created_at AS "at" FROM mails WHERE account_id = ${accountId} AND kind = ${kind} AND created_at > ${now - DAY}`,
  );
  return rows.map(({ at }) => at);
}

/** Condition on `a`: an open account, and nobody has changed it since the page was made. */
export function isAsShown({ linkVersion, emailVersion }: Shown): SQL {
  return sql`a.id IS NOT NULL AND a.link_version = ${linkVersion} AND a.email_version = ${emailVersion}`;
}

function caps({ kind }: NewMail, now: number, email: SQL = sql`a.email`): SQL {
  return withinCaps(kind, sql`a.id`, email, now);
}

/** A pending account lives as long as its newest link. */
function renewLink(db: Db, act: Act, now: number) {
  return statement(
    db,
    sql`UPDATE accounts SET link_version = link_version + 1, created_at = iif(state = 'pending', ${now}, created_at)
    WHERE id = ${accountOf(act)}`,
  );
}

/** Step: an event that the landlord's staff brought about, seen in the tenant's space. */
export function noteLandlordEvent(
  db: Db,
  kind: EventKind,
  when: SQL,
  now: number,
  detail: string | null = null,
) {
  return noteEvent(db, kind, null, when, now, { actor: 'landlord', detail });
}

/** What an act came to, by whether its own row was written. */
export function done(noted: unknown[], mails: NewMail[]): Done {
  return noted.length > 0 ? { mailIds: mails.map(({ id }) => id) } : undefined;
}
