// Any bytes in any form of the desk, and in its addresses (see `fuzz.test.ts`).

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount, newTenant } from './support/account.ts';
import { DESK, MANAGER } from './support/agent.ts';
import { bodyWith, expectClear, hostile, LONG, runs } from './support/fuzz.ts';
import { openMailbox } from './support/mailbox.ts';
import { findBroken, putRows, type Rows, readRows } from './support/rows.ts';
import { MARIE, readPage, request, Visitor } from './support/visitor.ts';

let client: string;
let version: string;
let demand: string;
let start: Rows;
let cases = 0;

beforeAll(async () => {
  openMailbox();
  const agent = MANAGER();
  const tenant = await newTenant();
  await createAccount(tenant);
  client = (await agent.search(tenant.reference)).path;
  version = /name="version" value="([^"]*)"/.exec((await agent.open(`${client}/fermeture`)).html)?.[1] ?? '';
  await new Visitor().post('/inscription/aide', { ...MARIE, date_naissance: '1/1/1950' });
  demand = `/guichet/demandes/${await env.DB.prepare('SELECT max(id) AS id FROM help_requests').first<number>('id')}`;
  start = await readRows();
});

beforeEach(openMailbox);

const why = { motif: 'asked_by_phone', precision: 'rappelée' };
const decision = { version: '', client: '', reponse: 'non', preuve: 'called_back', precision: 'inconnue' };

/** Every form of the desk, filled in well. */
const FORMS: [string, () => string, Record<string, string>][] = [
  ['the link again', () => `${client}/lien`, { version: '', ...why }],
  ['lifting a pause', () => `${client}/pause`, { version: '', ...why }],
  ['ending the sessions', () => `${client}/connexions`, { version: '', ...why }],
  ['another address', () => `${client}/adresse`, { version: '', ...why, email: 'other@x.fr' }],
  ['closing', () => `${client}/fermeture`, { version: '', ...why, retenir: 'oui' }],
  [
    'a code',
    () => `${client}/code`,
    { version: '', remise: 'counter', preuve: 'called_back', precision: '' },
  ],
  ['comparing', () => `${client}/date`, { date: '12/05/1951' }],
  ['a decision', () => demand, decision],
];

/** A network of its own for each, so that the rate limit does not answer first. */
function send(path: string, init: RequestInit = {}) {
  const network = `10.9.${(++cases >> 8) & 255}.${cases & 255}`;
  const headers = { ...init.headers, 'cf-connecting-ip': network, 'sec-fetch-site': 'same-origin' };
  return request(path, { ...init, headers }, DESK, MANAGER().access);
}

describe('any bytes in the fields of', () => {
  it.each(FORMS)(
    '%s',
    async (_, path, fields) => {
      const good = { ...fields, ...(fields.version === '' && path() !== demand ? { version } : {}) };
      const wrongs = fc.dictionary(fc.constantFrom(...Object.keys(fields), '__proto__', 'fait'), hostile, {
        minKeys: 1,
        maxKeys: 3,
      });
      await fc.assert(
        fc.asyncProperty(wrongs, async (wrong) => {
          const body = bodyWith(good, wrong);
          const headers = { 'content-type': 'application/x-www-form-urlencoded' };
          const page = await readPage(await send(path(), { method: 'POST', headers, body }));
          expectClear(body, page.status, page.html, page.location);
          expect(await findBroken()).toEqual([]);
          if (page.status === 303) await putRows(start);
        }),
        runs(12),
      );
    },
    LONG,
  );
});

it(
  'any search, filter and address gives a page, never a fault',
  async () => {
    const paths = [
      '/guichet?q=',
      '/guichet/journal?reference=',
      '/guichet/journal?jour=',
      '/guichet/journal?acte=',
    ];
    const places = ['/guichet/clients/', '/guichet/demandes/', `${client}?fait=`, `${client}/`, '/guichet/'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths, ...places), hostile, async (path, tail) => {
        const page = await readPage(await send(path + tail));
        expectClear(path + tail, page.status, page.html, page.location);
      }),
      runs(150),
    );
  },
  LONG,
);

it('ran as many cases as it says', () => {
  expect(cases).toBeGreaterThan(200);
});
