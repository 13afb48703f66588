// What staff decide of a help request. One conditional statement decides, so that of any number of decisions one wins; the
// rest of the batch hangs on it. The agent is named, and the caller adds its own rows (the audit) to the same batch.

import { eq, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Client } from '../client/rows.ts';
import { isOwed, type NewMail, newMail, oweMail, oweRequestMail } from '../mail/owe.ts';
import { batch, type Db, previousChanged, statement } from '../platform/db.ts';
import { clients, type IdentityProof } from '../schema.ts';
import { BY_LANDLORD, noteEvent } from './events.ts';
import { hasLeft, isLetIn } from './links.ts';
import { openAccount } from './opening.ts';
import { oweFileNotice } from './waiting.ts';

/** Statements that are added to a decision's batch. @param isDone condition: this very decision won */
export type Audit = (isDone: SQL) => BatchItem<'sqlite'>[];

type Deciding = {
  requestId: number;
  agent: string;
  /** When it was last decided, as the page showed it: what was decided since stands. Left out, whatever it says. */
  decidedAt?: number | null;
  audit: Audit;
  now: number;
};

/** What came of a decision, and the mails to deliver. */
export type Decided =
  | { ok: true; mailIds: string[] }
  | { ok: false; reason: 'decided' | 'gone' | 'no_such_client' | 'client_left' | 'held' | 'has_account' };

function isUndecided({ decidedAt }: Deciding): SQL {
  const isAsShown = decidedAt === undefined ? sql`1` : sql`decided_at IS ${decidedAt}`;
  return sql`state IN ('open', 'waiting') AND ${isAsShown}`;
}

/**
 * « It is this person »: the typed address gets the activation mail, the file's own address the notice, as at a sign-up.
 * Nothing happens when the client has an active account (its owner has other ways in), or is held.
 * @param graceDays how long a client who left keeps access
 */
export async function acceptRequest(
  db: Db,
  decision: Deciding & { clientId: number; proof: IdentityProof; prefix: string; graceDays: number },
): Promise<Decided> {
  const { requestId, clientId, agent, proof, prefix, graceDays, audit, now } = decision;
  const [client] = await db.select().from(clients).where(eq(clients.id, clientId));
  if (!client) return { ok: false, reason: 'no_such_client' };
  const [activation, notice] = [newMail('activation'), newMail('account_requested')];
  const isDone = isToldBy(requestId, activation);
  const { won, facts } = await batch(db, {
    won: statement(
      db,
      sql`UPDATE help_requests SET state = 'accepted', client_id = ${clientId}, proof = ${proof}, decided_by = ${agent},
        decided_at = ${now}, mail_id = ${activation.id}
      WHERE id = ${requestId} AND ${isUndecided(decision)} AND NOT EXISTS
          (SELECT 1 FROM accounts WHERE client_id = ${clientId} AND state = 'active')
        AND EXISTS (SELECT 1 FROM clients AS c WHERE c.id = ${clientId} AND c.kind = help_requests.kind AND c.held_at IS NULL
          AND ${isLetIn(graceDays, now)}) RETURNING id`,
    ),
    opened: openAccount(
      db,
      { client, email: emailOf(requestId), prefix, now },
      isDone,
      // A person decides once: no cap stands in the way.
      sql`1`,
    ),
    owed: oweMail(
      db,
      activation,
      sql`a.client_id = ${clientId} AND a.state = 'pending' AND ${previousChanged}`,
      now,
    ),
    told: oweFileNotice(db, notice, activation, now),
    noted: noteEvent(db, 'requested', null, isOwed(activation, 'a'), now, BY_LANDLORD),
    facts: readFacts(db, requestId, clientId),
    audited: audit(isDone),
  });
  if (won.length > 0) return { ok: true, mailIds: [activation.id, notice.id] };
  return { ok: false, reason: whyNot(facts[0], client, hasLeft(client.leftAt, graceDays, now)) };
}

/**
 * « The file is wrong »: the request waits for the import that mends it (see `help-matching.ts`); one mail says so.
 * @param clientId the client it waits for, where one is known: when that one leaves, the request closes
 */
export async function waitForFile(
  db: Db,
  decision: Deciding & { clientId: number | null },
): Promise<Decided> {
  const { requestId, clientId, agent, audit, now } = decision;
  const mail = newMail('request_waiting');
  const isDone = isToldBy(requestId, mail);
  const { won, facts } = await batch(db, {
    won: statement(
      db,
      sql`UPDATE help_requests SET state = 'waiting', client_id = ${clientId}, decided_by = ${agent}, mail_id = ${mail.id},
        decided_at = ${now}, is_for_staff = 0 WHERE id = ${requestId} AND state = 'open' AND ${isUndecided(decision)} RETURNING id`,
    ),
    owed: oweRequestMail(db, mail, sql`r.id = ${requestId} AND r.mail_id = ${mail.id}`, now),
    facts: readFacts(db, requestId, clientId ?? 0),
    audited: audit(isDone),
  });
  return wonOrNot(won, mail, facts);
}

/** « No »: one mail says so, with the phone number. */
export async function refuseRequest(db: Db, decision: Deciding): Promise<Decided> {
  const { requestId, agent, audit, now } = decision;
  const mail = newMail('request_refused');
  const isDone = isToldBy(requestId, mail);
  const { won, facts } = await batch(db, {
    won: statement(
      db,
      sql`UPDATE help_requests SET state = 'refused', decided_by = ${agent}, decided_at = ${now}, mail_id = ${mail.id}
      WHERE id = ${requestId} AND ${isUndecided(decision)} RETURNING id`,
    ),
    owed: oweRequestMail(db, mail, sql`r.id = ${requestId} AND r.mail_id = ${mail.id}`, now),
    facts: readFacts(db, requestId, 0),
    audited: audit(isDone),
  });
  return wonOrNot(won, mail, facts);
}

function wonOrNot(won: unknown[], mail: NewMail, facts: Facts[]): Decided {
  if (won.length > 0) return { ok: true, mailIds: [mail.id] };
  return { ok: false, reason: facts[0] ? 'decided' : 'gone' };
}

function isToldBy(requestId: number, mail: NewMail): SQL {
  return sql`EXISTS (SELECT 1 FROM help_requests WHERE id = ${requestId} AND mail_id = ${mail.id})`;
}

/** The address that was typed: read where it is used. */
function emailOf(requestId: number): SQL {
  return sql`(SELECT email FROM help_requests WHERE id = ${requestId})`;
}

type Facts = { state: string; kind: string; clientKind: string | null; isActive: number };

function readFacts(db: Db, requestId: number, clientId: number) {
  return statement<Facts>(
    db,
    sql`SELECT state AS "state", kind AS "kind", (SELECT kind FROM clients WHERE id = ${clientId}) AS "clientKind",
      EXISTS (SELECT 1 FROM accounts WHERE client_id = ${clientId} AND state = 'active') AS "isActive"
    FROM help_requests WHERE id = ${requestId}`,
  );
}

function whyNot(facts: Facts | undefined, { heldAt }: Client, isGone: boolean) {
  if (!facts) return 'gone';
  if (facts.state !== 'open' && facts.state !== 'waiting') return 'decided';
  if (facts.kind !== facts.clientKind) return 'no_such_client';
  if (isGone) return 'client_left';
  if (facts.isActive) return 'has_account';
  return heldAt === null ? 'decided' : 'held';
}
