// What the landlord's staff looked at and did: rows that nobody can change. Whatever changes a client or an account at the
// desk hangs on its row, written first in the same batch: without the row nothing happens, twice it never happens.

import { and, desc, eq, gte, lt, notInArray, type SQL, sql } from 'drizzle-orm';
import { CLIENT_FACTS } from '../client/rows.ts';
import { DESK } from '../numbers.ts';
import { type Db, statement } from '../platform/db.ts';
import { type ActKind, type ActReason, acts, clients, type IdentityProof } from '../schema.ts';

/** An act about to be written down. */
export type Act = {
  id: string;
  agent: string;
  kind: ActKind;
  clientId: number;
  reason: ActReason | IdentityProof | null;
  /** What the agent added; null when nothing. */
  words: string | null;
};

/** What is decided of a help request: of one client, or of nobody in particular. */
export type Decision = Omit<Act, 'clientId'> & { clientId: number | null };

/** An act with a fresh id. */
export function newAct<A extends Omit<Decision, 'id'>>(act: A): A & { id: string } {
  return { id: crypto.randomUUID(), ...act };
}

/**
 * Statement: writes the act down where the condition holds of the client (`c`) and its open account (`a`, NULL when there is
 * none). What follows in the batch asks `isNoted` or `isActOn`. Returns `{ id }` when it was written.
 */
export function noteAct(db: Db, act: Act, when: SQL, now: number) {
  return statement<{ id: string }>(
    db,
    sql`
    INSERT INTO acts (id, agent, kind, client_id, account_id, reason, words, at)
    SELECT ${act.id}, ${act.agent}, ${act.kind}, c.id, a.id, ${act.reason}, ${act.words}, ${now}
    FROM clients AS c LEFT JOIN accounts AS a ON a.client_id = c.id AND a.state <> 'closed'
    WHERE c.id = ${act.clientId} AND ${when}
    RETURNING id`,
  );
}

/** Statement: writes a decision down behind the statement that made it. @param isDone condition: it was made */
export function noteDecision(db: Db, decision: Decision, isDone: SQL, now: number) {
  const { id, agent, kind, clientId, reason, words } = decision;
  const account = sql`(SELECT a.id FROM accounts AS a WHERE a.client_id = ${clientId} AND a.state <> 'closed')`;
  return statement(
    db,
    sql`INSERT INTO acts (id, agent, kind, client_id, account_id, reason, words, at)
    SELECT ${id}, ${agent}, ${kind}, ${clientId}, ${account}, ${reason}, ${words}, ${now} WHERE ${isDone}`,
  );
}

/** Condition: the act was written down by an earlier statement of the same batch. */
export function isNoted({ id }: Act): SQL {
  return sql`EXISTS (SELECT 1 FROM acts WHERE id = ${id})`;
}

/** The account that the act is on; NULL when it was not written down. */
export function accountOf({ id }: Act): SQL {
  return sql`(SELECT account_id FROM acts WHERE id = ${id})`;
}

/** Condition: `a` is the account that the act is on. */
export function isActOn(act: Act): SQL {
  return sql`a.id = ${accountOf(act)}`;
}

/**
 * Statement: writes a look down. An agent who comes back within ten minutes is still looking.
 * @param request the help code of the request beside which the client was shown, birth date included
 */
export function noteLook(
  db: Db,
  agent: string,
  clientId: number,
  now: number,
  request: string | null = null,
) {
  const kind: ActKind = request === null ? 'look' : 'see_request';
  const look = newAct({ agent, kind, clientId, reason: null, words: request });
  const isOver = sql`NOT EXISTS (SELECT 1 FROM acts WHERE client_id = ${clientId} AND at > ${now - DESK.oneLook}
    AND agent = ${agent} AND kind = ${kind} AND words IS ${request})`;
  return noteAct(db, look, isOver, now);
}

/** Condition: the agent has done this less often than `most` on this client within the window (ms). */
export function isBelow(act: Act, { most, window }: { most: number; window: number }, now: number): SQL {
  return sql`(SELECT count(*) < ${most} FROM acts
    WHERE client_id = ${act.clientId} AND at > ${now - window} AND agent = ${act.agent} AND kind = ${act.kind})`;
}

/** Writes down that somebody took a list away as a file. */
export async function noteExport(
  db: Db,
  agent: string,
  kind: 'export_acts' | 'export_absent',
  now: number,
): Promise<void> {
  await db.insert(acts).values({ id: crypto.randomUUID(), agent, kind, at: now });
}

/** What the journal is looked through for; what is left out is everything. */
export type ActFilter = {
  id?: string;
  agent?: string;
  clientId?: number;
  referenceKey?: string;
  kind?: ActKind;
  /** Only what changed something: no look, no comparison. */
  isDeed?: boolean;
  /** Times in ms. */
  from?: number;
  until?: number;
};

export type ActRow = Awaited<ReturnType<typeof readActs>>[number];

/** Query: the newest acts, each with its client while the file has it. */
export function readActs(db: Db, filter: ActFilter, most: number) {
  const { id, agent, clientId, referenceKey, kind, isDeed, from, until } = filter;
  const under = sql`${acts.clientId} IN (SELECT id FROM clients
    WHERE kind IN ('tenant', 'supplier') AND reference_key = ${referenceKey})`;
  return db
    .select({
      id: acts.id,
      agent: acts.agent,
      // Under a name of its own: two columns of one name are one in a batch.
      act: sql<ActKind>`${acts.kind}`.as('act'),
      clientId: acts.clientId,
      reason: acts.reason,
      words: acts.words,
      at: acts.at,
      client: CLIENT_FACTS,
    })
    .from(acts)
    .leftJoin(clients, eq(clients.id, acts.clientId))
    .where(
      and(
        id === undefined ? undefined : eq(acts.id, id),
        agent === undefined ? undefined : eq(acts.agent, agent),
        clientId === undefined ? undefined : eq(acts.clientId, clientId),
        referenceKey === undefined ? undefined : under,
        kind === undefined ? undefined : eq(acts.kind, kind),
        isDeed ? notInArray(acts.kind, ['look', 'see_request', 'compare_birth_date']) : undefined,
        from === undefined ? undefined : gte(acts.at, from),
        until === undefined ? undefined : lt(acts.at, until),
      ),
    )
    .orderBy(desc(acts.at), desc(acts.id))
    .limit(most);
}
