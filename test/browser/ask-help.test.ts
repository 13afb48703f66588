// Both ways of who cannot sign up alone, in a real browser without JavaScript: the landlord looks, or gives a code on paper.

import { spawnSync } from 'node:child_process';
import { argon2Sync, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { newClient } from './clients.ts';
import { openDatabase } from './database.ts';
import { here } from './here.ts';
import { look } from './look.ts';
import { mailsTo } from './mailbox.ts';
import { fill, PASSWORD, read, readIdentifier, send, signIn, titleOf } from './steps.ts';

/** Gives a client of its own a code as the desk does: only its argon2id is kept. */
function giveCode(reference: string, code: string): void {
  const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  const nonce = randomBytes(16);
  const tag = argon2Sync('argon2id', { message: code, nonce, ...cost });
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  const hash = `$argon2id$v=19$m=19456,t=2,p=1$${base64(nonce)}$${base64(tag)}`;
  const database = openDatabase();
  const now = Date.now();
  database
    .prepare(
      `INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, birth_date, present_since)
      VALUES ('tenant', ?1, ?1, 'LUCIANI ANGELE', 'LUCIANI', 'ANGELE', '1938-05-11', ?2)`,
    )
    .run(reference, now);
  database
    .prepare(
      `INSERT INTO codes (client_id, kind, hash, given_by, created_at, expires_at)
      SELECT id, 'counter', ?, 'agent@x.fr', ?, ? FROM clients WHERE reference = ?`,
    )
    .run(hash, now, now + 86_400_000, reference);
  database.close();
}

/** What the terminal says. */
function account(...words: string[]) {
  const env = { ...process.env, STATE_DIR: here.state };
  const command = [resolve('src/cli/account.ts'), ...words];
  const { stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
  return { said: stdout.replace(/\u00a0/g, ' '), complained: stderr };
}

describe.each([320, 1280] as const)('the landlord looks, on %i px', (width) => {
  it('from the refused form to the help code, and on the phone', async () => {
    const visit = await openBrowser({ width, js: false });
    const { page } = visit;
    const { reference, nom, prenom, date_naissance } = newClient();
    await page.goto('/inscription');
    const email = `${reference}.help@example.fr`;
    await fill(page, {
      reference,
      nom,
      prenom,
      date_naissance: '01/02/1990',
      email,
      email_confirmation: email,
    });
    await send(page, 'Créer mon compte');
    expect(await titleOf(page)).toMatch(/^Erreur : /);
    await look(visit, 'help-offer');
    await page.locator('[name="telephone"]').fill('06 12 34 56 78');
    await send(page, 'Demander une vérification');
    expect(await titleOf(page)).toBe('Votre demande est envoyée – Portail locataire');
    await look(visit, 'help-sent');
    const code = (await read(page.locator('.keep'))).trim();
    expect(code).toMatch(/^[A-Z2-9]{3}-[A-Z2-9]{3}$/);
    await page.reload();
    expect((await read(page.locator('.keep'))).trim()).toBe(code);
    const { said } = account(code.toLowerCase().replace('-', ' '));
    expect(said).toContain(`Demande de vérification ${code}`);
    expect(said).toContain(`naissance ${date_naissance}`);
    expect(said).toContain('naissance 01/02/1990');
    expect(said).toContain('diffère : date de naissance');
    expect(said).not.toContain(email);
    expect(account(code, '--lift').complained).toContain('se montre seulement');
  });

  it('its own page, empty and with what to mend', async () => {
    const visit = await openBrowser({ width, js: false });
    await visit.page.goto('/inscription/aide');
    await look(visit, 'help-form');
    await fill(visit.page, { telephone: 'demain' });
    await send(visit.page, 'Demander une vérification');
    await look(visit, 'help-form-errors');
  });
});

describe.each([
  { width: 320, reference: '94881', code: 'GK7P42MQXR' },
  { width: 1280, reference: '94902', code: 'PK7P42MQXR' },
] as const)('a code on paper, on $width px', ({ width, reference, code }) => {
  it('from the sheet to the space, and an address added later', async () => {
    giveCode(reference, code);
    const visit = await openBrowser({ width, js: false });
    const { page } = visit;
    await page.goto('/code');
    await look(visit, 'code');
    await fill(page, { reference, code: 'GAAAA-AAAAA' });
    await send(page, 'Continuer');
    await look(visit, 'code-wrong');
    await fill(page, { reference, code: `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase() });
    await send(page, 'Continuer');
    await look(visit, 'code-password');
    await fill(page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
    await send(page, 'Créer mon compte');
    expect(await titleOf(page)).toBe('Votre compte est créé – Portail locataire');
    await look(visit, 'code-created');
    const identifier = await readIdentifier(page);
    await signIn(page, identifier, PASSWORD);
    await look(visit, 'space-without-address');
    await page.goto('/espace/sessions');
    await look(visit, 'sessions-without-address');
    await page.goto('/espace/courriel');
    await look(visit, 'add-address');
    const email = `${reference}.late@example.fr`;
    await fill(page, { mot_de_passe_actuel: PASSWORD, email, email_confirmation: email });
    await send(page, 'Ajouter une adresse e-mail');
    expect(await read(page.getByRole('status'))).toContain(
      'Un courriel vient de partir à la nouvelle adresse.',
    );
    await expect.poll(async () => (await mailsTo(email)).length).toBe(1);
    await page.goto('/connexion');
  });
});

it('/aide says what to do without a mailbox, with a drawing', async () => {
  for (const width of [320, 1280] as const) {
    const visit = await openBrowser({ width, js: false });
    await visit.page.goto('/aide#sans-adresse');
    await look(visit, 'aide-no-email');
  }
});
