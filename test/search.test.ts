// The desk's search, in the core: who is found by what, and how many rows that reads.

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { readIdentifier } from '../src/account/identifier.ts';
import { type Asked, isAskable, readAsked, searchClients } from '../src/client/search.ts';
import { openDatabase } from '../src/platform/db.ts';
import { createAccount, newTenant } from './support/account.ts';
import { openMailbox } from './support/mailbox.ts';
import { watchStatements } from './support/statements.ts';
import { runCron } from './support/visitor.ts';

const db = openDatabase(env.DB);
const asked = (typed: string): Asked => readAsked(typed, readIdentifier(typed, 'NHCAPA').candidates);
const find = async (typed: string) => {
  const { hits } = await searchClients(db, asked(typed));
  return hits.map(({ reference, givenName, companyName }) => `${reference} ${givenName ?? companyName}`);
};

it.each([
  ['471', ['471 MARIE-DOMINIQUE']],
  ['471 4', ['4714 PAULE', '471 MARIE-DOMINIQUE']],
  ['L 00471', ['471 MARIE-DOMINIQUE']],
  ['orsoni', ['471 MARIE-DOMINIQUE']],
  ['Marie-Dominique Orsoni', ['471 MARIE-DOMINIQUE']],
  ['mme orsoni marie', ['471 MARIE-DOMINIQUE']],
  ['ors mar', ['471 MARIE-DOMINIQUE']],
  ['dominique', ['471 MARIE-DOMINIQUE']],
  ['helene', ['481 HÉLÈNE']],
  ['oeuvrard', ['481 HÉLÈNE']],
  ['ŒUVRARD', ['481 HÉLÈNE']],
  ["M'Baye", ['487 AÏSSATOU']],
  ['mbaye', ['487 AÏSSATOU']],
  ['d’ornano', ['474 PIERRE-PAUL', '476 CHLOÉ'].slice(0, 1)],
  ['dornano', ['474 PIERRE-PAUL']],
  ['martin', ['475 JEANNE']],
  ['leccia', ['473 FRANCOISE', '473 ANTOINE']],
  ['473', ['473 FRANCOISE', '473 ANTOINE']],
  ['paoli pascal', ['488 PASCAL', '489 PASCALE']],
  ['F-2024-0018', ['F-2024-0018 ÉLECTRICITÉ SANGUINAIRES SAS']],
  ['electricite', ['F-2024-0018 ÉLECTRICITÉ SANGUINAIRES SAS']],
  ['poli fils', ['F-2025-0003 Ets Poli & Fils']],
  ['523 456 789 00027', ['F-2024-0018 ÉLECTRICITÉ SANGUINAIRES SAS']],
  ['52345678900027', ['F-2024-0018 ÉLECTRICITÉ SANGUINAIRES SAS']],
  ['Yann.LeGoff@example.fr', ['486 YANN']],
  ['nobody', []],
  ['orsoni nobody', []],
  ['99999999', []],
  ['%', []],
  // Words like any: the beginning of a name.
  ["' OR 1=1 --", ['471 MARIE-DOMINIQUE', '474 PIERRE-PAUL']],
  ['orsoni" OR "a', ['471 MARIE-DOMINIQUE']],
  ['NEAR(orsoni 1)', []],
])('« %s » finds %j', async (typed, found) => {
  expect(isAskable(asked(typed)) ? await find(typed) : []).toEqual(found);
});

it.each(['', ' ', '%', 'a', '-', '«', '\u200b', '٪'])('« %s » is nothing to look for', (typed) => {
  expect(isAskable(asked(typed))).toBe(false);
});

it('an account is found by its identifier, however it is spelled, and by its address', async () => {
  openMailbox();
  const tenant = await newTenant();
  const { identifier, email } = await createAccount(tenant);
  for (const typed of [identifier, identifier.slice(-6), identifier.toLowerCase(), email.toUpperCase()])
    expect(await find(typed)).toEqual([`${tenant.reference} LUCIE`]);
});

it('ten thousand bytes are looked for like a few', async () => {
  expect(await find('orsoni '.repeat(1500))).toEqual(['471 MARIE-DOMINIQUE']);
  expect(await find('x'.repeat(10_000))).toEqual([]);
  expect(await find('7'.repeat(10_000))).toEqual([]);
});

it('a corrected, erased or removed name is found no more by its former words', async () => {
  const id = await env.DB.prepare("SELECT id FROM clients WHERE reference = '500'").first<number>('id');
  expect(await find('battesti')).toEqual(['500 NOËL']);
  await env.DB.prepare(
    "UPDATE clients SET family_name = 'TESTABATTI', name_key = 'TESTABATTI NOEL' WHERE id = ?",
  )
    .bind(id)
    .run();
  expect([await find('battesti'), await find('testabatti')]).toEqual([[], ['500 NOËL']]);
  await env.DB.prepare('DELETE FROM clients WHERE id = ?').bind(id).run();
  expect(await find('testabatti')).toEqual([]);
  await env.DB.prepare("INSERT INTO client_words (client_words) VALUES ('integrity-check')").run();
});

it('reads at most a hundred rows in one round trip, a thousand clients of one name or not', async () => {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, present_since)
    SELECT 'tenant', 20000 + i, 20000 + i, 'GRANITI ROSE', 'GRANITI', 'ROSE', 1 FROM n`,
  ).run();
  // Each minute, new clients come into the index.
  await runCron();
  const { given, before } = await watchStatements(() => searchClients(db, asked('rose graniti')));
  expect([given.hits.length, given.isMore]).toEqual([20, true]);
  expect(before.length).toBe(1);
  expect(before.flat().reduce((sum, { rowsRead }) => sum + rowsRead, 0)).toBeLessThanOrEqual(100);
});
