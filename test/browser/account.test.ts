// The landlord's staff answer a call from a terminal, beside the running portal.

import { spawnSync } from 'node:child_process';
import { expect, inject, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { newestMail } from './mailbox.ts';
import { emailOf, openAccount, PASSWORD, read, signIn, signUp, titleOf } from './steps.ts';

function account(...words: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/commands/account.ts', ...words], {
    env: { ...process.env, STATE_DIR: inject('state'), WRANGLER_SEND_METRICS: 'false' },
    encoding: 'utf8',
  });
  return { said: stdout.replace(/\u00a0/g, ' '), complained: stderr, status };
}

it('tells the state, the next step and the mails; never an address or anything that opens', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const client = clientOf('491');
  const { identifier, link } = await openAccount(page, client);
  await newestMail(emailOf(client), 2);
  for (const wanted of [identifier, '491']) {
    const { said, status } = account(wanted);
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
  expect(account('NHCAPAL000000')).toMatchObject({
    status: 1,
    complained: expect.stringContaining('Personne'),
  });
  expect(account('479').said).toContain('Aucun compte.');
  const { page } = await openBrowser({ width: 320, js: true });
  await signUp(page, clientOf('497'), 'fatoumata@example.fr');
  expect(account('497').said).toMatch(/pas encore activé.*lien d’activation · parti/s);
});

it('closes an account with a reason, so that the person can sign up again', async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const client = clientOf('499');
  const { identifier } = await openAccount(page, client);
  expect(account(identifier, '--close').status).toBe(1);
  expect(account(identifier, '--close', '--reason', 'demande par téléphone').said).toContain(
    'Le compte est fermé.',
  );
  await signIn(page, identifier, PASSWORD);
  expect(await read(page.getByRole('alert'))).toContain('Identifiant ou mot de passe incorrect.');
  await signUp(page, client, 'carmen@example.fr');
  expect(await titleOf(page)).toBe('Votre courriel est parti – Portail locataire');
});
