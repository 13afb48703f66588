// npm run bench:timings: does the time of an answer tell whether an account exists, or the time of the request after it?
// Medians of 200 posts per case, in random order, against the portal as `npm start` serves it, each followed eight
// milliseconds later by a page that has nothing to do with it. Two lines per form; the last column is how far a case strays.

import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const ROUNDS = Number(process.env.ROUNDS ?? 200);
const WARMING = 10;
const PORT = process.env.PORT ?? '8799';
const ORIGIN = `http://localhost:${PORT}`;
const STATES = ['active', 'pending', 'closed', 'unknown'] as const;
type State = (typeof STATES)[number];
/** Each person is asked for once: no pause and no cap comes in between. */
const EACH = ROUNDS + WARMING;
/** How long after an answer the next request comes, in ms. */
const NEXT = 8;

let networks = 0;
const state = mkdtempSync(join(tmpdir(), 'portal-'));
const portal = spawn(process.execPath, ['src/cli/start.ts'], {
  env: { ...process.env, PORT, STATE_DIR: state },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await greeting();
  seed();
  await measure('/connexion', (number) => ({ identifiant: `NHCAPAL${number}`, mot_de_passe: 'Faux-1234' }));
  await measure('/mot-de-passe-oublie', (number) => ({ identifiant: `NHCAPAL${number}` }));
  await measure('/identifiant-oublie', (number) => ({
    profil: 'locataire',
    reference: String(number),
    nom: 'Essai',
    date_naissance: '14/07/1956',
  }));
} finally {
  portal.kill('SIGTERM');
  await new Promise((resolve) => portal.once('exit', resolve));
  rmSync(state, { recursive: true, force: true });
}

function greeting(): Promise<void> {
  return new Promise((resolve) => {
    portal.stdout.on('data', (chunk) => String(chunk).includes('Mailbox ') && resolve());
  });
}

/** The number of the nth person in a state: digits of an identifier, and a reference. */
function numberOf(kind: State, nth: number): number {
  return 100_000 * (STATES.indexOf(kind) + 2) + nth;
}

/** Clients and accounts in each state but the unknown, straight into the local database. */
function seed(): void {
  const files = globSync(`${state}/v3/d1/miniflare-D1DatabaseObject/*.sqlite`);
  const database = new DatabaseSync(files.find((path) => !path.includes('metadata')) ?? '');
  const client = database.prepare(
    `INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, birth_date, present_since)
     VALUES ('tenant', ?, ?, 'ESSAI LUCIE', 'ESSAI', 'LUCIE', '1956-07-14', 0)`,
  );
  const account = database.prepare(
    'INSERT INTO accounts (client_id, identifier, email, state, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const hash = `$argon2id$v=19$m=19456,t=2,p=1$${'B'.repeat(21)}A$${'B'.repeat(42)}A`;
  for (const kind of STATES.slice(0, 3)) {
    for (let nth = 0; nth < EACH; nth++) {
      const number = String(numberOf(kind, nth));
      const { lastInsertRowid } = client.run(number, number);
      const email = kind === 'closed' ? null : `${number}@example.fr`;
      account.run(
        lastInsertRowid,
        `NHCAPAL${number}`,
        email,
        kind,
        kind === 'active' ? hash : null,
        Date.now(),
      );
    }
  }
  database.close();
}

async function measure(path: string, fieldsOf: (number: number) => Record<string, string>): Promise<void> {
  const [answers, nexts] = [newTimes(), newTimes()];
  for (let round = -WARMING; round < ROUNDS; round++) {
    for (const kind of STATES.toSorted(() => Math.random() - 0.5)) {
      const { answer, next } = await post(path, fieldsOf(numberOf(kind, round + WARMING)));
      if (round < 0) continue;
      answers[kind].push(answer);
      nexts[kind].push(next);
    }
  }
  report(path, answers);
  report('  the next request', nexts);
}

type Times = Record<State, number[]>;

function newTimes(): Times {
  return { active: [], pending: [], closed: [], unknown: [] };
}

function report(what: string, times: Times): void {
  const medians = STATES.map((kind) => median(times[kind]));
  const middle = median(medians);
  const strays = Math.max(...medians.map((one) => Math.abs(one / middle - 1)));
  const columns = STATES.map((kind, index) => `${kind} ${medians[index]?.toFixed(1)} ms`);
  console.log(`${what.padEnd(22)} ${columns.join('  ')}  strays ${(strays * 100).toFixed(1)} %`);
}

async function post(path: string, fields: Record<string, string>): Promise<{ answer: number; next: number }> {
  const network = `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks++ & 255}`;
  const headers = { 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': network };
  const start = performance.now();
  const answer = await fetch(ORIGIN + path, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  const time = performance.now() - start;
  if (![303, 422].includes(answer.status)) throw new Error(`${path} answered ${answer.status}`);
  await new Promise((resolve) => setTimeout(resolve, NEXT));
  const again = performance.now();
  await (await fetch(`${ORIGIN}/connexion`)).arrayBuffer();
  const next = performance.now() - again;
  await new Promise((resolve) => setTimeout(resolve, 60));
  return { answer: time, next };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
