// The nightly purge removes the data that are no longer needed. Each line but the imports is a line of /donnees-personnelles.

import { type SQL, sql } from 'drizzle-orm';
import {
  ACTS_KEPT,
  DAY,
  DEPARTED_KEPT,
  HELP,
  HISTORY_KEPT,
  PENDING_ACCOUNT_LIFETIME,
  PENDING_EMAIL_LIFETIME,
  PURGE,
  REPORTS_KEPT,
} from '../numbers.ts';
import type { Db } from '../platform/db.ts';
import { closed } from './closing.ts';
import { isAlive, limits } from './signed-in.ts';

/**
 * Removes expired rows in rounds, so that one run stays short; the rest waits for the next day.
 * @param graceDays how long a client who left keeps access: never less than that is kept
 * @returns how many rows went, by what they were
 */
export async function purge(db: Db, graceDays: number, now: number): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const [name, remove] of Object.entries(removals(graceDays, now))) {
    removed[name] = 0;
    for (let round = 0; round < PURGE.rounds; round++) {
      const { meta } = await db.run(remove);
      removed[name] += meta.changes;
      if (meta.changes < PURGE.perRound) break;
    }
  }
  return removed;
}

function removals(graceDays: number, now: number): Record<string, SQL> {
  const old = now - HISTORY_KEPT;
  const left = now - Math.max(DEPARTED_KEPT, graceDays * DAY);
  // An import that runs at this moment may bring a client back.
  const noImport = sql`NOT EXISTS (SELECT 1 FROM imports WHERE state = 'running')`;
  const leftClient = sql`client_id IN (SELECT id FROM clients WHERE left_at <= ${left})`;
  return {
    // Never activated. Its mails and events go with it.
    pendingAccounts: some(
      'accounts',
      sql`state = 'pending' AND created_at <= ${now - PENDING_ACCOUNT_LIFETIME}`,
    ),
    newEmails: sql`UPDATE accounts SET new_email = NULL, email_version = email_version + 1 WHERE id IN (SELECT id FROM accounts WHERE new_email IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM mails WHERE account_id = accounts.id AND kind = 'confirm_email'
        AND created_at > ${now - PENDING_EMAIL_LIFETIME}) LIMIT ${PURGE.perRound})`,
    sessions: some('sessions', sql`NOT ${isAlive(limits(now))}`),
    pauses: some('pauses', sql`key NOT IN (SELECT key FROM attempts)`),
    events: some('events', sql`at <= ${old}`),
    mails: some('mails', sql`created_at <= ${old} AND state <> 'queued'`),
    // With the mails that told of them, once those have left.
    helpRequests: some(
      'help_requests',
      sql`created_at <= ${now - HELP.kept} AND id NOT IN
        (SELECT request_id FROM mails WHERE state = 'queued' AND request_id IS NOT NULL)`,
    ),
    codes: some('codes', sql`expires_at <= ${now}`),
    // By the clock of the trigger that guards them: one that differs would stop the night.
    acts: some('acts', sql`at <= unixepoch() * 1000 - ${ACTS_KEPT}`),
    importReports: sql`UPDATE imports SET report = NULL WHERE report IS NOT NULL AND finished_at <= ${now - REPORTS_KEPT}`,
    // Cron reads them all each minute. The last that changed the clients belongs to every fingerprint, the last file to /sante.
    imports: some(
      'imports',
      sql`finished_at <= ${old} AND id NOT IN (SELECT max(id) FROM imports WHERE has_changed HAVING max(id) IS NOT NULL
        UNION ALL SELECT max(id) FROM imports WHERE state = 'applied' AND kind = 'file' HAVING max(id) IS NOT NULL)`,
    ),
    // The account of a client who left closes as if its holder had closed it; its identifier stays reserved.
    accounts: sql`UPDATE accounts SET ${closed(now)}
      WHERE id IN (SELECT id FROM accounts WHERE state <> 'closed' AND ${leftClient} LIMIT ${PURGE.perRound})`,
    passkeys: some('passkeys', sql`account_id IN (SELECT id FROM accounts WHERE state = 'closed')`),
    // Their last mail has left: the outbox of a closed account forgets the address too.
    addresses: sql`UPDATE mails SET email = '' WHERE id IN (SELECT m.id FROM accounts AS a
      JOIN mails AS m ON m.account_id = a.id
      WHERE a.state = 'closed' AND m.email <> '' AND m.state <> 'queued' LIMIT ${PURGE.perRound})`,
    clients: some(
      'clients',
      sql`left_at <= ${left} AND NOT EXISTS (SELECT 1 FROM accounts WHERE client_id = clients.id) AND ${noImport}`,
    ),
    // A closed account keeps its row, so its client keeps an empty one.
    clientData: sql`UPDATE clients SET reference = '', reference_key = '', name_key = '', family_name = NULL,
        given_name = NULL, birth_date = NULL, company_name = NULL, siret = NULL, email = NULL, sector = NULL,
        held_at = NULL
      WHERE id IN (SELECT id FROM clients WHERE left_at <= ${left} AND name_key <> '' AND ${noImport} LIMIT ${PURGE.perRound})`,
  };
}

/** Deletes some rows of a table: a round's worth. */
function some(table: string, when: SQL): SQL {
  const name = sql.identifier(table);
  return sql`DELETE FROM ${name} WHERE rowid IN (SELECT rowid FROM ${name} WHERE ${when} LIMIT ${PURGE.perRound})`;
}
