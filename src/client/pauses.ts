// The pauses that stop a client for a while, noted for the staff on the phone; and how the landlord lifts them.

import { and, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { batch, type Db } from '../platform/db.ts';
import { attempts, type PauseReason, pauses } from '../schema.ts';

/** A full counter that concerns a client. */
export type Pause = { clientId: number; key: string; why: PauseReason };

/** Notes which counters stop which clients. */
export async function notePauses(db: Db, found: Pause[]): Promise<void> {
  if (found.length > 0) await db.insert(pauses).values(found).onConflictDoNothing();
}

/** Notes that the sign-in to an account is paused; the statement is the same whether there is such an account or not. */
export async function noteSignInPause(db: Db, identifiers: string[], key: string): Promise<void> {
  const wanted = JSON.stringify(identifiers);
  await db.run(sql`INSERT OR IGNORE INTO pauses (client_id, key, why)
    SELECT client_id, ${key}, 'sign_in' FROM accounts
    WHERE identifier IN (SELECT value FROM json_each(${wanted})) AND state = 'active'`);
}

/** Query: the pauses of a client that still run: why, and until when (ms). */
export function readPauses(db: Db, clientId: number, now: number) {
  return db
    .select({
      why: pauses.why,
      // A counter without a pause of its own stops for as long as it lives.
      until: sql<number>`iif(${pauses.why} = 'sign_in', ${attempts.blockedUntil}, ${attempts.expiresAt})`,
    })
    .from(pauses)
    .innerJoin(attempts, eq(attempts.key, pauses.key))
    .where(sql`${eq(pauses.clientId, clientId)} AND ${gt(attempts.expiresAt, now)}
      AND (${pauses.why} <> 'sign_in' OR ${attempts.blockedUntil} > ${now})`);
}

/** Condition: a pause of the client runs. */
export function isPaused(clientId: number, now: number): SQL {
  return sql`EXISTS (SELECT 1 FROM pauses JOIN attempts ON attempts.key = pauses.key WHERE pauses.client_id = ${clientId}
    AND attempts.expires_at > ${now} AND (pauses.why <> 'sign_in' OR attempts.blocked_until > ${now}))`;
}

/** Statements: the counters that stop a client begin anew, where the condition holds. The first returns those that were. */
export function endPauses(db: Db, clientId: number, when: SQL = sql`1`) {
  const keys = db.select({ key: pauses.key }).from(pauses).where(eq(pauses.clientId, clientId));
  return {
    lifted: db
      .delete(attempts)
      .where(and(inArray(attempts.key, keys), when))
      .returning({ key: attempts.key }),
    forgotten: db.delete(pauses).where(and(eq(pauses.clientId, clientId), when)),
  };
}

/** Lifts the pauses of a client: the counters that stop it begin anew. @returns how many there were */
export async function liftPauses(db: Db, clientId: number): Promise<number> {
  const { lifted } = await batch(db, endPauses(db, clientId));
  return lifted.length;
}
