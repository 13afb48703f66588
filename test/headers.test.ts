// The headers that protect every answer: pages, errors, redirects, machine addresses, and the files of public/.

import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import files from '../public/_headers?raw';
import { request, Visitor } from './support/visitor.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const CSP = /^default-src 'none'; .*base-uri 'none'; frame-ancestors 'none'/;
const PROTECTION: Record<string, string> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const post = (path: string, init: RequestInit = {}) =>
  request(path, { method: 'POST', headers: FORM, ...init });

const ANSWERS: [string, number, () => Promise<Response>][] = [
  ['a page', 200, () => request('/connexion')],
  ['a redirect', 303, () => request('/espace')],
  ['a repeated field', 400, () => post('/connexion', { body: 'suite=a&suite=b' })],
  ['a form after the session', 401, () => post('/espace/courriel')],
  [
    'another site’s form',
    403,
    () => post('/connexion', { headers: { ...FORM, 'sec-fetch-site': 'cross-site' } }),
  ],
  ['no such page', 404, () => request('/nulle-part')],
  ['a malformed link', 404, () => request('/activation/x')],
  ['another method', 405, () => request('/connexion', { method: 'PUT' })],
  ['a dead link', 410, () => request(`/activation/${'A'.repeat(43)}`)],
  ['a large body', 413, () => post('/connexion', { body: 'x'.repeat(20_000) })],
  ['another content type', 415, () => post('/connexion', { headers: {}, body: '{}' })],
  ['another host', 421, () => post('https://evil.example/connexion')],
  ['a form to mend', 422, () => post('/connexion')],
  ['health', 200, () => request('/sante')],
  ['the webhook without its key', 404, () => post('/api/mail-events/brevo')],
];

describe.each(ANSWERS)('%s (%i)', (_, status, ask) => {
  it('is protected and never stored', async () => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    for (const [name, value] of Object.entries(PROTECTION)) {
      expect([name, answer.headers.get(name)]).toEqual([name, value]);
    }
    expect(answer.headers.get('content-security-policy')).toMatch(CSP);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    if (answer.headers.get('content-type')) {
      expect(answer.headers.get('content-type')).toMatch(/charset=UTF-8$|^application\/json/i);
    }
  });
});

it.each([500, 503])('a fault (%i) is protected and never stored', async (status) => {
  const message = status === 503 ? 'D1_ERROR: down' : 'a bug';
  const fault = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error(message);
  });
  const answer = await post('/mot-de-passe-oublie', { body: 'identifiant=NHCAPAL123456' });
  fault.mockRestore();
  expect(answer.status).toBe(status);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  for (const name of Object.keys(PROTECTION)) expect([name, answer.headers.has(name)]).toEqual([name, true]);
});

it('signing out empties what the browser kept', async () => {
  const answer = await new Visitor().post('/deconnexion');
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
});

it('the files of public/ carry the same, and may be kept for an hour', () => {
  const [all = ''] = files.split('\n\n');
  const lines = all.split('\n').filter((line) => line.startsWith('  '));
  const given = Object.fromEntries(
    lines.map((line) =>
      line
        .trim()
        .toLowerCase()
        .split(/: (.*)/),
    ),
  );
  for (const [name, value] of Object.entries(PROTECTION)) {
    expect(given[name]).toBe(value.toLowerCase());
  }
  expect(given['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
  expect(given['cache-control']).toBe('public, max-age=3600');
});
