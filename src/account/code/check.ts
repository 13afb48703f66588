// Whether a typed code is right: each try is counted before it is judged.

import { sql } from 'drizzle-orm';
import { CODE, SECOND_TAP } from '../../numbers.ts';
import { batch, type Db, previousChanged, statement } from '../../platform/db.ts';
import {
  clearOnNetwork,
  countOnNetwork,
  type NetworkCount,
  readNetwork,
} from '../../platform/network-counters.ts';
import { verifyPassword } from '../../platform/password-hash.ts';
import type { AccountState, ClientKind } from '../../schema.ts';

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
