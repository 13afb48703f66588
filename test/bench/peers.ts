// npm run bench:peers [-- --rounds N --seconds S --direct]: the portal beside what a team would pick instead, and beside
// the limits of the platform. Every Worker is built by the same wrangler and run by Miniflare; autocannon loads them in
// turn. Prints one table and writes it to test/bench/results.md. An answer that is not the expected one stops it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { unstable_readConfig } from 'wrangler';
import { type Measured, measure, type Target } from './load.ts';
import { peerSignIn, peerSignUp, servePeer } from './peer.ts';
import {
  activation,
  loadClients,
  openAccount,
  type Portal,
  post,
  servePortal,
  signIn,
  signUp,
  until,
} from './portal.ts';
import { type Line, markdown, median } from './table.ts';
import { type Built, build, measureStart, type Served, serve } from './workers.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    direct: { type: 'boolean', default: false },
  },
});
const [rounds, seconds, isDirect] = [Number(values.rounds), Number(values.seconds), values.direct];
/** More than there are connections, in turn: five tries of one account at once would meet the pause. */
const ACCOUNTS = 16;
/** A link opens one account once: about as many as a round has seconds for, each after a sign-up of its own. */
const ACTIVATIONS = seconds * 15;
/** autocannon makes some requests ready that it does not send. */
const SPARE = 24;
const { compatibility_date: compatibilityDate = '' } = unstable_readConfig({ config: 'wrangler.toml' });
const BARE = ['test/bench/bare.ts'];
const PEER = ['test/bench/better-auth.ts', '--compatibility-flags', 'nodejs_compat'];

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const running: Served[] = [];
try {
  console.log('Building the Workers with wrangler…');
  const built = {
    portal: build(join(folder, 'portal')),
    bare: build(join(folder, 'bare'), BARE),
    peer: build(join(folder, 'peer'), PEER),
  };
  const starts = measureStarts();
  console.log('Opening accounts…');
  const targets = await prepare(built);
  const measured = await measure(targets, rounds, seconds);
  report(compare(measured, built, starts));
} finally {
  for (const { stop } of running) await stop();
  rmSync(folder, { recursive: true });
}

function measureStarts() {
  const times = Array.from(
    { length: rounds },
    () => [measureStart(folder), measureStart(folder, PEER)] as const,
  );
  return { portal: times.map(([portal]) => portal), peer: times.map(([, peer]) => peer) };
}

/** Everything served and signed in, and what each is asked for. */
async function prepare(built: Record<'portal' | 'bare' | 'peer', Built>): Promise<Target[]> {
  const portal = keep(await servePortal(built.portal, isDirect));
  await loadClients(portal, ACCOUNTS + rounds * 2 * (ACTIVATIONS + SPARE));
  const bindings = await constantsOf(`${portal.origin}/connexion`);
  const bareOptions = { name: 'bare', compatibilityDate, bindings, d1Databases: ['DB'] };
  const bare = keep(await serve(built.bare, () => bareOptions, isDirect));
  await bare.database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, value TEXT)');
  await bare.database.exec("INSERT INTO rows VALUES (1, 'one')");
  const peer = keep(await servePeer(built.peer, compatibilityDate, isDirect));
  return [...bareTargets(bare), ...(await portalTargets(portal)), ...(await peerTargets(peer))];
}

/** What the bare Worker answers: this page, and the headers that its Worker gave it. */
async function constantsOf(url: string) {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  const onTheWay = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];
  const given = [...answer.headers].filter(([name]) => !onTheWay.includes(name));
  return { PAGE: await answer.text(), HEADERS: Object.fromEntries(given) };
}

function keep<T extends Served>(served: T): T {
  running.push(served);
  return served;
}

function bareTargets({ origin }: Served): Target[] {
  return ['page', 'page-with-headers', 'page-after-a-read', 'argon2id'].map((name) => ({
    name: `bare ${name}`,
    url: `${origin}/${name}`,
    status: 200,
  }));
}

