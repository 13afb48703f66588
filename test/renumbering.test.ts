// New numbers for all clients at once: a change of the landlord's software, a merger. Accounts follow their clients.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NumbersReport } from '../src/client/import/new-numbers.ts';
import { createAccount } from './support/account.ts';
import { forgetClients, night, postFile, supplier, tenant } from './support/client-file.ts';
import { nextDay } from './support/clock.ts';
import { openMailbox } from './support/mailbox.ts';
import { MARIE, PASSWORD, Visitor } from './support/visitor.ts';

const file = (...lines: string[]) => ['profil;ancienne;nouvelle', ...lines, ''].join('\n');

async function post(body: string, query = '') {
  const { status, report } = await postFile(body, `/renumerotation${query}`);
  return { status, report: report as unknown as NumbersReport };
}

const give = (...lines: string[]) => post(file(...lines));

/** `471 ORSONI` for each client, in the order they came. */
async function numbers(): Promise<string[]> {
  const sql = `SELECT reference || ' ' || coalesce(family_name, company_name) || iif(left_at IS NULL, '', ' (left)') AS who
    FROM clients ORDER BY id`;
  return (await env.DB.prepare(sql).all<{ who: string }>()).results.map(({ who }) => who);
}

const MARIE_LINE = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956');
const JEAN = tenant('472', 'CASANOVA', 'JEAN', '03/11/1948');
const PLUMBER = supplier('471', 'PLOMBERIE', '41234567800019');

beforeEach(async () => {
  openMailbox();
  nextDay();
  await forgetClients();
});

it('can be tried first; given, accounts follow, and the next file finds everybody', async () => {
  await night(MARIE_LINE, JEAN, PLUMBER);
  const { identifier } = await createAccount();
  const first = await post(file('locataire;0471;A-90471', 'locataire;472;90472'), '?essai=1');
  expect(first).toMatchObject({
    status: 200,
    report: {
      outcome: 'tried',
      counts: { lines: 2, clients: 2, accounts: 1, unknown: 0, untouched: 1, refused: 0 },
      untouched: [{ reference: '471', name: 'PLOMBERIE' }],
    },
  });
  expect(await numbers()).toEqual(['471 ORSONI', '472 CASANOVA', '471 PLOMBERIE']);
  const { status, report } = await give('locataire;0471;A-90471', 'locataire;472;90472');
  expect([status, report.outcome]).toEqual([200, 'applied']);
  expect(await numbers()).toEqual(['A-90471 ORSONI', '90472 CASANOVA', '471 PLOMBERIE']);

  const next = await night(MARIE_LINE.replace('471', 'A-90471'), JEAN.replace('472', '90472'), PLUMBER);
  expect(next.counts).toMatchObject({ unchanged: 3, created: 0, left: 0 });
  const space = await new Visitor().submit('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  expect(space.text).toContain('A-90471');
  // Who signs up types the new number.
  const answer = await new Visitor().post('/inscription', { ...MARIE, reference: '472' });
  expect(answer.status).toBe(422);
});

it('changes all at once: numbers may pass from one to the other', async () => {
  await night(MARIE_LINE, JEAN);
  await give('locataire;471;472', 'locataire;472;473');
  expect(await numbers()).toEqual(['472 ORSONI', '473 CASANOVA']);
  await give('locataire;472;473', 'locataire;473;472');
  expect(await numbers()).toEqual(['473 ORSONI', '472 CASANOVA']);
});

it('takes who left along, so that they are found when they come back', async () => {
  await night(MARIE_LINE, JEAN);
  await night(JEAN);
  await give('locataire;471;90471', 'locataire;472;90472');
  const back = await night(MARIE_LINE.replace('471', '90471'), JEAN.replace('472', '90472'));
  expect(back.counts).toMatchObject({ back: 1, unchanged: 1, created: 0 });
});

it('two signatories have one line or two', async () => {
  await night(MARIE_LINE, tenant('471', 'ORSONI', 'PAUL', '01/02/1950'));
  const { report } = await give('locataire;471;90471', 'locataire;471;90471');
  expect(report.counts).toMatchObject({ lines: 1, clients: 2 });
  expect(await numbers()).toEqual(['90471 ORSONI', '90471 ORSONI']);
});

it('tells numbers that nobody has, and does the rest', async () => {
  await night(MARIE_LINE);
  const { report } = await give('locataire;471;90471', 'locataire;999;90999');
  expect(report).toMatchObject({ outcome: 'applied', unknown: [{ line: 3, reference: '999' }] });
});

describe('is refused whole', () => {
  it.each<[string, string[], object]>([
    [
      'one number, two new ones',
      ['locataire;471;1', 'locataire;0471;2'],
      { line: 3, column: 'ancienne', reason: 'twice' },
    ],
    [
      'the number of somebody who keeps it',
      ['locataire;471;472'],
      { line: 2, column: 'nouvelle', reason: 'taken', value: '472' },
    ],
    ['no number', ['locataire;471;'], { line: 2, column: 'nouvelle', reason: 'missing' }],
    ['signs only', ['locataire;471;--'], { line: 2, column: 'nouvelle', reason: 'no_digit_or_letter' }],
    [
      'a long number',
      [`locataire;471;${'1'.repeat(31)}`],
      { line: 2, column: 'nouvelle', reason: 'too_long' },
    ],
    [
      'another profile',
      ['gardien;471;9'],
      { line: 2, column: 'profil', reason: 'profile', value: 'gardien' },
    ],
    [
      'one person twice under one number',
      ['locataire;471;9', 'locataire;473;9'],
      { line: 3, column: 'nouvelle', reason: 'same_person', value: '9' },
    ],
  ])('%s', async (_, lines, problem) => {
    const known = [MARIE_LINE, JEAN, MARIE_LINE.replace('471', '473')];
    await night(...known);
    const before = await numbers();
    const first = await post(file(...lines));
    expect([first.status, first.report.refused]).toMatchObject([422, [problem]]);
    expect(await numbers()).toEqual(before);
  });

  it.each<[string, string, number, string]>([
    ['an empty file', '', 400, 'empty'],
    ['names only', file(), 422, 'no_lines'],
    ['other columns', 'old;new\n1;2\n', 422, 'missing_column'],
    ['another client file', MARIE_LINE, 422, 'missing_column'],
  ])('%s', async (_, body, status, error) => {
    expect(await post(body)).toMatchObject({ status, report: { error } });
  });
});

it('waits for an import, as an import waits for it', async () => {
  await env.DB.prepare(`INSERT INTO imports (id, started_at, lease_until) VALUES (99, 1, ?)`)
    .bind(Date.now() + 60_000)
    .run();
  expect((await post(file('locataire;471;9'))).status).toBe(423);
});

it('reads commas, CRLF, a BOM and Windows-1252, with the columns in any order', async () => {
  await night(MARIE_LINE);
  const { report } = await post('\uFEFFNouvelle,Profil,Ancienne\r\n"90471",Locataire,471\r\n\r\n');
  expect(report.counts).toMatchObject({ lines: 1, clients: 1 });
});
