// The landlord's staff answer a call from a terminal, beside the running portal.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPlatformProxy } from 'wrangler';
import { referenceKey } from '../../src/client/reference.ts';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
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
  for (const wanted of [identifier, '491']) {
    const { said, status } = await account(wanted);
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
  const client = clientOf('481');
  const email = 'helene@example.fr';
  for (const date_naissance of ['01', '02', '03', '04', '05', '25'].map((day) => `${day}/12/1970`)) {
    const { reference, nom, prenom } = client;
    await page.goto('/inscription');
    await fill(page, { reference, nom, prenom, date_naissance, email, email_confirmation: email });
    await send(page, 'Créer mon compte');
  }
  expect(await read(page.getByRole('alert'))).toContain('Trop d’essais avec ces informations : réessayez le');
  await expect
    .poll(async () => (await account('481')).said, { timeout: 60_000 })
    .toMatch(
      /Inscription en pause, après trop d’essais avec cette référence : à nouveau possible le .* Pour lever la pause : --lift\nÀ faire : Levez d’abord la pause, .* La personne peut en créer un/,
    );
  expect((await account('481', '--lift')).said).toBe(
    'La pause est levée : Hélène Œuvrard · Locataire n° 481. La personne peut réessayer.\n',
  );
  expect((await account('481', '--lift')).said).toContain('Aucune pause en ce moment');
  expect((await account('481', '--lift', '--close', '--reason', 'x')).status).toBe(1);
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
  const state = join(folder, 'state');
  const at = (...words: string[]) => run(words, { state });
  const close = (...words: string[]) => at(...words, '--close', '--reason', 'essai');
  let desk: Awaited<ReturnType<typeof getPlatformProxy<{ DB: D1Database }>>>;

  beforeAll(async () => {
    const wrangler = 'node_modules/wrangler/bin/wrangler.js';
    const migrate = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state];
    spawnSync(process.execPath, [wrangler, ...migrate]);
    desk = await getPlatformProxy({ configPath: 'wrangler.toml', persist: { path: `${state}/v3` } });
  });

  afterAll(async () => {
    await desk.dispose();
    rmSync(folder, { recursive: true });
  });

  const insert = async (table: string, row: Record<string, unknown>) => {
    const marks = Object.keys(row).map(() => '?');
    const sql = `INSERT INTO ${table} (${Object.keys(row)}) VALUES (${marks}) RETURNING id`;
    return desk.env.DB.prepare(sql)
      .bind(...Object.values(row))
      .first<number>('id');
  };

  const addClient = (reference: string, given_name: string, left_at: number | null = null) => {
    const name = { family_name: 'LUCIANI', given_name, name_key: given_name };
    return insert('clients', {
      kind: 'tenant',
      reference,
      reference_key: referenceKey(reference),
      ...name,
      present_since: 1,
      left_at,
    });
  };

  const addAccount = (client: number | null, identifier: string, row: Record<string, unknown> = {}) =>
    insert('accounts', {
      client_id: client,
      identifier,
      state: 'active',
      email: `${identifier}@example.fr`,
      created_at: Date.now(),
      ...row,
    });

  const addMail = (of: number | null, kind: string, mailState: string, last_error: string | null) =>
    insert('mails', {
      id: crypto.randomUUID(),
      kind,
      account_id: of,
      email: 'x@example.fr',
      version: 1,
      nonce: 'x',
      state: mailState,
      next_attempt_at: 0,
      last_error,
      created_at: Date.now(),
    });

  const stateOf = (identifier: string) =>
    desk.env.DB.prepare('SELECT state FROM accounts WHERE identifier = ?').bind(identifier).first('state');

  it('says what to start when there are no tables', async () => {
    const empty = await run(['471'], { state: join(folder, 'empty') });
    expect(empty).toEqual({
      said: '',
      complained: 'La base est encore vide. Lancez d’abord : npm start\n',
      status: 1,
    });
  });

  it('an identifier in full is no reference: nobody else is shown, nor closed', {
    timeout: 90_000,
  }, async () => {
    await addAccount(await addClient('772975', 'ANNE'), 'NHCAPAL111111');
    for (const typed of ['NHCAPAL772975', 'nhcapal 772 975', 'NHCAPA772975', 'ANCIENL772975']) {
      expect(await at(typed)).toMatchObject({
        said: '',
        complained: expect.stringContaining('Personne'),
        status: 1,
      });
      expect(await close(typed)).toMatchObject({ said: '', status: 1 });
    }
    expect(await stateOf('NHCAPAL111111')).toBe('active');
  });

  it('digits are both; when they denote two, both are shown and none is closed', {
    timeout: 120_000,
  }, async () => {
    await addAccount(await addClient('600', 'CLAIRE'), 'NHCAPAL772975');
    const { said } = await at('772975');
    expect(said.match(/(Anne|Claire) Luciani · Locataire n° \d+/g)).toEqual([
      'Anne Luciani · Locataire n° 772975',
      'Claire Luciani · Locataire n° 600',
    ]);
    expect(await close('772975')).toEqual({
      said: '',
      complained: `Plusieurs personnes : rien n’est fermé. Redemandez avec l’identifiant entier de celle qui appelle.
  Anne Luciani · Locataire n° 772975 · NHCAPAL111111 · N…@example.fr
  Claire Luciani · Locataire n° 600 · NHCAPAL772975 · N…@example.fr\n`,
      status: 1,
    });
    expect((await close('NHCAPAL772975')).said).toContain(
      'fermé : Claire Luciani · Locataire n° 600 · NHCAPAL772975',
    );
    expect([await stateOf('NHCAPAL111111'), await stateOf('NHCAPAL772975')]).toEqual(['active', 'closed']);
  });

  it('a reference as the notice prints it, quoted or not: all it may denote, the exact one first', async () => {
    await addAccount(await addClient('36190', 'DIANE'), 'NHCAPAL222222');
    await addAccount(await addClient('361900', 'ELISE'), 'NHCAPAL333333');
    for (const typed of [['361900'], ['36190 0'], ['361', '900']])
      expect((await at(...typed)).said).toMatch(
        /^\nElise Luciani .*Si le dernier chiffre est celui que l’avis ajoute :\nDiane Luciani/s,
      );
    expect((await at('nhcapal', '333', '333')).said).toContain('Elise Luciani');
    expect((await close('36190', '0')).complained).toMatch(/Plusieurs personnes.*Elise.*Diane/s);
    expect(await stateOf('NHCAPAL222222')).toBe('active');
  });

  it('a couple: by its reference nobody is closed, by the identifier the one it names; then it is closed already', async () => {
    await addClient('700', 'FELIX');
    await addAccount(await addClient('700', 'GHISLAINE'), 'NHCAPAL444444');
    expect((await close('700')).complained).toMatch(/Plusieurs personnes.*Felix.*Ghislaine.*NHCAPAL444444/s);
    expect((await close('NHCAPAL444444')).said).toContain(
      'Ghislaine Luciani · Locataire n° 700 · NHCAPAL444444 · N…@',
    );
    expect(await close('NHCAPAL444444')).toMatchObject({
      complained: expect.stringContaining(
        'déjà fermé : Ghislaine Luciani · Locataire n° 700 · NHCAPAL444444',
      ),
      status: 1,
    });
  });

  it('an identifier of before leads to the newest account, and closes nothing', async () => {
    const client = await addClient('701', 'HELENE');
    await addAccount(client, 'NHCAPAL555555', { state: 'closed', closed_at: 1, email: null });
    await addAccount(client, 'NHCAPAL666666', { new_email: 'helene@example.fr' });
    const { said } = await at('NHCAPAL555555');
    expect(said).toContain('NHCAPAL666666 · N…@example.fr\nnouvelle adresse, pas encore confirmée : h…@');
    expect(said).toContain('L’identifiant demandé est celui d’un ancien compte, fermé.');
    expect((await close('NHCAPAL555555')).complained).toContain('déjà fermé');
    expect(await stateOf('NHCAPAL666666')).toBe('active');
  });

  it('a client who left: until when the account opens, then that it does not', async () => {
    const day = 86_400_000;
    const left = [Date.now() - 10 * day, Date.now() - 91 * day] as const;
    const id = await addAccount(await addClient('9001', 'JEANNE', left[0]), 'NHCAPAL909001');
    await addMail(id, 'reset_link', 'refused', 'mailbox_full');
    await addAccount(await addClient('9002', 'KARINE', left[1]), 'NHCAPAL909002');
    const until = new Date(left[0] + 90 * day).getFullYear();
    expect((await at('NHCAPAL909001')).said).toMatch(
      new RegExp(
        `À faire : La personne entre encore jusqu’au .* ${until} .*fichier des clients.*Sa boîte est pleine`,
      ),
    );
    expect((await at('NHCAPAL909002')).said).toMatch(
      /À faire : Le portail refuse cette personne.*corriger le fichier[^.]*\.\n/,
    );
  });

  it('with --remote: never this machine’s database, one sentence without a login, nothing left behind', async () => {
    const desk = mkdtempSync(join(folder, 'desk-'));
    const temporary = mkdtempSync(join(folder, 'temporary-'));
    symlinkSync(resolve('node_modules'), join(desk, 'node_modules'));
    const toml = readFileSync('wrangler.toml', 'utf8').replace('[[d1_databases]]', '[[ d1_databases ]]');
    writeFileSync(join(desk, 'wrangler.toml'), toml);
    const remote = (login = {}) => run(['772975', '--remote'], { state, cwd: desk, temporary, login });
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
