// The help requests: what was typed and matched nobody, kept until somebody looks (how it is kept: `ask-help.ts`).

import { desc, eq, inArray, sql } from 'drizzle-orm';
import { HELP } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { helpRequests, mails, type helpRequests as Table } from '../schema.ts';
import type { Identity } from './matching.ts';

export type HelpRequest = typeof Table.$inferSelect;

/** The identity a request states. */
export function identityIn(request: HelpRequest): Identity {
  const { kind, reference } = request;
  return kind === 'supplier'
    ? { kind, reference, companyName: request.companyName ?? '', siret: request.siret ?? '' }
    : {
        kind,
        reference,
        familyName: request.familyName ?? '',
        givenName: request.givenName ?? '',
        birthDate: request.birthDate ?? '',
      };
}

/** The request of a help code, in whatever state. */
export async function findRequestByCode(db: Db, code: string): Promise<HelpRequest | undefined> {
  return (await db.select().from(helpRequests).where(eq(helpRequests.code, code)))[0];
}

/** One request. */
export async function readRequest(db: Db, id: number): Promise<HelpRequest | undefined> {
  return (await db.select().from(helpRequests).where(eq(helpRequests.id, id)))[0];
}

/**
 * Statement: the requests nobody has decided that may mean this client (the same reference, the same names, the same SIRET,
 * or put down to it by an agent), the newest first: `{ id, code, at }`.
 */
export function requestsNear(db: Db, clientId: number) {
  return statement<{ id: number; code: string; at: number }>(
    db,
    sql`SELECT r.id AS "id", r.code AS "code", r.created_at AS "at"
    FROM clients AS c JOIN help_requests AS r ON r.state IN ('open', 'waiting') AND r.kind = c.kind
    WHERE c.id = ${clientId} AND (r.client_id = c.id OR r.name_key = c.name_key OR r.siret = c.siret
      OR c.reference_key IN (SELECT value FROM json_each(r.reference_keys)))
    ORDER BY r.created_at DESC LIMIT ${HELP.candidates}`,
  );
}

/** How many wait for a person; of those that wait for the file, only what an import left to staff. */
export async function countRequests(db: Db): Promise<number> {
  const [row] = await statement<{ count: number }>(
    db,
    sql`SELECT count(*) AS "count" FROM help_requests WHERE state = 'open' OR (state = 'waiting' AND is_for_staff)`,
  );
  return row?.count ?? 0;
}

/**
 * The requests that nobody has decided, the oldest first, each with the fate of the mail that was owed to its person; then the
 * newest that are decided.
 */
export async function listRequests(db: Db, most: number) {
  const columns = { request: helpRequests, mailState: mails.state, mailReason: mails.lastError };
  const read = () => db.select(columns).from(helpRequests).leftJoin(mails, eq(mails.id, helpRequests.mailId));
  const undecided = ['open', 'waiting'] as const;
  const [waiting, decided] = await Promise.all([
    read()
      .where(inArray(helpRequests.state, [...undecided]))
      .orderBy(helpRequests.createdAt)
      .limit(most),
    read()
      .where(inArray(helpRequests.state, ['accepted', 'refused', 'matched', 'has_account', 'left']))
      .orderBy(desc(helpRequests.decidedAt))
      .limit(most),
  ]);
  return { waiting, decided };
}
