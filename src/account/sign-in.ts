// Sign-ins: counted, then a session on the very hash that was verified. The browser gets a random token, D1 its hash.

import { and, eq, type SQL, sql } from 'drizzle-orm';
import { VOID_MAILED } from '../mail/owe.ts';
import { SIGN_IN } from '../numbers.ts';
import { clearAttempts, countTry, giveBackTry, readPause } from '../platform/counters.ts';
import { type Db, statement } from '../platform/db.ts';
import {
  clearOnNetwork,
  countOnNetwork,
  type NetworkCount,
  readNetwork,
} from '../platform/network-counters.ts';
import { hashSecret, randomSecret } from '../platform/secrets.ts';
import { accounts, clients, type Device, sessions } from '../schema.ts';
import { dropEmailChange } from './email-change.ts';
import { noteEvent } from './events.ts';
import { SIGN_IN_PACE } from './lock-out.ts';

/**
 * What a sign-in counts on: a counter of this very device when the account knows it, so that strangers' failures never
 * keep it out; else the identifier's counter, and that of the network.
 */
export type SignInCount = { key: string; network?: NetworkCount };

export type SignInTry = { count: SignInCount; candidates: string[]; now: number };

export type TriedSignIn = {
  /** Which failure this would be; undefined when the try is refused until `blockedUntil` (ms). */
  nth: number | undefined;
  /** The same from this network or device: what its reader may be told. */
  nthHere: number;
  blockedUntil: number;
  /** Whether the network has just met its limit. */
  isLastOfNetwork: boolean;
  account: Awaited<ReturnType<typeof findAccount>>[number] | undefined;
};

/**
 * Counts a sign-in try and reads the account it is for, in one round trip; the statements are the same
 * whether the account exists or not.
 */
export async function trySignIn(db: Db, { count, candidates, now }: SignInTry): Promise<TriedSignIn> {
  const { key, network } = count;
  const reading = [readPause(db, key), findAccount(db, candidates)] as const;
  if (!network) {
    const [[counted], [pause], found] = await db.batch([countTry(db, key, now, SIGN_IN_PACE), ...reading]);
    const account = likeliest(found, candidates);
    const [nth, blockedUntil] = [counted?.count, pause?.blockedUntil ?? 0];
    return { nth, nthHere: nth ?? 0, blockedUntil, isLastOfNetwork: false, account };
  }
  const [[here], [counted], [pause], found, [whole]] = await db.batch([
    countOnNetwork(db, network, now, SIGN_IN.window),
    countTry(db, key, now, SIGN_IN_PACE, sql`changes() > 0`),
    ...reading,
    readNetwork(db, network.key, now),
  ]);
  return {
    nth: counted?.count,
    nthHere: here?.here ?? 0,
    blockedUntil: here ? (pause?.blockedUntil ?? 0) : (whole?.until ?? 0),
    isLastOfNetwork: here?.total === network.most,
    account: likeliest(found, candidates),
  };
}

/** Of two, when one of an earlier prefix has the same digits, the likelier one is meant. */
function likeliest<T extends { identifier: string }>(found: T[], candidates: string[]): T | undefined {
  const rank = ({ identifier }: T) => candidates.indexOf(identifier);
  return found.toSorted((a, b) => rank(a) - rank(b))[0];
}

function findAccount(db: Db, candidates: string[]) {
  return db
    .select({
      id: accounts.id,
      identifier: accounts.identifier,
      passwordHash: accounts.passwordHash,
      provisionalHash: accounts.provisionalHash,
      provisionalUntil: accounts.provisionalUntil,
      leftAt: clients.leftAt,
    })
    .from(accounts)
    .innerJoin(clients, eq(clients.id, accounts.clientId))
    .where(
      and(
        sql`${accounts.identifier} IN (SELECT value FROM json_each(${JSON.stringify(candidates)}))`,
        eq(accounts.state, 'active'),
      ),
    );
}

/** Gives back a try whose password was right, although no session follows. */
export async function giveBackRightTry(db: Db, count: SignInCount): Promise<void> {
  const [first, ...others] = giveBackSignIn(db, count);
  if (first) await db.batch([first, ...others]);
}

/**
 * Statements: what a right password gives back. A known device begins anew; of the identifier's counter only this try is
 * taken back, or a stranger who counts along would read when its holder signs in.
 */