async function portalTargets(portal: Portal): Promise<Target[]> {
  const { origin } = portal;
  const identifiers: string[] = [];
  for (let nth = 0; nth < ACCOUNTS; nth++) identifiers.push(await openAccount(portal, nth));
  const cookie = await post(portal, signIn(identifiers[0] ?? ''));
  const nextIdentifier = inTurn(ACCOUNTS);
  let people = ACCOUNTS;
  return [
    { name: 'GET /connexion', url: `${origin}/connexion`, status: 200 },
    { name: 'GET /espace', url: `${origin}/espace`, status: 200, headers: { cookie } },
    {
      name: 'POST /connexion',
      url: origin,
      status: 303,
      next: () => signIn(identifiers[nextIdentifier()] ?? ''),
    },
    {
      name: 'POST /inscription',
      url: origin,
      status: 303,
      next: () => signUp(people++),
      once: { amount: ACTIVATIONS + SPARE },
    },
    {
      name: 'POST /activation',
      url: origin,
      status: 303,
      next: () => activation(portal),
      once: { amount: ACTIVATIONS, ready: () => until(() => portal.links.length >= ACTIVATIONS + SPARE) },
    },
  ];
}

async function peerTargets(peer: Served): Promise<Target[]> {
  const { origin } = peer;
  for (let nth = 0; nth < ACCOUNTS; nth++) await post(peer, peerSignUp(peer, nth));
  const cookie = await post(peer, peerSignIn(peer, 0));
  const nextUser = inTurn(ACCOUNTS);
  let users = ACCOUNTS;
  return [
    { name: 'peer get-session', url: `${origin}/api/auth/get-session`, status: 200, headers: { cookie } },
    { name: 'peer sign-in', url: origin, status: 200, next: () => peerSignIn(peer, nextUser()) },
    { name: 'peer sign-up', url: origin, status: 200, next: () => peerSignUp(peer, users++) },
  ];
}

function inTurn(count: number): () => number {
  let nth = 0;
  return () => nth++ % count;
}

/** What is compared with what, and what was wanted. */
function compare(
  measured: Map<string, Measured>,
  built: Record<'portal' | 'peer', Built>,
  starts: Record<'portal' | 'peer', number[]>,
): Line[] {
  const line = (what: string, other: string, than: string, ratioAtLeast?: number): Line => {
    const [ours, theirs] = [measured.get(what), measured.get(other)] as [Measured, Measured];
    const costs = [median(ours.costs), median(theirs.costs)] as [number, number];
    return { what, portal: ours.rates, beside: theirs.rates, than, unit: '/s', ratioAtLeast, costs };
  };
  return [
    line('GET /connexion', 'bare page', 'the same page, constant', 0.85),
    line('GET /connexion', 'bare page-with-headers', 'the same page and headers, constant'),
    line('GET /espace', 'peer get-session', 'better-auth, session read', 2),
    line('GET /espace', 'bare page', 'a constant page', 0.6),
    line('GET /espace', 'bare page-after-a-read', 'a constant page after one D1 read'),
    line('POST /connexion', 'bare argon2id', 'one argon2id', 0.9),
    line('POST /connexion', 'peer sign-in', 'better-auth, sign-in', 1.5),
    line('POST /activation', 'peer sign-up', 'better-auth, sign-up'),
    line('POST /inscription', 'bare page-after-a-read', 'a constant page after one D1 read'),
    {
      what: 'Worker, gzip',
      portal: [built.portal.gzip],
      beside: [built.peer.gzip],
      than: 'better-auth',
      unit: 'KiB',
      atMost: 90,
    },
    { what: 'start-up', portal: starts.portal, beside: starts.peer, than: 'better-auth', unit: 'ms' },
  ];
}

function report(lines: Line[]): void {
  const processors = cpus();
  const workerd = JSON.parse(readFileSync('node_modules/workerd/package.json', 'utf8')).version;
  const way = isDirect ? 'each Worker on a socket of its own' : 'Miniflare’s address';
  const machine = `${processors.length} × ${processors[0]?.model}, Node ${process.version}, workerd ${workerd}; ${rounds} rounds of ${seconds} s, 8 connections, ${way}.`;
  const text = `${machine}\nMedians (least–most); requests per second.\n\n${markdown(lines)}\n`;
  console.log(`\n${text}`);
  writeFileSync('test/bench/results.md', text);
}
