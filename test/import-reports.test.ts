// What the last nights answered stays for 30 of them: GET /api/clients/rapports.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { DAY, REPORTS_KEPT } from '../src/numbers.ts';
import { clientFile, forgetClients, night, postFile, tenant } from './support/client-file.ts';
import { request, runCron } from './support/visitor.ts';

const MARIE = tenant('471', 'ORSONI', 'MARIE', '14/07/1956');
const JEAN = tenant('472', 'CASANOVA', 'JEAN', '03/11/1948');
const WRONG = tenant('473', 'PAOLI', 'PASCAL', '31/02/1975');

async function reports(query = '', headers: Record<string, string> = {}) {
  const answer = await request(`/api/clients/rapports${query}`, {
    headers: { authorization: `Bearer ${env.CLIENTS_API_KEY}`, ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}

beforeEach(async () => {
  vi.setSystemTime('2026-11-26T03:00:00Z');
  await forgetClients();
});

it('tells the newest in full, with its lists, and a line for each night; the rejected lines themselves are not kept', async () => {
  await night(MARIE, JEAN, WRONG);
  vi.setSystemTime('2026-11-27T03:00:00Z');
  const applied = await night(JEAN, WRONG);
  const { status, body } = await reports();
  expect(status).toBe(200);
  const { rejectedCsv, ...kept } = applied;
  expect(rejectedCsv).toContain('PASCAL');
  expect(body).toMatchObject({
    kind: 'file',
    state: 'applied',
    at: Date.parse('2026-11-27T03:00:00Z'),
    report: kept,
  });
  expect(body.report.left).toEqual([{ reference: '471', name: 'ORSONI MARIE', account: null }]);
  expect(JSON.stringify(body)).not.toContain('PASCAL');
  // The first file and this one were stopped by a guard before they were confirmed.
  expect(body.nights.map((one: { state: string }) => one.state)).toEqual([
    'applied',
    'refused',
    'applied',
    'refused',
  ]);
  expect(body.nights[0].counts).toEqual(applied.counts);
  const earlier = await reports(`?numero=${body.nights[2].id}`);
  expect(earlier.body).toMatchObject({ id: body.nights[2].id, report: { counts: { created: 2 } } });
});

it('tells why a file was refused whole', async () => {
  await postFile('nom;prenom\nx;y\n');
  expect((await reports()).body).toMatchObject({
    state: 'failed',
    report: { error: expect.stringMatching(/column/), line: 1 },
  });
});

it('tells new numbers once they are given; a trial of either is no night', async () => {
  await postFile(clientFile(MARIE), '?essai=1');
  expect((await reports()).status).toBe(404);
  await night(MARIE);
  const numbers = 'profil;ancienne;nouvelle\nlocataire;471;90471\n';
  await postFile(numbers, '/renumerotation?essai=1');
  expect((await reports()).body.nights).toHaveLength(1);
  await postFile(numbers, '/renumerotation');
  expect((await reports()).body).toMatchObject({
    kind: 'numbers',
    state: 'applied',
    report: { counts: { clients: 1 } },
  });
});

it('goes after 30 nights', async () => {
  await night(MARIE);
  const start = Date.now();
  vi.setSystemTime(start + REPORTS_KEPT - 1);
  await runCron('23 3 * * *');
  expect((await reports()).status).toBe(200);
  vi.setSystemTime(start + REPORTS_KEPT + DAY);
  await runCron('23 3 * * *');
  expect((await reports()).status).toBe(404);
});

it('is opened by the key alone, and read only', async () => {
  await night(MARIE);
  expect((await reports('', { authorization: 'Bearer wrong' })).status).toBe(401);
  const { status, headers } = await reports('?numero=99999999');
  expect([status, headers.get('cache-control')]).toEqual([404, 'private, no-store']);
  expect((await reports('?numero=x')).status).toBe(404);
  const posted = await postFile(clientFile(MARIE), '/rapports');
  expect([posted.status, posted.report]).toMatchObject([405, { error: 'reports_method' }]);
});
