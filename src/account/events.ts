// What happened to an account, for its owner and for support.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, statement } from '../platform/db.ts';
import type { Actor, Device, EventKind } from '../schema.ts';

type By = { actor: Actor; detail: string | null };

/**
 * Statement: notes an event for the account (`a` in `when`) that meets the condition.
 * @param device the browser at work; null for none
 * @param by whoever did it, with the reason given; its holder unless told
 */
export function noteEvent(
  db: Db,
  kind: EventKind,
  device: Device | null,
  when: SQL,
  now: number,
  { actor, detail }: By = { actor: 'holder', detail: null },
) {
  return statement(
    db,
    sql`
    INSERT INTO events (account_id, kind, device, at, actor, detail)
    SELECT a.id, ${kind}, ${device}, ${now}, ${actor}, ${detail} FROM accounts AS a WHERE ${when}`,
  );
}
