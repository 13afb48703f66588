// npm run bench:scale: what each step of a tenant's road, and each look of the desk, asks of D1 among 1,000, 100,000 and
// 1,000,000 clients, on the portal itself, and the bytes a row of each table takes. 15 % of the clients have an account.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexClients } from '../../src/client/search.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { type Counts, fill } from './fill.ts';
import {
  activation,
  cookiesOf,
  loadClients,
  openAccount,
  type Post,
  servePortal,
  signIn,
  signUp,
  until,
} from './portal.ts';
import { median } from './table.ts';
import type { Asked } from './watched.ts';
import { build } from './workers.ts';

const SCALES = [1_000, 100_000, 1_000_000].map((clients) => ({ clients, accounts: clients * 0.15 }));
/** Tenants who walk the road at each scale. */
const WALKS = 9;
const STEPS = [
  'GET /connexion',
  'POST /inscription',
  'GET the link',
  'POST the link',
  'POST /connexion',
  'GET /espace',
];

/** What an agent types, and the page of one client; the 17th of those that `fill` makes. */
const LOOKS: Record<string, string> = {
  'a reference': '/guichet?q=50000017',
  'an identifier': '/guichet?q=NHCAPAL000017',
  'an address': '/guichet?q=marie.santoni17@example.fr',
  'both names': '/guichet?q=marie-paule%20santoni17',
  'a beginning of both': '/guichet?q=santoni17%20mar',
  'what all are called': '/guichet?q=santoni',
  'what nobody is called': '/guichet?q=quilichini',
};

type Step = { atOnce: Asked; later: Asked; time: number; cookie: string };

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const portal = await servePortal(build(folder, ['test/bench/watched.ts']), false);
try {
  await loadClients(portal, 1 + SCALES.length * WALKS);
  // The first of all pays for what is set up once.
  await openAccount(portal, 0);
  let filled: Counts = { clients: 0, accounts: 0 };
  for (const [index, counts] of SCALES.entries()) {
    console.log(`\n${counts.clients} clients, ${counts.accounts} accounts; bytes of a row with its indexes:`);
    console.table([await fill(portal.database, filled, counts)]);
    filled = counts;
    const roads: Step[][] = [];
    for (let walk = 0; walk < WALKS; walk++) roads.push(await walkRoad(1 + index * WALKS + walk));
    console.table(
      Object.fromEntries(STEPS.map((name, nth) => [name, sumUp(roads.map((road) => road[nth] as Step))])),
    );
    await indexAll();
    console.table(await lookAround());
  }
} finally {
  await portal.stop();
  rmSync(folder, { recursive: true });
}

/** The nth tenant's road, from the first page to the personal space. */
async function walkRoad(nth: number): Promise<Step[]> {
  const first = await ask('/connexion');
  const requested = await ask(signUp(nth));
  await until(() => portal.links.length > 0);
  const link = activation(portal);
  const opened = await ask(link.path);
  const known = portal.identifiers.size;
  const activated = await ask(link);
  await until(() => portal.identifiers.size > known);
  const entered = await ask(signIn([...portal.identifiers.values()].at(-1) ?? ''));
  return [first, requested, opened, activated, entered, await ask('/espace', entered.cookie)];
}

/** The words of all names can be found, as after some minutes of cron. */
async function indexAll(): Promise<void> {
  const db = openDatabase(portal.database);
  const left = 'SELECT max(id) - (SELECT last_client FROM searched) AS n FROM clients';
  while ((await portal.database.prepare(left).first<number>('n')) ?? 0) await indexClients(db);
}

/** Each look of the desk, some times. */
async function lookAround() {
  const of = "SELECT id FROM clients WHERE kind = 'tenant' AND reference_key = '50000017'";
  const page = `/guichet/clients/${await portal.database.prepare(of).first<number>('id')}`;
  const told: Record<string, ReturnType<typeof sumUp>> = {};
  for (const [name, path] of Object.entries({ ...LOOKS, 'a client’s page': page })) {
    const looks: Step[] = [];
    for (let nth = 0; nth < WALKS; nth++) looks.push(await ask(path));
    told[`the desk: ${name}`] = sumUp(looks);
  }
  return told;
}

/** One request, and what it asked of D1. */
async function ask(what: string | Post, cookie = ''): Promise<Step> {
  const { path, ...rest } = typeof what === 'string' ? { path: what, headers: { cookie } } : what;
  const start = performance.now();
  const answer = await fetch(portal.origin + path, { ...rest, redirect: 'manual' });
  await answer.arrayBuffer();
  const time = performance.now() - start;
  if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}`);
  return { ...JSON.parse(answer.headers.get('x-asked') ?? ''), time, cookie: cookiesOf(answer) };
}

/** The most rows of any walk, and the median time. */
function sumUp(steps: Step[]) {
  const most = (number: (step: Step) => number) => Math.max(...steps.map(number));
  return {
    'round trips': most(({ atOnce }) => atOnce.trips),
    'rows read': most(({ atOnce }) => atOnce.read),
    'rows written': most(({ atOnce }) => atOnce.written),
    'read after the answer': most(({ later }) => later.read),
    'written after it': most(({ later }) => later.written),
    'ms, all told': Number(median(steps.map(({ time }) => time)).toFixed(1)),
  };
}
