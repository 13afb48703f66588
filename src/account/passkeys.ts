// Passkeys: an account opened by the way a device is unlocked. One conditional statement decides each step.

import { asc, eq, type SQL, sql } from 'drizzle-orm';
import { type NewMail, newMail, oweMail } from '../mail/owe.ts';
import { PASSKEYS } from '../numbers.ts';
import { spendOnce } from '../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { hashSecret } from '../platform/secrets.ts';
import { accounts, clients, type Device, passkeys } from '../schema.ts';
import { noteEvent } from './events.ts';
import { isSession } from './signed-in.ts';
import type { NewPasskey } from './webauthn.ts';

/** A passkey that was used and believed; whether it still opens anything, the statements ask. */
export type UsedPasskey = {
  kind: 'passkey';
  id: string;
  /** The portal's host now: one that was made for another opens nothing. */
  host: string;
  counter: number;
  /** Under which the challenge is spent. */
  challengeKey: string;
};

/**
 * WebAuthn's user handle of an account: says nothing to whoever reads it on a device, and never changes. 64 hex digits are
 * base64url as they stand (48 bytes), so it comes back as it went.
 */
export function holderHandle(accountId: number): Promise<string> {
  return hashSecret(`passkeys of account ${accountId}`);
}

/** The passkeys of an account, the oldest first. */
export function listPasskeys(db: Db, accountId: number) {
  return db
    .select({
      id: passkeys.id,
      host: passkeys.host,
      device: passkeys.device,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
      isSuspended: passkeys.isSuspended,
    })
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
    .orderBy(asc(passkeys.createdAt));
}

/** A passkey with the active account that it is for. */
export async function findPasskey(db: Db, id: string) {
  const [found] = await db
    .select({
      publicKey: passkeys.publicKey,
      accountId: passkeys.accountId,
      identifier: accounts.identifier,
      leftAt: clients.leftAt,
    })
    .from(passkeys)
    .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
    .innerJoin(clients, eq(clients.id, accounts.clientId))
    .where(sql`${passkeys.id} = ${id} AND ${accounts.state} = 'active'`);
  return found;
}

/**
 * Statements: spend the challenge, then note the use; the last changes a row only when the passkey opens the account now. A
 * counter that does not go on belongs to a copy, but those that are synced between devices always say 0.
 */
export function usePasskey(db: Db, accountId: number, used: UsedPasskey, now: number) {
  const { id, host, counter, challengeKey } = used;
  return [
    spendOnce(db, challengeKey, now + PASSKEYS.challenge),
    statement<{ id: string }>(
      db,
      sql`UPDATE passkeys SET counter = ${counter}, last_used_at = ${now}
      WHERE id = ${id} AND account_id = ${accountId} AND host = ${host} AND NOT is_suspended
        AND (counter < ${counter} OR counter + ${counter} = 0) AND ${previousChanged} RETURNING id`,
    ),
  ] as const;
}

/** Whether a passkey proves again who is signed in; its challenge is spent. */
export async function provesHolder(
  db: Db,
  accountId: number,
  used: UsedPasskey,
  now: number,
): Promise<boolean> {
  const { steps } = await batch(db, { steps: usePasskey(db, accountId, used, now) });
  return steps[1].length > 0;
}

export type Adding = {
  accountId: number;
  sessionId: string;
  passkey: NewPasskey;
  host: string;
  challengeKey: string;
  device: Device;
  now: number;
};

/**
 * Adds a passkey to an account, and tells its address.
 * @returns the mail; undefined when the challenge was used, the session ended, the device is known or there are ten already
 */
export async function addPasskey(db: Db, adding: Adding): Promise<NewMail | undefined> {
  const { accountId, sessionId, passkey, host, challengeKey, device, now } = adding;
  const { id, publicKey, counter } = passkey;
  const mail = newMail('passkey_added');
  const { added } = await batch(db, {
    spent: spendOnce(db, challengeKey, now + PASSKEYS.challenge),
    added: statement(
      db,
      sql`INSERT INTO passkeys (id, account_id, public_key, counter, host, device, created_at)
      SELECT ${id}, a.id, ${publicKey}, ${counter}, ${host}, ${device}, ${now} FROM accounts AS a
      WHERE a.id = ${accountId} AND a.state = 'active' AND ${isSession(sessionId)} AND ${previousChanged}
        AND (SELECT count(*) FROM passkeys WHERE account_id = a.id) < ${PASSKEYS.most}
      ON CONFLICT (id) DO NOTHING RETURNING id`,
    ),
    noted: noteEvent(db, 'passkey_added', device, sql`a.id = ${accountId} AND ${previousChanged}`, now),
    // Last: an account without an address owes itself nothing.
    owed: oweMail(db, mail, sql`a.id = ${accountId} AND ${previousChanged}`, now),
  });
  return added.length > 0 ? mail : undefined;
}

/** `hash`: of the password that was verified. */
export type Removal = {
  accountId: number;
  sessionId: string;
  id: string;
  proof: { kind: 'password'; hash: string | null } | UsedPasskey;
  device: Device;
  now: number;
};

/** Removes a passkey. @returns whether it was there, and the proof held */
export async function removePasskey(db: Db, removal: Removal): Promise<boolean> {
  const { accountId, sessionId, id, proof, device, now } = removal;
  const isKey = proof.kind === 'passkey';
  const holds = isKey
    ? previousChanged
    : sql`EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId} AND password_hash = ${proof.hash})`;
  const { removed } = await batch(db, {
    proved: isKey ? usePasskey(db, accountId, proof, now) : [],
    removed: statement(
      db,
      sql`DELETE FROM passkeys WHERE id = ${id} AND account_id = ${accountId} AND ${isSession(sessionId)}
        AND ${holds} RETURNING id`,
    ),
    noted: noteEvent(db, 'passkey_removed', device, sql`a.id = ${accountId} AND ${previousChanged}`, now),
  });
  return removed.length > 0;
}

/** Statement: an account's passkeys are gone, where the condition holds. */
export function dropPasskeys(db: Db, accountId: number | SQL, when: SQL) {
  return statement(db, sql`DELETE FROM passkeys WHERE account_id = ${accountId} AND ${when}`);
}

/** Statement: they open nothing until their holder has seen the list, where the condition holds. */
export function suspendPasskeys(db: Db, accountId: number, when: SQL) {
  return statement(db, sql`UPDATE passkeys SET is_suspended = 1 WHERE account_id = ${accountId} AND ${when}`);
}

/** The holder has seen the list and knows every passkey on it. */
export async function keepPasskeys(db: Db, accountId: number, sessionId: string): Promise<void> {
  await statement(
    db,
    sql`UPDATE passkeys SET is_suspended = 0 WHERE account_id = ${accountId} AND ${isSession(sessionId)}`,
  );
}