function giveBackSignIn(db: Db, { key, network }: SignInCount, when: SQL = sql`1`) {
  return network
    ? [giveBackTry(db, key, when), clearOnNetwork(db, network, when)]
    : [clearAttempts(db, key, when)];
}

export type Opening = {
  accountId: number;
  /** The hash that was verified: a password changed since then opens nothing. */
  hash: string;
  /** The same password by today's parameters, when the verified hash is older; it takes its place. */
  upgraded?: string;
  device: Device;
  count: SignInCount;
  /** The session this browser held before, if any: it ends. */
  formerToken: string | undefined;
  now: number;
};

/**
 * Opens a session on the very hash that was verified and forgets the failures.
 * @returns the token for the cookie; undefined when password or state changed meanwhile
 */
export async function openSession(db: Db, opening: Opening): Promise<string | undefined> {
  const { accountId, hash, upgraded = hash } = opening;
  const token = randomSecret();
  const id = await hashSecret(token);
  // Either hash proves the password: another sign-in may just have upgraded it.
  const isSame = sql`a.id = ${accountId} AND a.password_hash IN (${hash}, ${upgraded}) AND a.state = 'active'`;
  const [opened] = await db.batch([
    addSession(db, id, opening, isSame),
    ...(upgraded === hash ? [] : [upgradeHash(db, opening, upgraded)]),
    ...(await afterOpening(db, id, opening)),
  ]);
  return opened.length > 0 ? token : undefined;
}

/**
 * Opens the one session a provisional password is good for. It is used up, the chosen password and a pending address
 * are void, every other session ends, and this one may do nothing but choose a new password.
 * @returns as `openSession`
 */
export async function openProvisionalSession(db: Db, opening: Opening): Promise<string | undefined> {
  const { accountId, hash, device, now } = opening;
  const token = randomSecret();
  const id = await hashSecret(token);
  const [, opened] = await db.batch([
    statement(
      db,
      sql`UPDATE accounts SET password_hash = NULL, ${VOID_MAILED}
      WHERE id = ${accountId} AND provisional_hash = ${hash} AND provisional_until > ${now} AND state = 'active'`,
    ),
    addSession(db, id, opening, sql`a.id = ${accountId} AND changes() > 0`, true),
    ...(await afterOpening(db, id, opening)),
    ...dropEmailChange(db, accountId, isOpen(id), device, now),
    db
      .delete(sessions)
      .where(sql`${sessions.accountId} = ${accountId} AND ${sessions.id} <> ${id} AND ${isOpen(id)}`),
  ]);
  return opened.length > 0 ? token : undefined;
}

function upgradeHash(db: Db, { accountId, hash }: Opening, upgraded: string) {
  return statement(
    db,
    sql`UPDATE accounts SET password_hash = ${upgraded} WHERE id = ${accountId} AND password_hash = ${hash} AND state = 'active'`,
  );
}

function addSession(db: Db, id: string, { device, now }: Opening, when: SQL, mustChoose = false) {
  return statement(
    db,
    sql`INSERT INTO sessions (id, account_id, created_at, last_seen_at, device, must_choose)
      SELECT ${id}, a.id, ${now}, ${now}, ${device}, ${mustChoose ? 1 : 0} FROM accounts AS a WHERE ${when} RETURNING id`,
  );
}

/** The failures are forgotten, the event noted, and the session this browser held before ends. */
async function afterOpening(db: Db, id: string, { accountId, count, device, formerToken, now }: Opening) {
  return [
    ...giveBackSignIn(db, count, isOpen(id)),
    noteEvent(db, 'signed_in', device, sql`a.id = ${accountId} AND ${isOpen(id)}`, now),
    ...(formerToken ? [db.delete(sessions).where(eq(sessions.id, await hashSecret(formerToken)))] : []),
  ] as const;
}

function isOpen(id: string): SQL {
  return sql`EXISTS (SELECT 1 FROM sessions WHERE id = ${id})`;
}

/** How many wrong passwords a counter holds. @param key of the identifier's counter */
export async function failuresOf(db: Db, key: string, now: number): Promise<number> {
  const [row] = await statement<{ count: number }>(
    db,
    sql`SELECT count AS "count" FROM attempts WHERE key = ${key} AND expires_at > ${now}`,
  );
  return row?.count ?? 0;
}
