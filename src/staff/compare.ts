// A birth date compared, never shown: the agent types what the caller says, and learns yes or no.

import { eq, sql } from 'drizzle-orm';
import { DESK } from '../numbers.ts';
import { batch, type Db } from '../platform/db.ts';
import { acts, clients } from '../schema.ts';
import { isBelow, newAct, noteAct } from './acts.ts';

/**
 * Counts a comparison in the journal, five an hour by one agent on one client.
 * @returns the file's date, null when it has none; or until when (ms) no other is taken
 */
export async function compareBirthDate(
  db: Db,
  agent: string,
  clientId: number,
  now: number,
): Promise<{ ok: true; birthDate: string | null } | { ok: false; until: number }> {
  const act = newAct({ agent, kind: 'compare_birth_date', clientId, reason: null, words: null });
  const { window } = DESK.compared;
  const { noted, known, earlier } = await batch(db, {
    noted: noteAct(db, act, isBelow(act, DESK.compared, now), now),
    known: db.select({ birthDate: clients.birthDate }).from(clients).where(eq(clients.id, clientId)),
    earlier: db
      .select({ at: sql<number | null>`min(${acts.at})` })
      .from(acts)
      .where(
        sql`client_id = ${clientId} AND at > ${now - window} AND agent = ${agent} AND kind = ${act.kind}`,
      ),
  });
  if (noted.length === 0) return { ok: false, until: (earlier[0]?.at ?? now) + window };
  return { ok: true, birthDate: known[0]?.birthDate ?? null };
}
