// The portal's own database, for what no visitor can do: time that has gone by, a part that fails.

import { globSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { here } from './here.ts';

/** Opens the file of the local D1. Whoever opens it closes it. */
export function openDatabase(): DatabaseSync {
  const [file] = globSync(`${here.state}/v3/d1/miniflare-D1DatabaseObject/*.sqlite`).filter(
    (path) => !path.includes('metadata'),
  );
  return new DatabaseSync(file ?? '', { timeout: 10_000 });
}

/** What was mailed to an address was mailed two minutes earlier: another mail may leave. */
export function ageMails(email: string): void {
  const database = openDatabase();
  const columns = 'created_at = created_at - 120000, sent_at = sent_at - 120000';
  database.prepare(`UPDATE mails SET ${columns} WHERE email = ?`).run(email);
  database.close();
}
