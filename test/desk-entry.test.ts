// The door of the desk: who gets in, and that for everybody else there is no such address.

import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import wrangler from '../wrangler.toml?raw';
import { addresses } from './support/addresses.ts';
import { Agent, accessOf, DESK, MANAGER } from './support/agent.ts';
import { openMailbox } from './support/mailbox.ts';
import { request, Visitor } from './support/visitor.ts';

const all = addresses
  .filter(({ path }) => path.startsWith('/guichet'))
  .map(({ method, path }) => `${method} ${path.replace(':id', '1')}`);
const desk = [...new Set(all)].map((one) => {
  const [method = '', path = ''] = one.split(' ');
  return { method, path };
});
const STRANGERS: [string, typeof env, CloudflareAccessContext | undefined][] = [
  ['without Access', DESK, undefined],
  ['with another application’s audience', DESK, accessOf('chef@capa.example', 'another')],
  ['with an empty audience', DESK, accessOf('chef@capa.example', '')],
  ['where no audience is set', env, accessOf('chef@capa.example', '')],
  ['where no audience is set, through the desk’s', env, accessOf('chef@capa.example')],
];

beforeEach(openMailbox);

// A page of the desk for everything that its addresses name.
beforeAll(async () => {
  await env.DB.prepare(
    `INSERT INTO help_requests (id, code, key, kind, reference, reference_keys, name_key, email, created_at)
    VALUES (1, 'K7P4M2', 'key', 'tenant', '471', '["471"]', 'X Y', 'x@x.fr', 0)`,
  ).run();
  const report = JSON.stringify({ error: 'empty', line: 1, column: null });
  const kept =
    "INSERT OR REPLACE INTO imports (id, state, started_at, lease_until, report) VALUES (1, 'failed', 0, 0, ?)";
  await env.DB.prepare(kept).bind(report).run();
});

let networks = 0;

async function answerTo(path: string, init: RequestInit, bindings = DESK, access?: CloudflareAccessContext) {
  // Another network each time, or the first screen would answer for the door.
  const headers = { ...init.headers, 'cf-connecting-ip': `198.19.${++networks >> 8}.${networks & 255}` };
  const answer = await request(path, { ...init, headers }, bindings, access);
  const told = Object.fromEntries([...answer.headers].sort());
  return { status: answer.status, headers: told, body: await answer.text() };
}

const count = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n');

it('is found in the map', () => {
  expect(desk.length).toBeGreaterThan(15);
});

describe.each(STRANGERS)('%s', (_, bindings, access) => {
  const METHODS: RequestInit[] = [
    { method: 'GET' },
    { method: 'HEAD' },
    { method: 'PUT' },
    {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ version: '1.0' }),
    },
    { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, body: new URLSearchParams({ a: '1' }) },
    { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, body: 'x' },
    { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams('a=1&a=2') },
    {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ a: 'x'.repeat(17_000) }),
    },
  ];

  it.each([...new Set(desk.map(({ path }) => path)), '/guichet/', '/guichet/rien'])(
    '%s answers what any address answers that there is not, byte for byte',
    async (path) => {
      const nowhere = path.replace('guichet', 'guichot');
      // Each way to come in is tried with everything once, and with the two usual requests by every stranger.
      for (const init of access ? METHODS.filter((_, nth) => nth === 0 || nth === 3) : METHODS) {
        const [there, here] = [
          await answerTo(nowhere, init, bindings, access),
          await answerTo(path, init, bindings, access),
        ];
        const text = JSON.stringify(here).replaceAll('guichet', 'guichot');
        expect([init.method, text]).toEqual([init.method, JSON.stringify(there)]);
      }
    },
  );

  it('nothing runs behind it: nobody is asked who they are, nothing is read or written', async () => {
    const getIdentity = vi.fn(async () => ({ email: 'chef@capa.example' }));
    const before = await count('acts');
    const watched = access && { aud: access.aud, getIdentity };
    await request('/guichet/clients/1', {}, bindings, watched);
    expect([getIdentity.mock.calls.length, await count('acts')]).toEqual([0, before]);
  });
});

it('somebody without an e-mail address is refused, and the log says so', async () => {
  const logged = vi.spyOn(console, 'log');
  for (const email of [undefined, '', 'nobody']) {
    const page = await new Agent('', accessOf(email)).open('/guichet');
    expect([page.status, page.title]).toEqual([
      403,
      'Votre adresse e-mail n’est pas connue – Portail locataire',
    ]);
  }
  const lines = logged.mock.calls
    .map(([line]) => String(line))
    .filter((line) => line.includes('desk_refused'));
  expect(lines.length).toBe(3);
  expect(lines[0]).toContain('no e-mail address');
});

it.each(desk)('$method $path is open to a manager', async ({ method, path }) => {
  const page = method === 'POST' ? await MANAGER().post(path) : await MANAGER().open(path);
  expect([200, 422]).toContain(page.status);
});

const OF_MANAGERS = /\/(adresse|fermeture|retenue|liberation|tirage|export|fichier(\/1)?)$/;

it.each(desk.filter(({ path }) => OF_MANAGERS.test(path)))(
  '$method $path is a manager’s task: who is none is told so, and it is logged',
  async ({ method, path }) => {
    const logged = vi.spyOn(console, 'log');
    const agent = new Agent();
    const page =
      method === 'POST'
        ? await agent.post(path, { version: '1.0', motif: 'mistake' })
        : await agent.open(path);
    expect([page.status, page.title]).toEqual([403, 'Cette action revient à un responsable – Guichet']);
    expect(logged.mock.calls.join()).toContain('"why":"role"');
  },
);

it.each(desk.filter(({ path }) => !OF_MANAGERS.test(path)))(
  '$method $path is open to the reception',
  async ({ method, path }) => {
    const page = method === 'POST' ? await new Agent().post(path) : await new Agent().open(path);
    expect([200, 422]).toContain(page.status);
  },
);

it('a form from another site does nothing at the desk either', async () => {
  const init = {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ version: '0.0', motif: 'mistake' }),
  };
  const before = await count('acts');
  const answer = await answerTo('/guichet/clients/1/retenue', init, DESK, accessOf('chef@capa.example'));
  expect([answer.status, await count('acts')]).toEqual([403, before]);
});

it('a wrong method is told at the desk, as everywhere', async () => {
  const answer = await answerTo(
    '/guichet/courriels',
    { method: 'DELETE' },
    DESK,
    accessOf('chef@capa.example'),
  );
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
});

it('a tenant’s cookie opens no desk, and who sits at the desk is nobody on a tenant’s page', async () => {
  const visitor = new Visitor();
  await visitor.open('/connexion');
  expect((await visitor.open('/guichet')).status).toBe(404);
  const space = await new Agent().open('/espace');
  expect([space.status, space.location]).toEqual([303, '/connexion?suite=%2Fespace']);
  const signIn = await new Agent().open('/connexion');
  expect(signIn.html).not.toContain('accueil@capa.example');
});

it('who of the managers an agent is does not depend on capitals', async () => {
  expect((await new Agent(' CHEF@CAPA.example').open('/guichet')).text).toContain(
    'chef@capa.example (responsable)',
  );
  expect((await new Agent().open('/guichet')).text).toContain('accueil@capa.example (accueil)');
});

it('the agent of this machine is in wrangler.toml, the audience of a deployment is not', () => {
  expect(wrangler).toContain('[access.dev]');
  expect(wrangler).toMatch(/^DESK_AUDIENCE = ""$/m);
});
