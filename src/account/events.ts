// What happened to an account, for its owner and for support.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, statement } from '../platform/db.ts';
import type { EventKind } from '../schema.ts';

/** Statement: notes an event for the account (`a` in `when`) that meets the condition. */
export function noteEvent(db: Db, kind: EventKind, device: string, when: SQL, now: number) {
  return statement(
    db,
    sql`
    INSERT INTO events (account_id, kind, device, at)
    SELECT a.id, ${kind}, ${device}, ${now} FROM accounts AS a WHERE ${when}`,
  );
}
