// Help requests that an import resolves, and those that close by themselves. Cron runs it: whatever stopped it half-way, the
// next minute goes on, and nothing is read while nothing waits.

import { sql } from 'drizzle-orm';
import { type HelpRequest, identityIn } from '../client/help-requests.ts';
import { readNewestChange } from '../client/import/reports.ts';
import { findClient, isPartlyKnown } from '../client/matching.ts';
import type { Client } from '../client/rows.ts';
import { HELP } from '../numbers.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { clients, helpRequests } from '../schema.ts';
import { drawIdentifierNumbers, identifierStem } from './identifier.ts';
import { isFreeNumber, isUncrowded } from './opening.ts';

/** A request and the one client it now denotes, with what its account and its mails will be called. */
type Match = {
  requestId: number;
  clientId: number;
  mailId: string;
  noticeId: string;
  stem: string;
  six: string[];
  seven: string[];
  /** A birth date known in part proves too little for a mail that nobody looked at. */
  isSure: boolean;
};

/**
 * Closes what has closed by itself, then compares the open requests with the clients of the newest import, some at a time.
 * Who matches now gets the activation mail, as at a sign-up. A client who has an account already, whom staff holds, whose birth
 * date is known in part, or whom two requests denote, is left to staff.
 */
export async function resolveRequests(db: Db, prefix: string, now: number): Promise<void> {
  const { changes } = await batch(db, {
    changes: readNewestChange(db),
    signedUp: closeSignedUp(db, now),
    left: closeLeft(db, now),
  });
  const [newest] = changes;
  for (;;) {
    const { requests, rows } = await readUncompared(db, newest?.id ?? 0);
    if (requests.length === 0) return;
    await resolve(db, findMatches(requests, rows, prefix), requests, newest?.id ?? 0, prefix, now);
    if (requests.length < HELP.atOnce) return;
  }
}

/**
 * Statement: whoever meanwhile signed up, by the same address: under the same birth date or SIRET, or the same reference
 * and names. (The address alone would not do: couples share a mailbox.)
 */
function closeSignedUp(db: Db, now: number) {
  const isLike = sql`r.kind = c.kind AND (c.birth_date = r.birth_date OR c.siret = r.siret
    OR (c.name_key = r.name_key AND c.reference_key IN (SELECT value FROM json_each(r.reference_keys))))`;
  return statement(
    db,
    sql`UPDATE help_requests AS r SET state = 'has_account', decided_at = ${now}
    WHERE r.state IN ('open', 'waiting') AND EXISTS (SELECT 1 FROM clients AS c JOIN accounts AS a ON a.client_id = c.id
      WHERE ${isLike} AND a.state <> 'closed' AND a.created_at >= r.created_at AND lower(a.email) = lower(r.email))`,
  );
}

/** Statements: a request whose client left is answered as if staff had said no. */
function closeLeft(db: Db, now: number) {
  return [
    statement(
      db,
      sql`UPDATE help_requests SET state = 'left', decided_at = ${now}, mail_id = lower(hex(randomblob(16)))
      WHERE state = 'waiting' AND client_id IN (SELECT id FROM clients WHERE id = client_id AND left_at IS NOT NULL)`,
    ),
    statement(
      db,
      sql`INSERT INTO mails (id, kind, request_id, email, version, nonce, created_at, next_attempt_at)
      SELECT mail_id, 'request_refused', id, email, 0, lower(hex(randomblob(32))), ${now}, ${now}
      FROM help_requests WHERE state = 'left' AND decided_at = ${now}
        AND NOT EXISTS (SELECT 1 FROM mails WHERE id = help_requests.mail_id)`,
    ),
  ] as const;
}

/** The requests that no comparison with the newest import has seen, and the clients under their references. */
async function readUncompared(db: Db, newest: number) {
  const wanted = sql`SELECT id FROM help_requests WHERE state IN ('open', 'waiting') AND is_for_staff = 0
    AND compared_with < ${newest} ORDER BY id LIMIT ${HELP.atOnce}`;
  return batch(db, {
    requests: db.select().from(helpRequests).where(sql`${helpRequests.id} IN (${wanted})`),
    rows: db
      .selectDistinct()
      .from(clients)
      .where(
        sql`(${clients.kind}, ${clients.referenceKey}) IN (SELECT r.kind, k.value
          FROM help_requests AS r, json_each(r.reference_keys) AS k WHERE r.id IN (${wanted}))`,
      ),
  });
}

