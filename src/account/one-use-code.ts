// The code for who has no mailbox: given at the counter or by post, kept as a hash, good for one client and one use. A newer
// one takes its place.

import { eq, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { newMail, oweMail, VOID_MAILED, withinCaps } from '../mail/owe.ts';
import { CODE, DAY, SECOND_TAP } from '../numbers.ts';
import { clearAttempts } from '../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import {
  clearOnNetwork,
  countOnNetwork,
  type NetworkCount,
  readNetwork,
} from '../platform/network-counters.ts';
import { hashPassword, verifyPassword } from '../platform/password-hash.ts';
import { hashSecret } from '../platform/secrets.ts';
import { areSigns, bareSigns, drawSigns, groupSigns } from '../platform/signs.ts';
import {
  type AccountState,
  type ClientKind,
  type CodeKind,
  codes,
  type Device,
  sessions,
} from '../schema.ts';
import { dropEmailChange } from './email-change.ts';
import { BY_LANDLORD, noteEvent } from './events.ts';
import { identifierStem } from './identifier.ts';
import { identifierNumbers, isFreeNumber } from './opening.ts';
import { suspendPasskeys } from './passkeys.ts';

/** The first sign tells how a code reached its person. */
const FIRST: Record<CodeKind, string> = { counter: 'G', post: 'P' };
const LENGTH = 1 + CODE.drawn;

/** What was typed as a code, in capitals and without what stands between its signs; undefined when it is none. */
export function readCode(typed: string): string | undefined {
  const code = bareSigns(typed);
  return areSigns(code, LENGTH) ? code : undefined;
}

/** `GK7P42MQXR` → `GK7P4-2MQXR`: easier to copy. */
export function groupCode(code: string): string {
  return groupSigns(code, 5);
}

export type Minting = {
  clientId: number;
  kind: CodeKind;
  /** Who gives it. */
  agent: string;
  graceDays: number;
  /** When the code before was given, as the page showed it: one that was given since stands. Left out, whatever it says. */
  givenAt?: number | null;
  /** Statements for the same batch. @param isDone condition: this very code is kept */
  audit: (isDone: SQL) => BatchItem<'sqlite'>[];
  now: number;
};
export type Minted = { ok: true; code: string; expiresAt: number; mailIds: string[] } | { ok: false };

/**
 * Makes a code for a client who is there and whom nobody holds; the one before is void. An account in force is told, at its
 * address.
 * @returns the code, which is shown once and never again
 */
export async function mintCode(db: Db, minting: Minting): Promise<Minted> {
  const { clientId, kind, agent, graceDays, givenAt, audit, now } = minting;
  const code = FIRST[kind] + drawSigns(CODE.drawn);
  const [hash, expiresAt] = [await hashPassword(code), now + CODE.lifetimes[kind]];
  const notice = newMail('code_given');
  // The hash has a salt of its own: no other code has it.
  const isDone = sql`EXISTS (SELECT 1 FROM codes WHERE client_id = ${clientId} AND hash = ${hash})`;
  const isAsShown =
    givenAt === undefined
      ? sql`1`
      : sql`(SELECT created_at FROM codes WHERE client_id = ${clientId}) IS ${givenAt}`;
  const isTold = sql`a.client_id = ${clientId} AND a.state = 'active' AND ${isDone}`;
  const { kept } = await batch(db, {
    kept: statement(
      db,
      sql`INSERT INTO codes (client_id, kind, hash, given_by, created_at, expires_at)
      SELECT id, ${kind}, ${hash}, ${agent}, ${now}, ${expiresAt} FROM clients
      WHERE id = ${clientId} AND held_at IS NULL AND (left_at IS NULL OR left_at > ${now - graceDays * DAY}) AND ${isAsShown}
      ON CONFLICT (client_id) DO UPDATE SET kind = excluded.kind, hash = excluded.hash, given_by = excluded.given_by,
        created_at = excluded.created_at, expires_at = excluded.expires_at, tries = 0, used_at = NULL
      RETURNING client_id`,
    ),
    owed: oweMail(
      db,
      notice,
      sql`${isTold} AND ${withinCaps(notice.kind, sql`a.id`, sql`a.email`, now)}`,
      now,
    ),
    noted: noteEvent(db, 'code_given', null, isTold, now, BY_LANDLORD),
    audited: audit(isDone),
  });
  return kept.length > 0 ? { ok: true, code, expiresAt, mailIds: [notice.id] } : { ok: false };
}

