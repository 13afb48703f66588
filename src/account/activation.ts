// From a pending account to an active one: another link, and the link's use.

import { sql } from 'drizzle-orm';
import { isOwed, markUsed, type NewMail, newMail, oweMail, withinCaps } from '../mail/owe.ts';
import type { TokenEntry } from '../mail/tokens.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { hashSecret } from '../platform/secrets.ts';
import { type Device, sessions } from '../schema.ts';
import { noteEvent } from './events.ts';
import { oweFileNotice, type Requested, readWaiting, requested } from './waiting.ts';

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
  const caps = withinCaps('activation', sql`accounts.id`, sql`coalesce(${email}, accounts.email)`, now);
  const { waiting } = await batch(db, {
    renewed: statement(
      db,
      sql`UPDATE accounts SET email = coalesce(${email}, email), link_version = link_version + 1, created_at = ${now}
      WHERE id = ${owner} AND state = 'pending' AND link_version = ${version} AND ${caps}`,
    ),
    owed: oweMail(db, activation, sql`a.id = ${owner} AND ${previousChanged}`, now),
    told: oweFileNotice(db, notice, activation, now),
    noted: noteEvent(db, email ? 'address_corrected' : 'requested', device, isOwed(activation, 'a'), now),
    waiting: readWaiting(db, sql`a.id = ${owner}`, now),
  });
  return requested(waiting, [activation, notice]);
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
  const former = await hashSecret(formerToken ?? '');
  const { activated } = await batch(db, {
    activated: statement(
      db,
      sql`UPDATE accounts SET state = 'active', password_hash = ${passwordHash}, activated_at = ${now},
        link_version = link_version + 1
      WHERE id = ${entry.accountId} AND link_version = ${entry.version} AND state = 'pending' RETURNING id`,
    ),
    owed: oweMail(db, mail, sql`a.id = ${entry.accountId} AND ${previousChanged}`, now),
    used: markUsed(db, entry.mailId, mail, now),
    noted: noteEvent(db, 'activated', device, isOwed(mail, 'a'), now),
    endedHere: db.delete(sessions).where(sql`${sessions.id} = ${former} AND ${isOwed(mail)}`),
  });
  return activated.length > 0 ? mail : undefined;
}
