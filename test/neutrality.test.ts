// Sign-in and the « forgotten » pages never tell whether an account exists: the same bytes, headers, statements and
// hashes, whoever is asked for. (How long they take is measured by `npm run bench`.)

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { mintCode } from '../src/account/code/give.ts';
import portal from '../src/index.tsx';
import { MINUTE } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { createAccount, newTenant } from './support/account.ts';
import { payFullCost, takeCosts } from './support/hashing.ts';
import { openMailbox } from './support/mailbox.ts';
import { ORIGIN, Visitor } from './support/visitor.ts';

type Person = Awaited<ReturnType<typeof newTenant>> & { identifier: string };
const people: Record<string, Person> = {};

async function openFor(tenant: Awaited<ReturnType<typeof newTenant>>, state: string): Promise<Person> {
  const { identifier } = await createAccount(tenant);
  await env.DB.prepare('UPDATE accounts SET state = ? WHERE identifier = ?').bind(state, identifier).run();
  return { ...tenant, identifier };
}

beforeAll(async () => {
  payFullCost();
  openMailbox();
  people.active = await openFor(await newTenant(), 'active');
  people.pending = await openFor(await newTenant(), 'pending');
  people.closed = await openFor(await newTenant(), 'closed');
  people.locked = await openFor(await newTenant(), 'active');
  people.unknown = { ...(await newTenant()), identifier: 'NHCAPAL000000' };
  people.nonsense = { ...(await newTenant()), reference: '999999', nom: 'PERSONNE', identifier: '9999999' };
  vi.setSystemTime(Date.now() + 2 * MINUTE);
});

/** Posts a form; what can be seen of the answer, and what it cost until it left. */
async function observe(path: string, fields: Record<string, string>) {
  const prepared = vi.spyOn(env.DB, 'prepare');
  takeCosts();
  const context = createExecutionContext();
  const init = {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  };
  const answer = await portal.fetch(new Request(ORIGIN + path, init), env, context);
  const statements = prepared.mock.calls.map(([sql]) => sql);
  const hashing = takeCosts();
  await waitOnExecutionContext(context);
  prepared.mockRestore();
  // What was typed comes back; who it denotes must not show otherwise.
  const body = (await answer.text()).replaceAll(`value="${fields.identifiant}"`, 'value="typed"');
  const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie').sort();
  // Delivery begins after the answer is made: it is not part of what the visitor waits for.
  const own = statements.findIndex((sql) => sql.includes('"lease_until"'));
  return {
    status: answer.status,
    headers,
    body,
    statements: own < 0 ? statements : statements.slice(0, own - 1),
    hashing,
  };
}

// The chosen password, then the provisional one.
const TWO_HASHES = ['m=19456,t=2,p=1', 'm=19456,t=2,p=1'];
const CASES = ['active', 'pending', 'closed', 'unknown', 'nonsense'];

describe.each([
  [
    '/connexion',
    (person: Person) => ({ identifiant: person.identifier, mot_de_passe: 'Wrong-1234' }),
    TWO_HASHES,
  ],
  ['/mot-de-passe-oublie', (person: Person) => ({ identifiant: person.identifier }), []],
  [
    '/identifiant-oublie',
    ({ reference, nom, date_naissance }: Person) => ({ profil: 'locataire', reference, nom, date_naissance }),
    [],
  ],
] as const)('POST %s', (path, fieldsOf, hashes) => {
  it('answers, costs and asks D1 the same in every case', async () => {
    const seen = [];
    for (const name of CASES) seen.push(await observe(path, fieldsOf(people[name] as Person)));
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(seen[0]?.hashing).toEqual(hashes);
    expect(seen[0]?.statements.length).toBeGreaterThan(0);
  });

  it('sets no cookie in any case', async () => {
    for (const name of CASES) {
      const visitor = new Visitor();
      await visitor.post(path, fieldsOf(people[name] as Person));
      expect([...visitor.cookies.keys()]).toEqual([]);
    }
  });
});

it('a wrong code costs the same whether the reference has a code, has none, or is nobody’s', async () => {
  const { reference } = people.active as Person;
  const clientId =
    (await env.DB.prepare('SELECT id FROM clients WHERE reference = ?')
      .bind(reference)
      .first<number>('id')) ?? 0;
  const given = {
    clientId,
    kind: 'post',
    agent: 'a@x.fr',
    graceDays: 90,
    audit: () => [],
    now: Date.now(),
  } as const;
  await mintCode(openDatabase(env.DB), given);
  const seen = [];
  for (const one of [reference, people.unknown?.reference ?? '', '999999']) {
    const { body, ...answer } = await observe('/code', { reference: one, code: 'GAAAAAAAAA' });
    seen.push({ ...answer, body: body.replaceAll(`value="${one}"`, 'value="typed"') });
  }
  for (const one of seen) expect(one).toEqual(seen[0]);
  expect(seen[0]).toMatchObject({ status: 422, hashing: TWO_HASHES });
});

it('a locked identifier looks the same whether it exists or not, and costs no hash', async () => {
  const seen = [];
  for (const identifier of [people.locked?.identifier ?? '', 'NHCAPAL000009']) {
    const fields = { identifiant: identifier, mot_de_passe: 'Wrong-1234' };
    for (let nth = 1; nth <= 5; nth++) await observe('/connexion', fields);
    seen.push(await observe('/connexion', fields));
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]).toMatchObject({ status: 429, hashing: [] });
});
