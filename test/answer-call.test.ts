// What `npm run account` answers for whoever calls, and whom it closes: never another than the one who is meant.

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { answerCall } from '../src/cli/answer-call.ts';
import { readSettings } from '../src/env.ts';
import { DAY } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { addClient } from './support/client-row.ts';

const db = openDatabase(env.DB);
const landlord = readSettings(env);

async function answer(typed: string, does: 'tell' | 'close' = 'tell') {
  const { said, isDone } = await answerCall(db, landlord, { typed, does, reason: 'essai' });
  return { said: said.replaceAll('\u00a0', ' '), isDone };
}

const said = async (typed: string) => (await answer(typed)).said;
const close = (typed: string) => answer(typed, 'close');

const insert = async (table: string, row: Record<string, unknown>) => {
  const marks = Object.keys(row).map(() => '?');
  const sql = `INSERT INTO ${table} (${Object.keys(row)}) VALUES (${marks}) RETURNING id`;
  return (await env.DB.prepare(sql)
    .bind(...Object.values(row))
    .first<number>('id')) as number;
};

/** A client of this reference. @returns its id */
async function luciani(reference: string, prenom: string, leftAt: number | null = null): Promise<number> {
  await addClient({ profil: 'locataire', reference, nom: 'LUCIANI', prenom, date_naissance: '12/05/1951' });
  const newest = 'UPDATE clients SET left_at = ? WHERE id = (SELECT max(id) FROM clients) RETURNING id';
  return (await env.DB.prepare(newest).bind(leftAt).first<number>('id')) as number;
}

const addAccount = (client: number, identifier: string, row: Record<string, unknown> = {}) =>
  insert('accounts', {
    client_id: client,
    identifier,
    state: 'active',
    email: `${identifier}@example.fr`,
    created_at: Date.now(),
    ...row,
  });

const stateOf = (identifier: string) =>
  env.DB.prepare('SELECT state FROM accounts WHERE identifier = ?').bind(identifier).first('state');

it('an identifier in full is no reference: nobody else is shown, nor closed', async () => {
  await addAccount(await luciani('772975', 'ANNE'), 'NHCAPAL111111');
  const nobody = { said: 'Personne sous cette référence ni sous cet identifiant.', isDone: false };
  for (const typed of ['NHCAPAL772975', 'nhcapal 772 975', 'NHCAPA772975', 'ANCIENL772975']) {
    expect([typed, await answer(typed)]).toEqual([typed, nobody]);
    expect([typed, await close(typed)]).toEqual([typed, nobody]);
  }
  expect(await stateOf('NHCAPAL111111')).toBe('active');
});

it('digits are both; when they denote two, both are shown and none is closed', async () => {
  await addAccount(await luciani('792975', 'ANNE'), 'NHCAPAL121111');
  await addAccount(await luciani('600', 'CLAIRE'), 'NHCAPAL792975');
  expect((await said('792975')).match(/(Anne|Claire) Luciani · Locataire n° \d+/g)).toEqual([
    'Anne Luciani · Locataire n° 792975',
    'Claire Luciani · Locataire n° 600',
  ]);
  expect(await close('792975')).toEqual({
    said: `Plusieurs personnes : rien n’est fermé. Redemandez avec l’identifiant entier de celle qui appelle.
  Anne Luciani · Locataire n° 792975 · NHCAPAL121111 · N…@example.fr
  Claire Luciani · Locataire n° 600 · NHCAPAL792975 · N…@example.fr`,
    isDone: false,
  });
  expect((await close('NHCAPAL792975')).said).toContain(
    'fermé : Claire Luciani · Locataire n° 600 · NHCAPAL792975',
  );
  expect([await stateOf('NHCAPAL121111'), await stateOf('NHCAPAL792975')]).toEqual(['active', 'closed']);
});

it('a reference as the notice prints it: all it may denote, the exact one first', async () => {
  await addAccount(await luciani('36190', 'DIANE'), 'NHCAPAL222222');
  await addAccount(await luciani('361900', 'ELISE'), 'NHCAPAL333333');
  for (const typed of ['361900', '36190 0', '361 900'])
    expect(await said(typed)).toMatch(
      /^\nElise Luciani .*Si le dernier chiffre est celui que l’avis ajoute :\nDiane Luciani/s,
    );
  expect(await said('nhcapal 333 333')).toContain('Elise Luciani');
  expect(await close('36190 0')).toEqual({
    said: expect.stringMatching(/Plusieurs personnes.*Elise.*Diane/s),
    isDone: false,
  });
  expect(await stateOf('NHCAPAL222222')).toBe('active');
});

it('a couple: by its reference nobody is closed, by the identifier the one it names; then it is closed already', async () => {
  await luciani('700', 'FELIX');
  await addAccount(await luciani('700', 'GHISLAINE'), 'NHCAPAL444444');
  expect((await close('700')).said).toMatch(/Plusieurs personnes.*Felix.*Ghislaine.*NHCAPAL444444/s);
  const ghislaine = 'Ghislaine Luciani · Locataire n° 700 · NHCAPAL444444';
  expect(await close('NHCAPAL444444')).toEqual({
    said: expect.stringContaining(`${ghislaine} · N…@`),
    isDone: true,
  });
  expect(await close('NHCAPAL444444')).toEqual({
    said: expect.stringContaining(`déjà fermé : ${ghislaine}`),
    isDone: false,
  });
});

it('nobody is closed who has no account', async () => {
  await luciani('702', 'IRENE');
  expect(await close('702')).toEqual({
    said: 'Irene Luciani · Locataire n° 702\nAucun compte.',
    isDone: false,
  });
});

it('an identifier of before leads to the newest account, and closes nothing', async () => {
  const client = await luciani('701', 'HELENE');
  await addAccount(client, 'NHCAPAL555555', { state: 'closed', closed_at: 1, email: null });
  await addAccount(client, 'NHCAPAL666666', { new_email: 'helene@example.fr' });
  const told = await said('NHCAPAL555555');
  expect(told).toContain('NHCAPAL666666 · N…@example.fr\nnouvelle adresse, pas encore confirmée : h…@');
  expect(told).toContain('L’identifiant demandé est celui d’un ancien compte, fermé.');
  expect(await close('NHCAPAL555555')).toEqual({
    said: expect.stringContaining('déjà fermé'),
    isDone: false,
  });
  expect(await stateOf('NHCAPAL666666')).toBe('active');
});

it('a client who left: until when the account opens, then that it does not', async () => {
  const left = [Date.now() - 10 * DAY, Date.now() - 91 * DAY] as const;
  const id = await addAccount(await luciani('9001', 'JEANNE', left[0]), 'NHCAPAL909001');
  await insert('mails', {
    id: crypto.randomUUID(),
    kind: 'reset_link',
    account_id: id,
    email: 'x@example.fr',
    version: 1,
    nonce: 'x',
    state: 'refused',
    next_attempt_at: 0,
    last_error: 'mailbox_full',
    created_at: Date.now(),
  });
  await addAccount(await luciani('9002', 'KARINE', left[1]), 'NHCAPAL909002');
  const until = new Date(left[0] + 90 * DAY).getFullYear();
  expect(await said('NHCAPAL909001')).toMatch(
    new RegExp(
      `À faire : La personne entre encore jusqu’au .* ${until} .*fichier des clients.*Sa boîte est pleine`,
    ),
  );
  expect(await said('NHCAPAL909002')).toMatch(
    /À faire : Le portail refuse cette personne.*corriger le fichier[^.]*\.\n/,
  );
});
