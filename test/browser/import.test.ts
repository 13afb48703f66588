// `npm run clients:import`, as the landlord's cron runs it: what it says and exits with, whatever stands at the other end.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newClient } from './clients.ts';
import { here } from './here.ts';

const FILE = here.clients;
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

type Answer = { said: string; complained: string; status: number };

function load(words: string[], env: Record<string, string> = {}): Promise<Answer> {
  const plain = (text: string) => text.replace(/\u00a0/g, ' ');
  const { port } = new URL(here.origin);
  return new Promise((done) =>
    execFile(
      process.execPath,
      ['src/cli/import.ts', ...words],
      { env: { ...process.env, PORT: port, CLIENTS_API_KEY: 'a-key', ...env } },
      (error, said, complained) =>
        done({ said: plain(said), complained: plain(complained), status: error ? Number(error.code) : 0 }),
    ),
  );
}

/** Posts the demo file to another server in the portal's place. */
function loadTo(respond: RequestListener): Promise<Answer> {
  const server = createServer((request, answer) => {
    request.resume().once('end', () => respond(request, answer));
  }).listen(0);
  servers.push(server);
  const PORTAL_ORIGIN = `http://localhost:${(server.address() as AddressInfo).port}`;
  return load([FILE, '--remote'], { PORTAL_ORIGIN });
}

describe('--last', () => {
  it('tells the last night in full, and the nights that are kept', async () => {
    await load([FILE]);
    const { said, complained, status } = await load(['--last']);
    expect([complained, status]).toEqual(['', 0]);
    expect(said).toMatch(
      /^n° \d+ · \d\d\/\d\d\/\d{4}.* · fichier · appliqué\nLe fichier est importé\.\nLu en UTF-8, .*\n {2}\d+ lignes lues/,
    );
    expect(said).toMatch(/\nRapports gardés :\nn° \d+ · /);
    const [number = ''] = /\d+/.exec(said) ?? [];
    expect((await load(['--last', number])).said).toBe(said);
  });

  it('of a night that is not kept: one sentence, exit code 3', async () => {
    const { complained, status } = await load(['--last', '99999999']);
    expect([complained, status]).toEqual([expect.stringMatching(/^Aucun rapport n’est gardé/), 3]);
  });
});

describe('--renumber', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (...lines: string[]) => {
    const path = join(folder, 'numbers.csv');
    writeFileSync(path, ['profil;ancienne;nouvelle', ...lines, ''].join('\n'));
    return path;
  };

  it('tries, and gives the numbers', { timeout: 180_000 }, async () => {
    const { reference } = newClient();
    const there = write(`locataire;${reference};9${reference}`);
    const looked = await load([there, '--renumber', '--dry-run']);
    expect(looked.said).toMatch(
      /^Essai : rien n’a été changé\.\n {2}1 numéro à changer\n {2}1 client concerné/,
    );
    const given = await load([there, '--renumber']);
    expect([given.said, given.status]).toEqual([
      expect.stringMatching(/^Les nouveaux numéros sont en place/),
      0,
    ]);
    const back = write(`locataire;9${reference};${reference}`);
    expect((await load([back, '--renumber'])).status).toBe(0);
  });

  it('tells the lines to mend, exit code 2', async () => {
    const { said, status } = await load([write('gardien;500;90500'), '--renumber']);
    expect(said).toMatch(
      /^Aucun numéro n’est changé.*Ligne 2 : profil doit être « locataire » ou « fournisseur »/s,
    );
    expect(status).toBe(2);
    const other = await load([FILE, '--renumber']);
    expect([other.complained, other.status]).toEqual([
      'Il manque une colonne. (ligne 1, colonne « ancienne »)\n',
      2,
    ]);
  });
});

it('compares the demo file with itself: nothing changes', async () => {
  const { said, status } = await load([FILE, '--dry-run']);
  expect(said).toMatch(
    /^Essai : rien n’a été changé\.\nLu en UTF-8, colonnes séparées par « ; », leurs noms à la ligne 1\.\n {2}(\d+) lignes lues.* \1 clients inchangés/s,
  );
  expect(status).toBe(0);
});

