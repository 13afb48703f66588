// npm run bench:clients: 100,000 clients through a running portal, beside `sqlite3 .import` of the same lines.

import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Papa from 'papaparse';
import { getPlatformProxy } from 'wrangler';
import { DEMO_CLIENTS_KEY } from '../../src/cli/demo-key.ts';
import type { ImportReport } from '../../src/client/import/guards.ts';
import { clientsUnder } from '../../src/client/rows.ts';
import type { Env } from '../../src/env.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { migrate } from './workers.ts';

const CLIENTS = Number(process.env.CLIENTS ?? 100_000);
const PORT = process.env.PORT ?? '9187';
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const file = join(folder, 'clients.csv');
writeFileSync(file, clientFile(CLIENTS));

const rows: [string, string][] = [];
const bare = fastest([bareImport(), bareImport(), bareImport()], ({ time }) => time);
rows.push([`${bare.how}, bare table, same indexes`, seconds(bare.time)]);
const rounds = [await firstImport(), await firstImport(), await firstImport()];
const first = fastest(rounds, ({ time }) => time);
rows.push([
  'first import',
  `${seconds(first.time)}: ${(bare.time / first.time).toFixed(2)} of the bare speed`,
]);
rows.push(['unchanged again', seconds(fastest(rounds, ({ again }) => again).again)]);
rows.push(['the same, compared from the desk’s page', seconds(fastest(rounds, ({ desk }) => desk).desk)]);
rows.push(['memory of workerd meanwhile, highest', `${first.deskMemory} MB`]);
rows.push(['memory of workerd, highest', `${first.memory} MB (${first.idle} MB before)`]);
if (process.argv.includes('--matching'))
  rows.push(['rows read to match a sign-up among 1,000,000', await matching()]);
console.table(Object.fromEntries(rows));
rmSync(folder, { recursive: true, force: true });

/** Names as varied as a real file's, the same at every run. */
function clientFile(count: number): string {
  let seed = 7;
  const next = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  const syllables = 'MA RI OR SO NI CA SA NO VA LEC CIA PAO LI ÉL HÉ DO TRA FON BRU GHI'.split(' ');
  const name = (parts: number) => Array.from({ length: parts }, () => syllables[next(20)]).join('');
  const two = (value: number) => String(value).padStart(2, '0');
  const lines = Array.from({ length: count }, (_, n) => {
    if (n % 20 === 0) return `fournisseur;F-${n};;;;SARL ${name(4)};${10_000_000_000_000 + n};`;
    const born = `${two(1 + next(28))}/${two(1 + next(12))}/${1930 + next(75)}`;
    return `locataire;${1000 + n};${name(3)};${name(2)}-${name(1)};${born};;;${n % 3 ? '' : `p${n}@example.fr`}`;
  });
  return `profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email\n${lines.join('\n')}\n`;
}

/** The machine may be busy with something else: the best of some rounds counts. */
function fastest<T>(rounds: T[], time: (round: T) => number): T {
  return rounds.toSorted((a, b) => time(a) - time(b))[0] as T;
}

/** `sqlite3 .import`; where there is no sqlite3, node:sqlite with one prepared INSERT in one transaction. */
function bareImport(): { how: string; time: number } {
  const path = join(folder, `bare-${Math.random()}.db`);
  const columns = 'profil, reference, nom, prenom, date_naissance, raison_sociale, siret, email';
  const db = new DatabaseSync(path);
  db.exec(`CREATE TABLE lines (${columns}); CREATE INDEX by_reference ON lines (profil, reference)`);
  db.close();
  const start = performance.now();
  const script = ['.mode csv', '.separator ;', `.import --skip 1 ${file} lines`];
  if (spawnSync('sqlite3', [path, ...script]).status === 0) {
    return { how: 'sqlite3 .import', time: performance.now() - start };
  }
  const again = performance.now();
  const open = new DatabaseSync(path);
  const { data } = Papa.parse<string[]>(readFileSync(file, 'utf8').trim(), { delimiter: ';' });
  open.exec('BEGIN');
  const insert = open.prepare(`INSERT INTO lines VALUES (${'?'.repeat(8).split('').join(',')})`);
  for (const row of data.slice(1)) insert.run(...row);
  open.exec('COMMIT');
  return { how: 'node:sqlite (no sqlite3 here)', time: performance.now() - again };
}

