// What is printed: one line per form, in the schema of docs/operations.md; and the portal's own host only.

import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { createAccount } from './support/account.ts';
import { openMailbox } from './support/mailbox.ts';
import { PASSWORD, request, Visitor } from './support/visitor.ts';

const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
beforeEach(() => {
  openMailbox();
  print.mockClear();
});
afterAll(() => print.mockRestore());

const lines = () => print.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);

it('each posted form is one line: when, which, how it ended, whose, from where', async () => {
  const { visitor, identifier } = await createAccount();
  print.mockClear();
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: 'Faux-1234' });
  await visitor.post('/connexion', { identifiant: identifier.toLowerCase(), mot_de_passe: PASSWORD });
  await visitor.post('/espace/fermeture', { mot_de_passe_actuel: '' });
  await visitor.open('/espace');
  const [wrong, right, closing, ...others] = lines();
  expect(others).toEqual([]);
  expect(wrong).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    event: 'form',
    form: '/connexion',
    outcome: 'refused',
    status: 422,
    who: expect.stringMatching(/^[\w-]{16}$/),
    network: expect.stringMatching(/^[\w-]{16}$/),
  });
  // One person, one pseudonym, however the identifier is written.
  expect(right).toMatchObject({ outcome: 'done', status: 303, who: wrong?.who });
  expect(closing).toMatchObject({ form: '/espace/fermeture', outcome: 'refused', who: wrong?.who });
});

it.each([
  [
    'too many tries',
    429,
    async (visitor: Visitor) => {
      for (let nth = 0; nth < 6; nth++)
        await visitor.post('/connexion', { identifiant: 'NHCAPAL000011', mot_de_passe: 'y' });
    },
  ],
  ['session over', 401, (visitor: Visitor) => visitor.post('/espace/courriel', {})],
  ['dead link', 410, (visitor: Visitor) => visitor.post(`/activation/${'A'.repeat(43)}`, {})],
  [
    'from another site',
    403,
    () =>
      request('/connexion', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
      }),
  ],
  ['malformed', 415, () => request('/connexion', { method: 'POST', body: '{}' })],
] as const)('a form that ended with « %s »', async (outcome, status, act) => {
  await act(new Visitor());
  expect(lines().at(-1)).toMatchObject({ event: 'form', outcome, status });
});

it('carries Cloudflare’s number of the request, and no one else’s', async () => {
  const headers = {
    'cf-ray': '8f1-CDG',
    'x-request-id': 'mine',
    'content-type': 'application/x-www-form-urlencoded',
  };
  await request('/deconnexion', { method: 'POST', headers });
  expect(lines()[0]).toMatchObject({ form: '/deconnexion', request: '8f1-CDG' });
});

it('a page asked for under another host or over plain http leads to the portal’s own; a form there is not taken', async () => {
  const page = await request('https://portail.example.workers.dev/connexion?suite=/espace');
  expect([page.status, page.headers.get('location')]).toEqual([
    308,
    'https://ophcapa.scepia.fr/connexion?suite=/espace',
  ]);
  const plain = await request('http://ophcapa.scepia.fr/connexion');
  expect([plain.status, plain.headers.get('location')]).toEqual([308, 'https://ophcapa.scepia.fr/connexion']);
  const form = await request('https://evil.example/connexion', {
    method: 'POST',
    body: new URLSearchParams({ identifiant: 'x', mot_de_passe: 'y' }),
  });
  expect(form.status).toBe(421);
  expect(await form.text()).toContain('Cette adresse n’est pas celle du portail');
  expect((await request('http://ophcapa.scepia.fr/deconnexion', { method: 'POST' })).status).toBe(421);
  expect((await request('https://10.0.0.1/sante')).status).toBe(200);
});
