// Accounts, from the request to the activation. Each step is one batch: all of it happens, or nothing.

import { type SQL, sql } from 'drizzle-orm';
import { giveBackIdentity, type Standings } from '../client/guesses.ts';
import type { MailFate } from '../mail/fate.ts';
import {
  isMailOf,
  isOwed,
  MAIL_FATE,
  markUsed,
  type NewMail,
  newMail,
  oweMail,
  withinCaps,
} from '../mail/owe.ts';
import type { TokenEntry } from '../mail/tokens.ts';
import { MAIL_CAPS } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { hashSecret } from '../platform/secrets.ts';
import { type AccountState, type ClientKind, type Device, sessions } from '../schema.ts';
import { noteEvent } from './events.ts';
import { CROWDED, drawIdentifierNumbers, identifierStem, identifierStems } from './identifier.ts';

/** Where an account's activation stands: its newest mail, and when the mails of the last 24 h were asked for. */
export type Waiting = {
  state: AccountState;
  email: string;
  version: number;
  mailId: string;
  mailedAt: number;
  mailTimes: number[];
  fate: MailFate;
};

/** The account after a request, whether this request's own mail is owed, and the mails to deliver. */
export type Requested = { account: Waiting | undefined; isMailed: boolean; mailIds: string[] };

export type AccountRequest = {
  client: { id: number; kind: ClientKind; email: string | null };
  email: string;
  prefix: string;
  device: Device;
  /** The counters to give back: the identity was right. */
  standings: Standings;
  now: number;
};

/**
 * Opens a pending account for a client, or renews the one that is pending (new address, new link), and owes
 * the activation mail. Over the caps nothing changes, so the last mailed link stays good. An active account
 * is left alone and its owner told; the file's own address is told when another one was typed.
 */
export async function requestAccount(db: Db, request: AccountRequest): Promise<Requested> {
  const { client, device, now } = request;
  const [activation, notice, already] = [
    newMail('activation'),
    newMail('account_requested'),
    newMail('already_registered'),
  ];
  const isActive = sql`a.client_id = ${client.id} AND a.state = 'active'`;
  const [, , , , , , , rows] = await db.batch([
    openAccount(db, request),
    oweMail(db, activation, sql`a.client_id = ${client.id} AND a.state = 'pending' AND changes() > 0`, now),
    oweFileNotice(db, notice, activation, now),
    oweMail(db, already, sql`${isActive} AND ${withinCaps(already.kind, sql`a.id`, sql`a.email`, now)}`, now),
    noteEvent(db, 'requested', device, isMailOf(activation), now),
    ...giveBackIdentity(db, request.standings),
    readWaiting(db, sql`a.client_id = ${client.id} AND a.state <> 'closed'`, now),
  ]);
  return requested(rows, [activation, notice, already]);
}

/** Statement: a pending account under a free random identifier, or the pending one with its new address. */
function openAccount(db: Db, { client, email, prefix, now }: AccountRequest) {
  const [one, other] = identifierStems(prefix);
  const isFree = sql`NOT EXISTS (SELECT 1 FROM accounts WHERE identifier IN (${one} || value, ${other} || value))`;
  return statement(
    db,
    sql`
    INSERT INTO accounts (client_id, identifier, email, state, created_at)
    SELECT ${client.id}, ${identifierStem(prefix, client.kind)} || value, ${email}, 'pending', ${now}
    FROM json_each(${identifierNumbers()})
    WHERE ${isFree} AND EXISTS (SELECT 1 FROM clients WHERE id = ${client.id} AND held_at IS NULL) LIMIT 1
    ON CONFLICT (client_id) WHERE state <> 'closed' DO UPDATE SET
      email = excluded.email, link_version = link_version + 1, created_at = excluded.created_at
    WHERE accounts.state = 'pending' AND ${withinCaps('activation', sql`accounts.id`, sql`excluded.email`, now)}`,
  );
}

/** Six random digits, or seven once the six-digit numbers are crowded. Row ids are never given twice: the last one counts. */
function identifierNumbers(): SQL {
  const [six, seven] = [6, 7].map((digits) => JSON.stringify(drawIdentifierNumbers(digits)));
  return sql`CASE WHEN (SELECT coalesce(max(id), 0) FROM accounts) < ${CROWDED} THEN ${six} ELSE ${seven} END`;
}

export type Renewal = {
  /** The activation mail this browser or this link knows, and the version it was written for. */
  mailId: string;
  version: number;
  /** The corrected address; the account's own when left out. */
  email?: string;
  device: Device;
  now: number;
};