/** The newest code of a client, used or not; undefined when none was given. Nothing of it opens anything. */
export async function readGivenCode(db: Db, clientId: number) {
  const [given] = await db
    .select({
      givenBy: codes.givenBy,
      createdAt: codes.createdAt,
      expiresAt: codes.expiresAt,
      usedAt: codes.usedAt,
    })
    .from(codes)
    .where(eq(codes.clientId, clientId));
  return given;
}

/** A code that a reference leads to, with its client and, when there is one, the account. */
export type KnownCode = {
  clientId: number;
  hash: string;
  usedAt: number | null;
  clientKind: ClientKind;
  reference: string;
  familyName: string | null;
  givenName: string | null;
  companyName: string | null;
  leftAt: number | null;
  heldAt: number | null;
  accountId: number | null;
  identifier: string | null;
  state: AccountState | null;
  passwordHash: string | null;
};

/** The right code; or that nothing fits, or that this network tried too often (until then, in ms). */
export type Checked =
  | { ok: true; found: KnownCode; network: NetworkCount }
  | { ok: false; until: number; isLastOfNetwork: boolean };

/**
 * Checks a typed code under a reference. The try is counted on every live code of that reference before it is judged, and
 * given back when it was right; a code of five wrong tries is void. One round trip and two hashes at least, whatever is known.
 * @param keys of the reference; @param code undefined when what was typed is none: it counts all the same
 */
export async function checkCode(
  db: Db,
  { keys, code, network, now }: { keys: string[]; code: string; network: NetworkCount; now: number },
): Promise<Checked> {
  const under = sql`(SELECT c.id FROM json_each(${JSON.stringify(keys)}) AS k CROSS JOIN (SELECT 'tenant' AS kind
      UNION ALL SELECT 'supplier') AS s JOIN clients AS c ON c.kind = s.kind AND c.reference_key = k.value)`;
  const {
    here: [here],
    counted,
    known,
    whole: [whole],
  } = await batch(db, {
    here: countOnNetwork(db, network, now, CODE.window),
    counted: statement<{ clientId: number }>(
      db,
      sql`UPDATE codes SET tries = tries + 1 WHERE client_id IN ${under} AND used_at IS NULL AND expires_at > ${now}
        AND tries < ${CODE.tries} AND ${previousChanged} RETURNING client_id AS "clientId"`,
    ),
    known: statement<KnownCode>(
      db,
      sql`SELECT o.client_id AS "clientId", o.hash AS "hash", o.used_at AS "usedAt", c.kind AS "clientKind",
        c.reference AS "reference", c.family_name AS "familyName", c.given_name AS "givenName",
        c.company_name AS "companyName", c.left_at AS "leftAt", c.held_at AS "heldAt", a.id AS "accountId", a.identifier AS "identifier",
        a.state AS "state", a.password_hash AS "passwordHash"
      FROM codes AS o JOIN clients AS c ON c.id = o.client_id
        LEFT JOIN accounts AS a ON a.client_id = c.id AND a.state <> 'closed'
      WHERE o.client_id IN ${under}`,
    ),
    whole: readNetwork(db, network.key, now),
  });
  if (!here) return { ok: false, until: whole?.until ?? now, isLastOfNetwork: false };
  const live = counted.map(({ clientId }) => clientId);
  const found = await verified(
    code,
    known.filter((one) => live.includes(one.clientId) || wasJustUsed(one, now)),
  );
  if (!found) return { ok: false, until: 0, isLastOfNetwork: here.total === network.most };
  await giveBack(db, live, found, network);
  return { ok: true, found, network };
}

/** Whether a second tap of the same form may still find it. */
function wasJustUsed({ usedAt }: KnownCode, now: number): boolean {
  return usedAt !== null && usedAt > now - SECOND_TAP;
}

/** Each is looked at, and no fewer than two: the time tells nothing. */
async function verified(code: string, codes: KnownCode[]): Promise<KnownCode | undefined> {
  let found: KnownCode | undefined;
  for (let nth = 0; nth < Math.max(CODE.checked, codes.length); nth++) {
    const one = codes[nth];
    if (await verifyPassword(code, one?.hash ?? null)) found = one;
  }
  return found;
}

