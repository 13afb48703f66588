// Fills the portal's tables with rows as long as real ones, and tells what a row takes on the disk with its indexes.

// ?1 to ?2 number the rows (D1 hands numbers over as reals), ?3 is the time. The tables stand in the order in which they
// refer to each other.
const FILL = {
  clients: `INSERT INTO clients
      (kind, reference, reference_key, name_key, family_name, given_name, birth_date, email, present_since)
    SELECT 'tenant', 50000000 + i, 50000000 + i, 'SANTONI' || i || ' MARIE PAULE', 'SANTONI' || i, 'MARIE-PAULE',
      '1956-07-14', iif(i % 3, NULL, 'marie.santoni' || i || '@example.fr'), ?3 FROM n`,
  // An identifier the portal has drawn for somebody is taken.
  accounts: `INSERT OR IGNORE INTO accounts
      (client_id, identifier, email, state, password_hash, link_version, created_at, activated_at)
    SELECT c.id, printf('NHCAPAL%06d', i), 'marie.santoni' || i || '@example.fr', 'active',
      '$argon2id$v=19$m=19456,t=2,p=1$' || hex(randomblob(11)) || '$' || substr(hex(randomblob(22)), 2), 2, ?3, ?3
    FROM n CROSS JOIN clients AS c ON c.kind = 'tenant' AND c.reference_key = CAST(50000000 + i AS TEXT)`,
  sessions: `INSERT INTO sessions (id, account_id, created_at, last_seen_at, device)
    SELECT lower(hex(randomblob(32))), a.id, ?3, ?3, 'android_phone' FROM n CROSS JOIN accounts AS a ON OWNER`,
  mails: `INSERT INTO mails (id, kind, account_id, email, version, nonce, state, attempts, next_attempt_at, provider_id,
      created_at, sent_at, reported_at)
    SELECT substr(hex(randomblob(22)), 2), 'activation', a.id, a.email, 1, substr(hex(randomblob(22)), 2), 'delivered',
      1, ?3, '<202611231200.' || hex(randomblob(6)) || '@smtp-relay.example>', ?3, ?3, ?3
    FROM n CROSS JOIN accounts AS a ON OWNER`,
  events: `INSERT INTO events (account_id, kind, device, at)
    SELECT a.id, 'signed_in', 'android_phone', ?3 FROM n CROSS JOIN accounts AS a ON OWNER`,
  attempts: `INSERT INTO attempts (key, count, expires_at) SELECT substr(hex(randomblob(22)), 2), 1, ?3 FROM n`,
};
const OWNER = "a.identifier = printf('NHCAPAL%06d', i)";

export type Counts = { clients: number; accounts: number };

/**
 * Adds rows until there are that many clients, and that many of everything else: one of each per account.
 * @returns the bytes a row of each table takes
 */
export async function fill(database: D1Database, from: Counts, to: Counts): Promise<Record<string, number>> {
  const bytes: Record<string, number> = {};
  for (const [table, sql] of Object.entries(FILL)) {
    const kind = table === 'clients' ? 'clients' : 'accounts';
    const rows = to[kind] - from[kind];
    const before = await sizeOf(database);
    const numbers =
      'WITH RECURSIVE n (i) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?2)';
    const statement = database.prepare(`${numbers} ${sql.replace('OWNER', OWNER)}`);
    await statement.bind(from[kind] + 1, to[kind], Date.now()).run();
    bytes[table] = Math.round(((await sizeOf(database)) - before) / rows);
  }
  return bytes;
}

async function sizeOf(database: D1Database): Promise<number> {
  return (await database.prepare('SELECT 1').run()).meta.size_after;
}
