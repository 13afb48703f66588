// « Demander à mon gestionnaire de vérifier »: what was typed and matched nobody is kept until somebody looks. Whatever was
// typed, the answer is a help code: nobody learns here what the file holds.

import { sql } from 'drizzle-orm';
import { HELP } from '../numbers.ts';
import { attemptKey, countTry, isMarked, isOpen, type Pace, readPause } from '../platform/counters.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { countOnNetwork, type NetworkCount, networkKey, readNetwork } from '../platform/network-counters.ts';
import { derive, randomSecret } from '../platform/secrets.ts';
import { drawHelpCodes } from './help-code.ts';
import { readNewestChange } from './import/reports.ts';
import { findClient, type Identity, identityFingerprint, isPartlyKnown } from './matching.ts';
import { foldCompany, foldName } from './names.ts';
import { possibleReferenceKeys } from './reference.ts';
import { type Client, clientsUnder } from './rows.ts';

/** What a request counts on, and its own key: an HMAC of all that was typed. */
export type HelpCounters = {
  key: string;
  network: NetworkCount;
  identity: string;
  inAll: string;
  mark: string;
};

/** The help code; or what is used up, and until when (ms). */
export type Asked =
  | { ok: true; code: string; isLastOfNetwork: boolean }
  | { ok: false; by: 'network' | 'identity' | 'portal'; until: number };

const PACES: Record<'identity' | 'inAll', Pace> = {
  identity: { waits: [0], most: HELP.identity },
  inAll: { waits: [0], most: HELP.inAll },
};

/** The counters of one request: of its network, of the identity it states, and of the whole portal. */
export async function helpCounters(
  secret: string,
  { identity, email, network }: { identity: Identity; email: string; network: string },
): Promise<HelpCounters> {
  const fingerprint = identityFingerprint(identity);
  const [key, here, ofIdentity, inAll] = await Promise.all([
    // With the address: of two people who state one identity, neither may turn the other's request to itself.
    derive(secret, 'help request', fingerprint, email.toLowerCase()),
    networkKey(secret, 'help', network),
    attemptKey(secret, 'help', fingerprint),
    attemptKey(secret, 'help'),
  ]);
  const mark = randomSecret();
  return {
    key,
    network: { key: here, part: 'asked', most: HELP.network },
    identity: ofIdentity,
    inAll,
    mark,
  };
}

/**
 * Keeps a request, or finds the open one with the same data again. Two round trips and the same statements whatever the
 * file holds.
 */
export async function requestHelp(
  db: Db,
  { identity, email, phone }: { identity: Identity; email: string; phone: string },
  counters: HelpCounters,
  now: number,
): Promise<Asked> {
  const {
    under,
    newest: [compared],
  } = await batch(db, {
    under: clientsUnder(db, identity.kind, identity.reference),
    newest: readNewestChange(db),
  });
  const row = {
    ...typedRow(identity),
    email,
    phone: phone || null,
    isForStaff: needsStaff(findClient(identity, under)) ? 1 : 0,
    comparedWith: compared?.id ?? 0,
  };
  const {
    here: [here],
    taken,
    known: [known],
    whole: [whole],
    ofIdentity: [ofIdentity],
    inAll: [inAll],
  } = await batch(db, {
    here: countOnNetwork(db, counters.network, now, HELP.window),
    counted: countTry(
      db,
      counters.identity,
      now,
      PACES.identity,
      sql`${previousChanged} AND ${isOpen(counters.inAll, now)}`,
    ),
    taken: countTry(db, counters.inAll, now, PACES.inAll, previousChanged, counters.mark),
    kept: keepRequest(db, row, counters, now),
    known: statement<{ code: string }>(
      db,
      sql`SELECT code FROM help_requests WHERE key = ${counters.key} AND state IN ('open', 'waiting')`,
    ),
    whole: readNetwork(db, counters.network.key, now),
    ofIdentity: readPause(db, counters.identity),
    inAll: readPause(db, counters.inAll),
  });
  if (known) return { ok: true, code: known.code, isLastOfNetwork: here?.total === HELP.network };
  if (taken.length > 0) throw new Error('No help code was free');
  if (!here) return { ok: false, by: 'network', until: whole?.until ?? now };
  if ((ofIdentity?.blockedUntil ?? 0) > now)
    return { ok: false, by: 'identity', until: ofIdentity?.blockedUntil ?? now };
  return { ok: false, by: 'portal', until: inAll?.blockedUntil ?? now };
}

/**
 * Whether no import may resolve a request: its data are a client's already, and a pause or the few tries of a partly known
 * birth date stopped them. Resolved by itself, such a request would be a guess that no counter counts.
 */
function needsStaff(found: Client | undefined): boolean {
  return found !== undefined && (found.leftAt === null || isPartlyKnown(found));
}

function typedRow(typed: Identity) {
  const common = {
    kind: typed.kind,
    reference: typed.reference,
    referenceKeys: JSON.stringify(possibleReferenceKeys(typed.reference)),
  };
  if (typed.kind === 'supplier') {
    const { companyName, siret } = typed;
    return { ...common, nameKey: foldCompany(companyName), companyName, siret };
  }
  const { familyName, givenName, birthDate } = typed;
  return {
    ...common,
    nameKey: `${foldName(familyName)} ${foldName(givenName)}`,
    familyName,
    givenName,
    birthDate,
  };
}

function keepRequest(db: Db, row: object, { key, inAll, mark }: HelpCounters, now: number) {
  const typed = JSON.stringify(row);
  const of = (name: string) => sql`${typed}->>${name}`;
  return statement(
    db,
    sql`INSERT INTO help_requests (code, key, kind, reference, reference_keys, name_key, family_name, given_name,
      birth_date, company_name, siret, email, phone, is_for_staff, compared_with, created_at)
    SELECT value, ${key}, ${of('kind')}, ${of('reference')}, ${of('referenceKeys')}, ${of('nameKey')},
      ${of('familyName')}, ${of('givenName')}, ${of('birthDate')}, ${of('companyName')}, ${of('siret')},
      ${of('email')}, ${of('phone')}, ${of('isForStaff')}, ${of('comparedWith')}, ${now}
    FROM json_each(${JSON.stringify(drawHelpCodes())})
    WHERE ${isMarked(inAll, mark)} AND NOT EXISTS (SELECT 1 FROM help_requests WHERE code = value) LIMIT 1
    ON CONFLICT (key) WHERE state IN ('open', 'waiting') DO UPDATE SET phone = coalesce(excluded.phone, phone)`,
  );
}
