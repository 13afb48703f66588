// The optional column « secteur » of the client file: a residence or an agency, in the landlord's words.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it } from 'vitest';
import { LENGTHS } from '../src/numbers.ts';
import { sayReport } from '../src/words/import.ts';
import { clientFile, forgetClients, postFile, tenant } from './support/client-file.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email;secteur';
const MARIE = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956');
const JEAN = tenant('472', 'CASANOVA', 'JEAN', '03/11/1948');
const withSectors = (...lines: string[]) => [HEAD, ...lines, ''].join('\n');

async function sectors(): Promise<(string | null)[]> {
  const { results } = await env.DB.prepare('SELECT sector FROM clients ORDER BY id').all<{
    sector: string | null;
  }>();
  return results.map(({ sector }) => sector);
}

beforeEach(forgetClients);

it('is kept, changed and emptied; a file without it leaves it as it is', async () => {
  await postFile(withSectors(`${MARIE};Les Salines`, `${JEAN};`));
  expect(await sectors()).toEqual(['Les Salines', null]);
  const without = await postFile(clientFile(MARIE, JEAN));
  expect(without.report.counts).toMatchObject({ unchanged: 2, changed: 0 });
  expect(await sectors()).toEqual(['Les Salines', null]);
  const moved = await postFile(withSectors(`${MARIE};Pietralba`, `${JEAN};Pietralba`));
  expect(moved.report.changed.map(({ columns }) => columns)).toEqual([['secteur'], ['secteur']]);
  expect(await sectors()).toEqual(['Pietralba', 'Pietralba']);
  await postFile(withSectors(`${MARIE};`, `${JEAN};N/A`));
  expect(await sectors()).toEqual([null, null]);
});

it('is found under the names landlords give it', async () => {
  for (const name of ['Secteur', 'RESIDENCE', 'Nom de la résidence', 'agence']) {
    await forgetClients();
    await postFile(withSectors(`${MARIE};A Torra`).replace('secteur', name));
    expect([name, await sectors()]).toEqual([name, ['A Torra']]);
  }
});

it('never costs a line: what is too long is cut, and told; signs that nobody sees are left out', async () => {
  const { report } = await postFile(
    withSectors(`${MARIE};${'é'.repeat(LENGTHS.sector)}!`, `${JEAN};A\u202EB`),
  );
  expect(await sectors()).toEqual(['é'.repeat(LENGTHS.sector), 'AB']);
  expect(sayReport(report)).toContainEqual(
    expect.stringMatching(/^Ligne 2.: secteur est trop long.: ses 60 premiers signes/),
  );
});

it('comes back with the lines to correct, where the file has it', async () => {
  const wrong = tenant('473', 'PAOLI', 'ANNE', '31/02/1950');
  const told = await postFile(withSectors(MARIE, JEAN, `${wrong};Les Salines`), '?essai=1');
  expect(told.report.rejectedCsv).toBe(`${HEAD}\r\n${wrong};Les Salines`);
  const untold = await postFile(clientFile(MARIE, JEAN, wrong), '?essai=1');
  expect(untold.report.rejectedCsv).toBe(`${HEAD.replace(';secteur', '')}\r\n${wrong}`);
});