/** A portal of its own with an empty table, a first import and the same again. */
async function firstImport() {
  const state = mkdtempSync(join(folder, 'state-'));
  const portal = spawn(process.execPath, ['src/cli/start.ts'], {
    env: { ...process.env, PORT, STATE_DIR: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const said of portal.stdout) if (String(said).includes('Ctrl-C stops')) break;
  portal.stdout.resume();
  const idle = workerdMemory(portal.pid);
  // The demo's clients are in the table: what is measured is compared against them.
  const trial = await post(file, '?essai=1');
  const done = await post(file, `?confirme=${trial.report.fingerprint}`);
  const again = await post(file);
  const memory = await highestMemory(portal.pid, () => post(file));
  const desk = await postForm(file);
  const deskMemory = await highestMemory(portal.pid, () => postForm(file));
  if (done.report.counts.created !== CLIENTS || again.report.counts.unchanged !== CLIENTS)
    throw new Error('not all');
  const ended = new Promise((resolve) => portal.once('exit', resolve));
  portal.kill('SIGTERM');
  await ended;
  return { time: done.time, again: again.time, idle, memory, desk, deskMemory };
}

/** Measured in a run of its own: looking takes time. */
async function highestMemory(pid: number | undefined, work: () => Promise<unknown>): Promise<number> {
  let memory = 0;
  const watch = setInterval(() => {
    memory = Math.max(memory, workerdMemory(pid));
  }, 100);
  await work();
  clearInterval(watch);
  return memory;
}

async function post(path: string, query = ''): Promise<{ time: number; report: ImportReport }> {
  const start = performance.now();
  const answer = await fetch(`http://localhost:${PORT}/api/clients${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DEMO_CLIENTS_KEY}`, 'content-type': 'text/csv' },
    body: createReadStream(path),
    duplex: 'half',
  } as unknown as RequestInit);
  const report = (await answer.json()) as ImportReport;
  return { time: performance.now() - start, report };
}

/** The same file as a browser sends it from /guichet/fichier, to be compared. */
async function postForm(path: string): Promise<number> {
  const start = performance.now();
  const answer = await fetch(`http://localhost:${PORT}/guichet/fichier`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=limit', 'sec-fetch-site': 'same-origin' },
    body: formOf(path),
    duplex: 'half',
  } as unknown as RequestInit);
  const page = await answer.text();
  const time = performance.now() - start;
  if (!page.includes('name="empreinte"')) throw new Error(`Not compared: ${answer.status}`);
  return time;
}

async function* formOf(path: string): AsyncGenerator<Uint8Array> {
  const head = 'Content-Disposition: form-data; name="fichier"; filename="clients.csv"';
  yield Buffer.from(`--limit\r\n${head}\r\n\r\n`);
  yield* createReadStream(path);
  yield Buffer.from('\r\n--limit--\r\n');
}

/** Resident MB of the workerd processes below a process. */
function workerdMemory(root: number | undefined): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,comm='], { encoding: 'utf8' });
  const all = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const below = new Set([String(root)]);
  for (let size = 0; size < below.size; ) {
    size = below.size;
    for (const [pid = '', parent = ''] of all) if (below.has(parent)) below.add(pid);
  }
  const kilobytes = all
    .filter(([pid = '', , , name]) => below.has(pid) && name === 'workerd')
    .map(([, , rss]) => Number(rss));
  return Math.round(kilobytes.reduce((sum, rss) => sum + rss, 0) / 1024);
}

/** What the query of a sign-up reads when the table is large; D1 counts the rows itself. */
async function matching(): Promise<string> {
  const { env, dispose } = await getPlatformProxy<Env>({ persist: { path: join(folder, 'large') } });
  await migrate(env.DB);
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
    INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, birth_date, present_since)
    SELECT 'tenant', i, i, 'ORSONI MARIE', 'ORSONI', 'MARIE', '1956-07-14', 1 FROM n`,
  ).run();
  const { sql, params } = clientsUnder(openDatabase(env.DB), 'tenant', '471 4').toSQL();
  const { meta } = await env.DB.prepare(sql)
    .bind(...params)
    .all();
  await dispose();
  return String(meta.rows_read);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