/** Owes a new activation mail to a pending account whose newest mail is known, within the caps. */
export async function renewActivation(db: Db, renewal: Renewal): Promise<Requested> {
  const { mailId, version, email = null, device, now } = renewal;
  const [activation, notice] = [newMail('activation'), newMail('account_requested')];
  const owner = sql`(SELECT account_id FROM mails WHERE id = ${mailId})`;
  const [, , , , rows] = await db.batch([
    statement(
      db,
      sql`
      UPDATE accounts SET email = coalesce(${email}, email), link_version = link_version + 1, created_at = ${now}
      WHERE id = ${owner} AND state = 'pending' AND link_version = ${version}
        AND ${withinCaps('activation', sql`accounts.id`, sql`coalesce(${email}, accounts.email)`, now)}`,
    ),
    oweMail(db, activation, sql`a.id = ${owner} AND changes() > 0`, now),
    oweFileNotice(db, notice, activation, now),
    noteEvent(db, email ? 'address_corrected' : 'requested', device, isMailOf(activation), now),
    readWaiting(db, sql`a.id = ${owner}`, now),
  ]);
  return requested(rows, [activation, notice]);
}

/** Where the account of an activation mail stands; undefined when it is gone. */
export async function findWaiting(db: Db, mailId: string, now: number): Promise<Waiting | undefined> {
  const [row] = await readWaiting(db, sql`a.id = (SELECT account_id FROM mails WHERE id = ${mailId})`, now);
  return row && readTimes(row);
}

/** Statement: a notice to the address in the landlord's file, when the activation mail goes elsewhere. */
export function oweFileNotice(db: Db, notice: NewMail, activation: NewMail, now: number) {
  const fileEmail = sql`(SELECT email FROM clients WHERE id = a.client_id)`;
  const caps = withinCaps(notice.kind, sql`a.id`, fileEmail, now);
  return oweMail(
    db,
    notice,
    sql`${isMailOf(activation)} AND lower(${fileEmail}) <> lower(a.email) AND ${caps}`,
    now,
    fileEmail,
  );
}

type WaitingRow = Omit<Waiting, 'mailTimes' | 'fate'> & { mailTimes: string; fate: string };

function readWaiting(db: Db, where: SQL, now: number) {
  const ofAccount = sql`FROM mails WHERE account_id = a.id AND kind = 'activation'`;
  return statement<WaitingRow>(
    db,
    sql`
    SELECT a.state AS "state", a.email AS "email", a.link_version AS "version",
      coalesce(m.id, '') AS "mailId", coalesce(m.created_at, 0) AS "mailedAt", ${MAIL_FATE},
      (SELECT json_group_array(created_at) ${ofAccount} AND created_at > ${now - MAIL_CAPS.day}) AS "mailTimes"
    FROM accounts AS a LEFT JOIN mails AS m ON m.id = (SELECT id ${ofAccount} ORDER BY version DESC LIMIT 1)
    WHERE ${where}`,
  );
}

function readTimes(row: WaitingRow): Waiting {
  return { ...row, mailTimes: JSON.parse(row.mailTimes), fate: JSON.parse(row.fate) };
}

function requested([row]: WaitingRow[], [activation, ...notices]: NewMail[]): Requested {
  const ids = [activation, ...notices].map((mail) => mail?.id ?? '');
  return { account: row && readTimes(row), isMailed: row?.mailId === activation?.id, mailIds: ids };
}

export type Activation = {
  entry: TokenEntry;
  passwordHash: string;
  device: Device;
  /** The session this browser holds, if any: on a shared phone it is somebody else's, and ends. */
  formerToken: string | undefined;
  now: number;
};

/**
 * Sets the password and makes the account active: one conditional statement decides, so that of any number of
 * uses of one link exactly one wins; all that follows in the batch hangs on that win.
 * @returns the mail that carries the identifier; undefined when another use was first
 */
export async function activate(db: Db, activation: Activation): Promise<NewMail | undefined> {
  const { entry, passwordHash, device, formerToken, now } = activation;
  const mail = newMail('account_created');
  const [won] = await db.batch([
    statement(
      db,
      sql`
      UPDATE accounts SET state = 'active', password_hash = ${passwordHash}, activated_at = ${now},
        link_version = link_version + 1
      WHERE id = ${entry.accountId} AND link_version = ${entry.version} AND state = 'pending' RETURNING id`,
    ),
    oweMail(db, mail, sql`a.id = ${entry.accountId} AND changes() > 0`, now),
    markUsed(db, entry.mailId, mail, now),
    noteEvent(db, 'activated', device, isMailOf(mail), now),
    db
      .delete(sessions)
      .where(sql`${sessions.id} = ${await hashSecret(formerToken ?? '')} AND ${isOwed(mail)}`),
  ]);
  return won.length > 0 ? mail : undefined;
}
