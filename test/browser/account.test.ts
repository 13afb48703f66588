// The landlord's staff answer a call from a terminal, beside the running portal.

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf, newClient } from './clients.ts';
import { here } from './here.ts';
import { newestMail } from './mailbox.ts';
import { emailOf, fill, openAccount, PASSWORD, read, send, signIn, signUp, titleOf } from './steps.ts';

type Where = { state?: string; cwd?: string; temporary?: string; login?: Record<string, string> };
type Answer = { said: string; complained: string; status: number };

function run(words: string[], where: Where = {}): Promise<Answer> {
  const { state = here.state, cwd = '.', temporary = tmpdir(), login } = where;
  const env = { ...process.env, HOME: temporary, TMPDIR: temporary, STATE_DIR: state, ...login };
  const command = [resolve('src/cli/account.ts'), ...words];
  return new Promise((done) =>
    execFile(process.execPath, command, { cwd, env }, (error, said, complained) =>
      done({ said: plain(said), complained: plain(complained), status: error ? Number(error.code) : 0 }),
    ),
  );
}

const plain = (text: string) => text.replace(/\u00a0/g, ' ');
const account = (...words: string[]) => run(words);

it('tells the state, the next step and the mails; never an address or anything that opens', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const client = clientOf('491');
  const { identifier, link } = await openAccount(page, client);
  await newestMail(emailOf(client), 2);
  for (const wanted of [[identifier.slice(0, 7), identifier.slice(7)], ['491']]) {
    const { said, status } = await account(...wanted);
    expect(status).toBe(0);
    expect(said).toContain(identifier);
    expect(said).toContain('Compte actif, demandé à ');
    expect(said).toMatch(/À faire : Mot de passe perdu/);
    expect(said).toMatch(/· identifiant · parti/);
    expect(said).toMatch(/· Compte créé/);
    expect(said).not.toContain(emailOf(client));
    expect(said).not.toContain(link.split('/').at(-1));
  }
});

it('says when nobody is known, nobody has an account, or it still waits', async () => {
  expect(await account('NHCAPAL000000')).toMatchObject({
    status: 1,
    complained: expect.stringContaining('Personne'),
  });
  expect((await account('479')).said).toContain('Aucun compte.');
  const { page } = await openBrowser({ width: 320, js: true });
  await signUp(page, clientOf('497'), 'fatoumata@example.fr');
  expect((await account('497')).said).toMatch(/pas encore activé.*lien d’activation · parti/s);
});

it('says why a sign-up is paused and until when, and lifts it', async () => {
  const { page } = await openBrowser({ width: 320, js: false });
  const client = newClient();
  const email = emailOf(client);
  for (const date_naissance of ['01', '02', '03', '04', '05', '25'].map((day) => `${day}/12/1970`)) {
    const { reference, nom, prenom } = client;
    await page.goto('/inscription');
    await fill(page, { reference, nom, prenom, date_naissance, email, email_confirmation: email });
    await send(page, 'Créer mon compte');
  }
  expect(await read(page.getByRole('alert'))).toContain('Trop d’essais avec ces informations : réessayez le');
  await expect
    .poll(async () => (await account(client.reference)).said, { timeout: 60_000 })
    .toMatch(
      /Inscription en pause, après trop d’essais avec cette référence : à nouveau possible le .* Pour lever la pause : --lift\nÀ faire : Levez d’abord la pause, .* La personne peut en créer un/,
    );
  const { said } = await account(client.reference, '--lift');
  const name = `Lucie V${client.nom.slice(1).toLowerCase()}`;
  expect(said).toBe(
    `La pause est levée : ${name} · Locataire n° ${client.reference}. La personne peut réessayer.\n`,
  );
  expect((await account(client.reference, '--lift')).said).toContain('Aucune pause en ce moment');
  expect((await account(client.reference, '--lift', '--close', '--reason', 'x')).status).toBe(1);
  await signUp(page, client, email);
});

it('closes an account with a reason, so that the person can sign up again', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const client = clientOf('499');
  const { identifier } = await openAccount(page, client);
  expect((await account(identifier, '--close')).status).toBe(1);
  expect((await account(identifier, '--close', '--reason', 'demande par téléphone')).said).toBe(
    `Le compte est fermé : Carmen Garcia-Lopez · Locataire n° 499 · ${identifier} · 4…@example.fr. La personne peut en créer un nouveau.\n`,
  );
  expect(await account('499')).toMatchObject({
    complained: '',
    said: expect.stringContaining('Compte fermé par le gestionnaire (demande par téléphone)'),
  });
  await signIn(page, identifier, PASSWORD);
  expect(await read(page.getByRole('alert'))).toContain('L’identifiant ou le mot de passe n’est pas le bon.');
  await signUp(page, client, 'carmen@example.fr');
  expect(await titleOf(page)).toBe('Ouvrez le courriel que nous venons de vous envoyer – Portail locataire');
});

describe('at a desk of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says what to start when there are no tables', async () => {
    expect(await run(['471'], { state: join(folder, 'empty') })).toEqual({
      said: '',
      complained: 'La base est encore vide. Lancez d’abord : npm start\n',
      status: 1,
    });
  });

  it('with --remote: never this machine’s database, one sentence without a login, nothing left behind', async () => {
    const desk = mkdtempSync(join(folder, 'desk-'));
    const temporary = mkdtempSync(join(folder, 'temporary-'));
    symlinkSync(resolve('node_modules'), join(desk, 'node_modules'));
    const toml = readFileSync('wrangler.toml', 'utf8').replace('[[d1_databases]]', '[[ d1_databases ]]');
    writeFileSync(join(desk, 'wrangler.toml'), toml);
    const remote = (login = {}) => run(['491', '--remote'], { cwd: desk, temporary, login });
    expect(await remote()).toMatchObject({
      said: '',
      complained: 'La base est encore vide. Lancez d’abord : npm run deploy\n',
    });
    const id = 'database_id = "0123456789abcdef0123456789abcdef"';
    writeFileSync(join(desk, 'wrangler.toml'), toml.replace('binding = "DB"', `binding = "DB"\n${id}`));
    expect(await remote()).toEqual({
      said: '',
      complained: 'Non connecté à Cloudflare. Lancez d’abord : npx wrangler login\n',
      status: 1,
    });
    const login = {
      CLOUDFLARE_API_TOKEN: 'a-token',
      CLOUDFLARE_ACCOUNT_ID: 'account',
      CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9602',
    };
    expect(await remote(login)).toMatchObject({
      complained: expect.stringMatching(/^La base du portail n’est pas joignable : .*\n$/),
      status: 1,
    });
    expect(readdirSync(temporary).filter((name) => name.startsWith('portal-'))).toEqual([]);
  });
});
