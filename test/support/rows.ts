// The rows a visitor can change: taken down, put back, and what must hold of them at any time.

import { env } from 'cloudflare:workers';

// Parents first, as their foreign keys ask.
const TABLES = [
  'accounts',
  'sessions',
  'passkeys',
  'help_requests',
  'codes',
  'mails',
  'events',
  'attempts',
] as const;
type Row = Record<string, unknown>;
export type Rows = Record<(typeof TABLES)[number], Row[]>;

/** All rows of those tables. */
export async function readRows(): Promise<Rows> {
  const read = await env.DB.batch<Row>(TABLES.map((table) => env.DB.prepare(`SELECT * FROM ${table}`)));
  return Object.fromEntries(TABLES.map((table, nth) => [table, read[nth]?.results ?? []])) as Rows;
}

/** Puts rows back as they were. */
export async function putRows(rows: Rows): Promise<void> {
  const emptied = TABLES.toReversed().map((table) => env.DB.prepare(`DELETE FROM ${table}`));
  const filled = TABLES.filter((table) => rows[table].length > 0).map((table) => {
    const columns = Object.keys(rows[table][0] ?? {});
    const values = columns.map((column) => `value->>'${column}'`);
    const insert = `INSERT INTO ${table} (${columns}) SELECT ${values} FROM json_each(?)`;
    return env.DB.prepare(insert).bind(JSON.stringify(rows[table]));
  });
  await env.DB.batch([...emptied, ...filled]);
}

export const NO_ROWS = Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Rows;

/** What is told of a row: not the counters, nor what is drawn at random or read from a clock. */
const TOLD = {
  accounts: `client_id, state, email, new_email, link_version, email_version,
    password_hash IS NOT NULL, provisional_hash IS NOT NULL`,
  sessions: "'session', must_choose",
  passkeys: "'passkey', is_suspended, last_used_at IS NOT NULL",
  mails: 'kind, email, version, used_at IS NOT NULL',
  events: 'kind',
  help_requests: 'state, email, reference, phone, client_id',
  codes: 'client_id, kind, used_at IS NOT NULL',
};
const STORY = `SELECT ${Object.entries(TOLD)
  .map(([table, told]) => `(SELECT json_group_array(json_array(${told})) FROM ${table}) AS ${table}`)
  .join()}`;

function storyIn([told]: Row[]): string {
  const lines = Object.values(told ?? {}).flatMap((rows) => JSON.parse(rows as string));
  return lines
    .map((line) => JSON.stringify(line))
    .sort()
    .join('\n');
}

// Each finds rows that must not be.
const NEVER: Record<string, string> = {
  'two open accounts of one client':
    "SELECT client_id FROM accounts WHERE state <> 'closed' GROUP BY client_id HAVING count(*) > 1",
  'two accounts under one identifier':
    'SELECT identifier FROM accounts GROUP BY identifier HAVING count(*) > 1',
  'one number under two identifiers':
    'SELECT substr(identifier, 8) AS number FROM accounts GROUP BY number HAVING count(*) > 1',
  'a session without an active account':
    "SELECT s.id FROM sessions AS s LEFT JOIN accounts AS a ON a.id = s.account_id WHERE a.state IS NOT 'active'",
  'a pending account with a password':
    "SELECT id FROM accounts WHERE state = 'pending' AND (password_hash IS NOT NULL OR provisional_hash IS NOT NULL)",
  'an active account nobody can enter': `SELECT id FROM accounts AS a WHERE state = 'active' AND (email IS NULL AND NOT EXISTS (SELECT 1 FROM events WHERE account_id = a.id AND kind = 'code_used')
      OR password_hash IS NULL AND NOT EXISTS
      (SELECT 1 FROM events WHERE account_id = a.id AND kind IN ('provisional_requested', 'reset_requested')))`,
  'a closed account that kept something personal': `SELECT id FROM accounts WHERE state = 'closed'
      AND (coalesce(email, new_email, password_hash, provisional_hash) IS NOT NULL)`,
  'a used link that still works': `SELECT m.id FROM mails AS m JOIN accounts AS a ON a.id = m.account_id
      WHERE m.used_at IS NOT NULL AND m.version =
        CASE m.kind WHEN 'confirm_email' THEN a.email_version ELSE a.link_version END`,
  'a mail of no account and no request':
    "SELECT id FROM mails WHERE (account_id IS NULL) = (request_id IS NULL) AND kind <> 'month_report'",
  'two open requests with the same data':
    "SELECT key FROM help_requests WHERE state IN ('open', 'waiting') GROUP BY key HAVING count(*) > 1",
  'a decided request whose account is missing': `SELECT id FROM help_requests AS r WHERE state IN ('accepted', 'matched')
      AND NOT EXISTS (SELECT 1 FROM accounts WHERE client_id = r.client_id)`,
  'a mail to nobody': "SELECT id FROM mails WHERE email IS NULL OR email = ''",
};
const BROKEN = `SELECT ${Object.entries(NEVER)
  .map(([name, query]) => `EXISTS (${query}) AS "${name}"`)
  .join()}`;

const brokenIn = ([found]: Row[]) => Object.keys(NEVER).filter((name) => found?.[name] !== 0);

/** Which of the things that must never be, are. */
export async function findBroken(): Promise<string[]> {
  return brokenIn((await env.DB.prepare(BROKEN).all<Row>()).results);
}

/** What the rows say, and which of the things that must never be, are: in one call. */
export async function look(): Promise<{ story: string; broken: string[] }> {
  const [told, found] = await env.DB.batch<Row>([env.DB.prepare(STORY), env.DB.prepare(BROKEN)]);
  return { story: storyIn(told?.results ?? []), broken: brokenIn(found?.results ?? []) };
}

/** Fills what is empty of a row, so that what was erased can be told from what never was there. */
export async function fillEmpty(table: 'accounts' | 'clients', where: string): Promise<void> {
  const { results } = await env.DB.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all();
  const sets = results.map(({ name, type }) => `${name} = coalesce(${name}, ${type === 'TEXT' ? "'x'" : 7})`);
  await env.DB.prepare(`UPDATE ${table} SET ${sets} WHERE ${where}`).run();
}

/** The columns of the one row that hold something. */
export async function filledColumns(table: 'accounts' | 'clients', where: string): Promise<string[]> {
  const row = await env.DB.prepare(`SELECT * FROM ${table} WHERE ${where}`).first<Row>();
  return Object.entries(row ?? {}).flatMap(([name, value]) => (value === null || value === '' ? [] : name));
}