function findMatches(requests: HelpRequest[], rows: Client[], prefix: string): Match[] {
  const byKey = Map.groupBy(rows, (row) => row.referenceKey);
  return requests.flatMap((request) => {
    const keys: string[] = JSON.parse(request.referenceKeys);
    const under = keys.flatMap((key) => byKey.get(key) ?? []).filter(({ kind }) => kind === request.kind);
    const client = findClient(identityIn(request), under);
    return client?.leftAt === null ? [matchOf(request, client, prefix)] : [];
  });
}

function matchOf(request: HelpRequest, client: Client, prefix: string): Match {
  return {
    requestId: request.id,
    clientId: client.id,
    mailId: crypto.randomUUID(),
    noticeId: crypto.randomUUID(),
    stem: identifierStem(prefix, client.kind),
    six: drawIdentifierNumbers(6),
    seven: drawIdentifierNumbers(7),
    isSure: !isPartlyKnown(client),
  };
}

/** One batch: what matches is decided, its account and mails follow; what matches and cannot be is staff's. */
async function resolve(
  db: Db,
  matches: Match[],
  requests: HelpRequest[],
  newest: number,
  prefix: string,
  now: number,
): Promise<void> {
  const counts = Map.groupBy(matches, ({ clientId }) => clientId);
  const sure = matches.filter(({ clientId, isSure }) => isSure && counts.get(clientId)?.length === 1);
  const found = JSON.stringify(sure);
  // CROSS: in this order, or SQLite goes through all accounts.
  const decided = sql`json_each(${found}) AS m
    CROSS JOIN help_requests AS r ON r.id = m.value->>'requestId' AND r.mail_id = m.value->>'mailId'`;
  const owed = sql`${decided} CROSS JOIN accounts AS a ON a.client_id = r.client_id AND a.state = 'pending'`;
  const mail = (id: string, kind: string, email: string) =>
    sql`INSERT INTO mails (id, kind, account_id, email, version, nonce, created_at, next_attempt_at)
      SELECT m.value->>${id}, ${kind}, a.id, ${sql.raw(email)}, a.link_version, lower(hex(randomblob(32))), ${now}, ${now}
      FROM ${owed}`;
  await batch(db, {
    decided: statement(
      db,
      sql`UPDATE help_requests AS r SET state = 'matched', client_id = m.value->>'clientId', mail_id = m.value->>'mailId',
        decided_at = ${now} FROM json_each(${found}) AS m
      WHERE r.id = m.value->>'requestId' AND r.state IN ('open', 'waiting')
        AND NOT EXISTS (SELECT 1 FROM accounts WHERE client_id = m.value->>'clientId' AND state <> 'closed')
        AND EXISTS (SELECT 1 FROM clients WHERE id = m.value->>'clientId' AND left_at IS NULL AND held_at IS NULL)`,
    ),
    opened: statement(
      db,
      sql`INSERT INTO accounts (client_id, identifier, email, state, created_at)
      SELECT r.client_id, (m.value->>'stem') || (SELECT value FROM
        json_each(CASE WHEN ${isUncrowded} THEN m.value->'six' ELSE m.value->'seven' END)
        WHERE ${isFreeNumber(prefix)} LIMIT 1), r.email, 'pending', ${now} FROM ${decided}`,
    ),
    owed: statement(db, mail('mailId', 'activation', 'a.email')),
    told: statement(
      db,
      sql`${mail('noticeId', 'account_requested', 'c.email')} JOIN clients AS c ON c.id = a.client_id
        WHERE c.email IS NOT NULL AND lower(c.email) <> lower(a.email)`,
    ),
    noted: statement(
      db,
      sql`INSERT INTO events (account_id, kind, at) SELECT a.id, 'requested', ${now} FROM ${owed}`,
    ),
    leftToStaff: statement(
      db,
      sql`UPDATE help_requests SET is_for_staff = 1 WHERE state IN ('open', 'waiting')
        AND id IN (SELECT value FROM json_each(${JSON.stringify(matches.map(({ requestId }) => requestId))}))`,
    ),
    compared: statement(
      db,
      sql`UPDATE help_requests SET compared_with = ${newest}
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(requests.map(({ id }) => id))}))`,
    ),
  });
}
