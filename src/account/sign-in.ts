// Tries to sign in: counted before they are judged, given back when they were right.

import { and, eq, type SQL, sql } from 'drizzle-orm';
import { SIGN_IN } from '../numbers.ts';
import { clearAttempts, countTry, giveBackTry, readPause } from '../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import {
  clearOnNetwork,
  countOnNetwork,
  type NetworkCount,
  readNetwork,
} from '../platform/network-counters.ts';
import { accounts, clients } from '../schema.ts';
import { SIGN_IN_PACE } from './lock-out.ts';

/**
 * The counters of a sign-in. A device that the account knows has a counter of its own, so that strangers' failures never
 * keep it out; any other device counts on the identifier and on its network.
 */
export type SignInCount = { key: string; network?: NetworkCount };

export type SignInTry = { count: SignInCount; candidates: string[]; now: number };

export type TriedSignIn = {
  /** Which failure this would be; undefined when the try is refused until `blockedUntil` (ms). */
  nth: number | undefined;
  /** The same from this network or device: only this number may be shown to the reader. */
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
  const reading = { pause: readPause(db, key), found: findAccount(db, candidates) };
  if (!network) {
    const { counted, pause, found } = await batch(db, {
      counted: countTry(db, key, now, SIGN_IN_PACE),
      ...reading,
    });
    const [nth, blockedUntil] = [counted[0]?.count, pause[0]?.blockedUntil ?? 0];
    const account = likeliest(found, candidates);
    return { nth, nthHere: nth ?? 0, blockedUntil, isLastOfNetwork: false, account };
  }
  const { here, counted, pause, found, whole } = await batch(db, {
    here: countOnNetwork(db, network, now, SIGN_IN.window),
    // A network that is full counts on nobody's identifier.
    counted: countTry(db, key, now, SIGN_IN_PACE, previousChanged),
    ...reading,
    whole: readNetwork(db, network.key, now),
  });
  return {
    nth: counted[0]?.count,
    nthHere: here[0]?.here ?? 0,
    blockedUntil: (here[0] ? pause[0]?.blockedUntil : whole[0]?.until) ?? 0,
    isLastOfNetwork: here[0]?.total === network.most,
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

/** Takes a try back whose password was right, although no session follows. */
export async function giveBackRightTry(db: Db, count: SignInCount): Promise<void> {
  await batch(db, { given: giveBackSignIn(db, count, sql`1`) });
}

/**
 * Statements: take a right password's try back. A known device begins anew. Of the identifier's counter only this try is
 * taken back; otherwise a stranger who counts along could read when the holder signs in.
 */
export function giveBackSignIn(db: Db, { key, network }: SignInCount, when: SQL) {
  return network
    ? [giveBackTry(db, key, when), clearOnNetwork(db, network, when)]
    : [clearAttempts(db, key, when)];
}

/** How many wrong passwords a counter holds. @param key of the identifier's counter */
export async function failuresOf(db: Db, key: string, now: number): Promise<number> {
  const [row] = await statement<{ count: number }>(
    db,
    sql`SELECT count AS "count" FROM attempts WHERE key = ${key} AND expires_at > ${now}`,
  );
  return row?.count ?? 0;
}