/** A right try is no wrong one: not of this code, not of the network. Others under the reference keep theirs. */
async function giveBack(db: Db, counted: number[], { clientId }: KnownCode, network: NetworkCount) {
  const ids = counted.includes(clientId) ? [clientId] : [];
  await batch(db, {
    code: statement(
      db,
      sql`UPDATE codes SET tries = max(0, tries - 1)
      WHERE client_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
    ),
    network: clearOnNetwork(db, network, sql`1`),
  });
}

export type CodeUse = {
  found: KnownCode;
  passwordHash: string;
  prefix: string;
  graceDays: number;
  device: Device;
  /** The counters of wrong passwords: a code lifts their pauses. */
  attemptKeys: string[];
  /** The session this browser holds, if any: on a shared phone it is somebody else's, and ends. */
  formerToken: string | undefined;
  now: number;
};

/**
 * Uses a code: an account without an address is opened, or the one there is gets a new password, its sessions end and its
 * pauses are lifted. A pending account gives up its address, which nobody has proved. One statement decides, so that of any
 * number of uses one wins.
 * @returns the identifier, and the mails to deliver; undefined when another use was first
 */
export async function consumeCode(
  db: Db,
  use: CodeUse,
): Promise<{ identifier: string; mailIds: string[] } | undefined> {
  const { found, passwordHash, device, attemptKeys, formerToken, now } = use;
  const { clientId } = found;
  const [changed, warning] = [newMail('password_changed'), newMail('code_used')];
  // As above: whoever finds the new hash on the account has won.
  const isOwn = sql`a.client_id = ${clientId} AND a.password_hash = ${passwordHash}`;
  const isDone = sql`EXISTS (SELECT 1 FROM accounts AS a WHERE ${isOwn})`;
  const ownAccount = sql`(SELECT a.id FROM accounts AS a WHERE ${isOwn})`;
  const fileEmail = sql`(SELECT email FROM clients WHERE id = a.client_id)`;
  const { opened } = await batch(db, {
    used: markCodeUsed(db, use),
    opened: setPassword(db, use),
    told: oweMail(db, changed, isOwn, now),
    warned: oweMail(db, warning, sql`${isOwn} AND a.email IS NULL`, now, fileEmail),
    noted: noteEvent(db, 'code_used', device, isOwn, now),
    lifted: statement(
      db,
      sql`DELETE FROM attempts WHERE key IN (SELECT key FROM pauses WHERE client_id = ${clientId}) AND ${isDone}`,
    ),
    unpaused: statement(db, sql`DELETE FROM pauses WHERE client_id = ${clientId} AND ${isDone}`),
    cleared: attemptKeys.map((key) => clearAttempts(db, key, isDone)),
    dropped:
      found.accountId === null
        ? []
        : [
            ...dropEmailChange(db, found.accountId, isDone, device, now),
            suspendPasskeys(db, found.accountId, isDone),
          ],
    ended: db
      .delete(sessions)
      .where(
        sql`(${sessions.accountId} = ${ownAccount} OR ${sessions.id} = ${await hashSecret(formerToken ?? '')}) AND ${isDone}`,
      ),
  });
  const [row] = opened;
  return row && { identifier: row.identifier, mailIds: [changed.id, warning.id] };
}

function markCodeUsed(db: Db, { found, graceDays, now }: CodeUse) {
  return statement(
    db,
    sql`UPDATE codes SET used_at = ${now} WHERE client_id = ${found.clientId} AND hash = ${found.hash}
      AND used_at IS NULL AND expires_at > ${now} AND tries <= ${CODE.tries} AND EXISTS (SELECT 1 FROM clients AS c
        WHERE c.id = client_id AND c.held_at IS NULL AND (c.left_at IS NULL OR c.left_at > ${now - graceDays * DAY}))`,
  );
}

/** Right behind the statement that decides. */
function setPassword(db: Db, { found, passwordHash, prefix, now }: CodeUse) {
  return statement<{ identifier: string }>(
    db,
    sql`INSERT INTO accounts (client_id, identifier, state, password_hash, created_at, activated_at)
    SELECT ${found.clientId}, ${identifierStem(prefix, found.clientKind)} || value, 'active', ${passwordHash}, ${now}, ${now}
    FROM json_each(${identifierNumbers()}) WHERE ${isFreeNumber(prefix)} AND ${previousChanged} LIMIT 1
    ON CONFLICT (client_id) WHERE state <> 'closed' DO UPDATE SET
      email = iif(accounts.state = 'pending', NULL, accounts.email), state = 'active',
      password_hash = excluded.password_hash, activated_at = coalesce(accounts.activated_at, excluded.activated_at),
      ${VOID_MAILED}
    RETURNING identifier`,
  );
}
