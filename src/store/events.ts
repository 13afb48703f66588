// What happened to an account, for its owner and for support.

import { type SQL, sql } from 'drizzle-orm';
import type { EventKind } from '../rules/events.ts';
import { type Db, statement } from './db.ts';

/** Statement: notes an event for the account (`a` in `when`) that meets the condition. */
export function noteEvent(db: Db, kind: EventKind, device: string, when: SQL, now: number) {
  return statement(
    db,
    sql`
    INSERT INTO events (account_id, kind, device, at)
    SELECT a.id, ${kind}, ${device}, ${now} FROM accounts AS a WHERE ${when}`,
  );
}
