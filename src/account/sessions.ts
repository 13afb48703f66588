// Sessions: made here only, and ended. The browser holds a random token, D1 its hash.

import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { VOID_MAILED } from '../mail/owe.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { hashSecret, randomSecret } from '../platform/secrets.ts';
import { type Device, sessions } from '../schema.ts';
import { dropEmailChange } from './email-change.ts';
import { noteEvent } from './events.ts';
import { suspendPasskeys, type UsedPasskey, usePasskey } from './passkeys.ts';
import { giveBackSignIn, type SignInCount } from './sign-in.ts';
import { isSession } from './signed-in.ts';

/** A password that was typed and verified against the account's hash; a hash replaced since then opens nothing. */
export type PasswordProof =
  | {
      kind: 'password';
      hash: string;
      /** The same password by today's parameters, when the verified hash is older; it takes its place. */
      upgraded: string | undefined;
    }
  | { kind: 'provisional_password'; hash: string };

/** The proof that somebody may have a session, and the counters of its failures. */
type Proof = (PasswordProof & { count: SignInCount }) | UsedPasskey;

export type Opening = {
  accountId: number;
  proof: Proof;
  device: Device;
  /** The session this browser held before, if any: it ends. */
  formerToken: string | undefined;
  now: number;
};

/**
 * Opens a session on a proof, if the proof still holds, and forgets its failures.
 * @returns the token for the cookie; undefined when the proved password or the account's state changed meanwhile
 */
export async function openSession(db: Db, opening: Opening): Promise<string | undefined> {
  const { accountId, proof, device, formerToken, now } = opening;
  const { token, id } = await drawToken();
  const { before, holds, mustChoose, after } = demands(db, id, opening);
  const { opened } = await batch(db, {
    before,
    opened: addSession(db, id, opening, holds, mustChoose),
    forgotten: proof.kind === 'passkey' ? [] : giveBackSignIn(db, proof.count, isSession(id)),
    noted: noteEvent(db, 'signed_in', device, sql`a.id = ${accountId} AND ${isSession(id)}`, now),
    endedHere: formerToken ? [db.delete(sessions).where(eq(sessions.id, await hashSecret(formerToken)))] : [],
    after,
  });
  return opened.length > 0 ? token : undefined;
}

/** The demands and effects of a proof: the condition on `a` under which it holds, and the steps around the session. */
function demands(db: Db, id: string, opening: Opening) {
  const { accountId, proof, now } = opening;
  if (proof.kind === 'password') return ofPassword(db, accountId, proof);
  return proof.kind === 'passkey'
    ? ofPasskey(db, accountId, proof, now)
    : ofProvisional(db, id, opening, proof);
}

function ofPasskey(db: Db, accountId: number, used: UsedPasskey, now: number) {
  return {
    before: usePasskey(db, accountId, used, now),
    holds: sql`a.id = ${accountId} AND a.state = 'active' AND ${previousChanged}`,
    mustChoose: false,
    after: [],
  };
}

function ofPassword(db: Db, accountId: number, { hash, upgraded = hash }: Kind<'password'>) {
  const upgrade = sql`UPDATE accounts SET password_hash = ${upgraded}
    WHERE id = ${accountId} AND password_hash = ${hash} AND state = 'active'`;
  return {
    before: [],
    // Either hash proves the password: another sign-in may just have upgraded it.
    holds: sql`a.id = ${accountId} AND a.password_hash IN (${hash}, ${upgraded}) AND a.state = 'active'`,
    mustChoose: false,
    after: upgraded === hash ? [] : [statement(db, upgrade)],
  };
}

/**
 * A provisional password is good for one session: it is used up, the chosen password and a pending address are void, every
 * other session ends, and this one may do nothing but choose a new password.
 */
function ofProvisional(
  db: Db,
  id: string,
  { accountId, device, now }: Opening,
  { hash }: Kind<'provisional_password'>,
) {
  const useUp = sql`UPDATE accounts SET password_hash = NULL, ${VOID_MAILED}
    WHERE id = ${accountId} AND provisional_hash = ${hash} AND provisional_until > ${now} AND state = 'active'`;
  const others = sql`${sessions.accountId} = ${accountId} AND ${sessions.id} <> ${id} AND ${isSession(id)}`;
  return {
    before: [statement(db, useUp)],
    holds: sql`a.id = ${accountId} AND ${previousChanged}`,
    mustChoose: true,
    after: [
      ...dropEmailChange(db, accountId, isSession(id), device, now),
      suspendPasskeys(db, accountId, isSession(id)),
      db.delete(sessions).where(others),
    ],
  };
}

type Kind<Name extends Proof['kind']> = Extract<Proof, { kind: Name }>;

function addSession(db: Db, id: string, { device, now }: Opening, when: SQL, mustChoose: boolean) {
  return statement(
    db,
    sql`INSERT INTO sessions (id, account_id, created_at, last_seen_at, device, must_choose)
      SELECT ${id}, a.id, ${now}, ${now}, ${device}, ${mustChoose ? 1 : 0} FROM accounts AS a WHERE ${when} RETURNING id`,
  );
}

/** A token for the browser, and the id under which its session is kept. */
export async function drawToken(): Promise<{ token: string; id: string }> {
  const token = randomSecret();
  return { token, id: await hashSecret(token) };
}

/** Statement: where the condition holds, a session goes on under another id, and its password has been chosen. */
export function renewSession(db: Db, former: string, id: string, when: SQL) {
  return statement(db, sql`UPDATE sessions SET id = ${id}, must_choose = 0 WHERE id = ${former} AND ${when}`);
}

/** Ends the session of a cookie's token; no matter if it has ended already. */
export async function endSession(db: Db, token: string, device: Device, now: number): Promise<void> {
  const id = await hashSecret(token);
  await batch(db, {
    // Noted first: once the session is gone, no row names its account.
    noted: noteEvent(
      db,
      'signed_out',
      device,
      sql`a.id = (SELECT account_id FROM sessions WHERE id = ${id})`,
      now,
    ),
    ended: db.delete(sessions).where(eq(sessions.id, id)),
  });
}

/** Ends one session of an account, or all but the one that asks. @param by the session that asks */
export async function endSessionsOf(
  db: Db,
  accountId: number,
  by: string,
  which: { only: string } | 'others',
  device: Device,
  now: number,
): Promise<void> {
  const chosen = which === 'others' ? ne(sessions.id, by) : eq(sessions.id, which.only);
  await batch(db, {
    ended: db.delete(sessions).where(and(eq(sessions.accountId, accountId), chosen, isSession(by))),
    noted: noteEvent(db, 'sessions_ended', device, sql`a.id = ${accountId} AND ${previousChanged}`, now),
  });
}