it.each([
  ['--dryrun', FILE, '--dryrun'],
  ['a file too many', FILE, FILE],
  ['no file'],
  ['an empty fingerprint', FILE, '--confirm', ''],
  ['a file and --last', FILE, '--last'],
  ['--last, and something to do', '--last', '--dry-run'],
])('%s: the usage line, exit code 2', async (_, ...words) => {
  expect(await load(words)).toEqual({
    said: '',
    complained: expect.stringMatching(/^Usage : npm run clients:import -- .*\n$/),
    status: 2,
  });
});

it.each([
  ['does not exist', 'test/demo/nobody.csv', 'Le fichier test/demo/nobody.csv n’existe pas.\n'],
  ['is a folder', 'test/demo', 'Le fichier test/demo n’existe pas.\n'],
  ['cannot be read', '/proc/self/mem', 'Le fichier /proc/self/mem ne peut pas être lu.\n'],
])('a file that %s: exit code 2', async (_, path, complained) => {
  expect(await load([path])).toEqual({ said: '', complained, status: 2 });
});

it.each([
  ['PORT=abc', [FILE], { PORT: 'abc' }, 'PORT doit être un nombre de 1 à 65535.\n'],
  ['PORT=99999', [FILE], { PORT: '99999' }, 'PORT doit être un nombre de 1 à 65535.\n'],
  ['a port that is refused', [FILE], { PORT: '1' }, /rien n’a été changé\. Lancez d’abord npm start\.\n$/],
  ['nothing at the port', [FILE], { PORT: '9602' }, /rien n’a été changé\. Lancez d’abord npm start\.\n$/],
  [
    'no scheme',
    [FILE, '--remote'],
    { PORTAL_ORIGIN: 'portail.example' },
    /^PORTAL_ORIGIN doit être une adresse/,
  ],
  ['no host', [FILE, '--remote'], { PORTAL_ORIGIN: 'https://' }, /^PORTAL_ORIGIN doit être une adresse/],
  [
    'no key',
    [FILE, '--remote'],
    { CLIENTS_API_KEY: '' },
    /^La variable d’environnement CLIENTS_API_KEY manque/,
  ],
])('%s: one sentence, exit code 3', async (_, words, env, sentence) => {
  const { said, complained, status } = await load(words, env);
  expect(complained).toMatch(sentence);
  expect([said, complained.trim().split('\n').length, status]).toEqual(['', 1, 3]);
});

describe('when the answer does not tell', () => {
  const report = JSON.stringify({ outcome: 'applied' });
  it.each<[string, RequestListener]>([
    ['no JSON', (_, answer) => answer.end('<html>')],
    ['another JSON', (_, answer) => answer.end(report)],
    [
      'cut',
      (_, answer) =>
        void answer.writeHead(200, { 'content-length': 500 }).write(report, () => answer.destroy()),
    ],
    ['lost', (request) => request.socket.destroy()],
    ['a guard’s, no JSON', (_, answer) => answer.writeHead(409).end('conflict')],
    ['500', (_, answer) => answer.writeHead(500).end('Internal error')],
    ['503 with a message', (_, answer) => answer.writeHead(503).end('{"message":"x"}')],
    ['524', (_, answer) => answer.writeHead(524).end('')],
  ])('%s: send the same file again', async (_, respond) => {
    const { said, complained, status } = await loadTo(respond);
    expect(complained).toMatch(/On ne sait pas si le fichier est appliqué : renvoyez le même fichier\.\n$/);
    expect([said, complained.trim().split('\n').length, status]).toEqual(['', 1, 3]);
  });
});

it('a redirect is not followed, with the key least of all', async () => {
  const asked: string[] = [];
  const { complained, status } = await loadTo((request, answer) => {
    asked.push(request.url ?? '');
    answer.writeHead(308, { location: '/ailleurs' }).end();
  });
  expect([complained, status]).toEqual([
    expect.stringContaining('Le portail renvoie vers /ailleurs : rien'),
    3,
  ]);
  expect(asked).toEqual(['/api/clients']);
});

it('the portal’s own sentence is told: a wrong key', async () => {
  const answer = await load([FILE, '--remote'], { PORTAL_ORIGIN: here.origin });
  expect(answer).toEqual({
    said: '',
    complained: 'La clé CLIENTS_API_KEY n’est pas celle du portail.\n',
    status: 3,
  });
});
