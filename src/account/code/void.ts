// What ends a code without its use. A file of its own, for the terminal closes accounts too, and hashes nothing.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, statement } from '../../platform/db.ts';

/** Statement: the client's code, on whatever paper it stands, opens nothing any more; a new one may be given. */
export function voidCode(db: Db, clientId: SQL | number, when: SQL) {
  return statement(db, sql`DELETE FROM codes WHERE client_id = ${clientId} AND ${when}`);
}
