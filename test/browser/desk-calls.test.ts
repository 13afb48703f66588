// Ten calls, answered in a real browser: from the search to what the caller receives and does with it. What the agent presses
// after the search is counted.

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openBrowser, origin } from './browser.ts';
import { type Client, clientOf, newClient } from './clients.ts';
import { ageMails } from './database.ts';
import { here } from './here.ts';
import { linkIn, newestMail, report } from './mailbox.ts';
import { sendClients } from './portal.ts';
import {
  emailOf,
  fill,
  follow,
  openAccount,
  PASSWORD,
  read,
  readIdentifier,
  send,
  signIn,
  signUp,
  titleOf,
} from './steps.ts';

const NEW = 'Granit-7b?';

/** Who answers the phone, in front of the desk. */
class Agent {
  presses = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Types it into the box of the desk. @returns what the page says of the account and of what to do */
  async search(typed: string): Promise<string> {
    await this.page.goto('/guichet');
    await fill(this.page, { q: typed });
    await send(this.page, 'Rechercher');
    return read(this.page.locator('.state'));
  }

  async press(name: string): Promise<void> {
    this.presses += 1;
    await send(this.page, name);
  }

  async follow(name: string): Promise<void> {
    this.presses += 1;
    await follow(this.page, name);
  }

  async correctAddress(email: string, reason = 'asked_by_phone'): Promise<void> {
    await this.follow('Corriger l’adresse e-mail');
    await this.page.locator('[name="motif"]').selectOption(reason);
    await fill(this.page, { email });
    await this.press('Envoyer le lien à cette adresse');
  }

  /** What the page says was done. */
  said(): Promise<string> {
    return read(this.page.getByRole('status'));
  }
}

const tenant = async () => (await openBrowser({ width: 320, js: true })).page;

/** Somebody answers, and needs just so many presses after the search: three at most. */
async function answers(presses: 0 | 1 | 2 | 3): Promise<Agent> {
  const { page } = await openBrowser({ width: 1280, js: true });
  const agent = new Agent(page);
  onTestFinished(({ task }) => {
    if (task.result?.state !== 'fail') expect(agent.presses).toBe(presses);
  });
  return agent;
}

async function opened(page: Page, client: Client): Promise<string> {
  return (await openAccount(page, client)).identifier;
}

/** The caller signs up, and the provider tells what became of the mail. */
async function signUpReported(page: Page, client: Client, email: string, event: string, reason = '') {
  await signUp(page, client, email);
  await newestMail(email);
  await report(email, event, reason);
}

/** The caller opens the newest mailed link and chooses a password. */
async function choosePassword(page: Page, email: string, count: number, button: string): Promise<void> {
  await page.goto(linkIn(await newestMail(email, count)));
  await fill(page, { mot_de_passe: NEW, confirmation: NEW });
  await send(page, button);
}

const fullName = ({ prenom, nom }: Client) => `${prenom} ${nom}`;

it('« je n’ai jamais reçu le courriel » : the address was mistyped', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(2)];
  const [wrong, right] = [`wrong-${emailOf(client)}`, emailOf(client)];
  await signUpReported(page, client, wrong, 'invalid_email');
  expect(await agent.search(fullName(client))).toMatch(
    /pas encore activé.*Son dernier courriel n’arrive pas/,
  );
  await agent.correctAddress(right);
  expect(await agent.said()).toContain('Le lien vient de partir à la nouvelle adresse.');
  await choosePassword(page, right, 1, 'Créer mon compte');
  expect(await readIdentifier(page)).toMatch(/^NHCAPAL\d{6}$/);
});

it('« je n’ai jamais reçu le courriel » : the box was full', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(1)];
  await signUpReported(page, client, emailOf(client), 'soft_bounce', '552 5.2.2 mailbox full');
  ageMails(emailOf(client));
  expect(await agent.search(client.reference)).toContain(
    'qu’elle y fasse de la place, puis renvoyez le lien',
  );
  await agent.press('Renvoyer le lien d’activation');
  expect(await agent.said()).toContain('Le lien vient de partir');
  await choosePassword(page, emailOf(client), 2, 'Créer mon compte');
  expect(await readIdentifier(page)).toMatch(/^NHCAPAL\d{6}$/);
});

it('« je n’ai jamais reçu le courriel » : the provider blocks us', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(2)];
  const other = `other-${emailOf(client)}`;
  await signUpReported(page, client, emailOf(client), 'blocked');
  expect(await agent.search(client.reference)).toMatch(
    /Sa messagerie refuse nos courriels.*corrigez son adresse/,
  );
  await agent.correctAddress(other);
  await choosePassword(page, other, 1, 'Créer mon compte');
  expect(await readIdentifier(page)).toMatch(/^NHCAPAL\d{6}$/);
});

it('« je n’ai jamais reçu le courriel » : it is on its way, nothing is to be pressed', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(0)];
  await signUpReported(page, client, emailOf(client), 'deferred');
  expect(await agent.search(client.reference)).toMatch(/pas encore activé/);
  await agent.page.locator('summary').filter({ hasText: 'Plus' }).click();
  expect(await read(agent.page.locator('main'))).toContain('retardé par la messagerie');
});

it('« ça dit que rien ne correspond » : the date is compared, the pause lifted', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(2)];
  const { reference, nom, prenom, date_naissance } = client;
  const email = emailOf(client);
  // At home, then at a neighbour’s.
  for (const [month, at] of [page, await tenant()].entries()) {
    for (const day of [1, 2, 3, 4, 5, 6]) {
      await at.goto('/inscription');
      const wrong = { date_naissance: `0${day}/0${month + 1}/1931` };
      await fill(at, { reference, nom, prenom, ...wrong, email, email_confirmation: email });
      await send(at, 'Créer mon compte');
    }
  }
  // A pause is noted a moment after the answer.
  await expect
    .poll(() => agent.search(reference), { timeout: 60_000 })
    .toMatch(/Aucun compte.*Inscription en pause.*Levez la pause/s);
  await fill(agent.page, { date: date_naissance });
  await agent.press('Comparer');
  expect(await agent.said()).toContain('Oui : c’est la date du fichier.');
  await agent.press('Lever la pause');
  expect(await agent.said()).toContain('La pause est levée');
  await signUp(page, client, email);
});

it('« j’ai perdu mon identifiant » : it is read out', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(0)];
  const identifier = await opened(page, client);
  expect(await agent.search(client.reference)).toContain('Identifiant perdu : lisez-le-lui');
  expect((await read(agent.page.locator('main'))).replaceAll(' ', '')).toContain(identifier);
});

it('« je suis bloqué » : the pause is lifted', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(1)];
  const identifier = await opened(page, client);
  for (let nth = 0; nth < 6; nth++) await signIn(page, identifier, 'Wrong-1234');
  await expect.poll(() => agent.search(identifier), { timeout: 60_000 }).toContain('Connexion en pause');
  await agent.press('Lever la pause');
  await signIn(page, identifier, PASSWORD);
  expect(await titleOf(page)).toMatch(/^Mon espace/);
  expect((await newestMail(emailOf(client), 3)).subject).toBe('Vous pouvez vous reconnecter');
});

it('« j’ai changé d’adresse, je n’ai plus l’ancienne » : the new one is confirmed by its link', async () => {
  const [page, client, agent] = [await tenant(), newClient(), await answers(2)];
  const identifier = await opened(page, client);
  const moved = `moved-${emailOf(client)}`;
  await agent.search(client.reference);
  await agent.correctAddress(moved);
  expect((await newestMail(emailOf(client), 3)).subject).toBe('Changement d’adresse demandé');
  await confirmAddress(page, moved, identifier);
  await page.goto('/mot-de-passe-oublie');
  await fill(page, { identifiant: identifier });
  await send(page, 'Valider');
  await choosePassword(page, moved, 2, 'Enregistrer mon mot de passe');
  expect(await titleOf(page)).toMatch(/^Connexion/);
});

async function confirmAddress(page: Page, email: string, identifier: string): Promise<void> {
  await page.goto(linkIn(await newestMail(email)));
  await fill(page, { identifiant: identifier });
  await send(page, 'Confirmer cette adresse');
}

it('« quelqu’un d’autre est entré » : everybody is out, the mailbox decides', async () => {
  const [page, intruder, client] = [await tenant(), await tenant(), newClient()];
  const agent = await answers(2);
  const identifier = await opened(page, client);
  await signIn(intruder, identifier, PASSWORD);
  await agent.search(identifier);
  await agent.follow('Protéger le compte');
  await agent.page.locator('[name="motif"]').selectOption('intruder');
  await agent.press('Fermer toutes les connexions');
  await intruder.goto('/espace');
  expect(await titleOf(intruder)).toMatch(/^Connexion/);
  await signIn(intruder, identifier, PASSWORD);
  expect(await titleOf(intruder)).toMatch(/^Erreur/);
  await choosePassword(page, emailOf(client), 3, 'Enregistrer mon mot de passe');
  await signIn(page, identifier, NEW);
  expect(await titleOf(page)).toMatch(/^Mon espace/);
});

it('« mon mari avait le compte, il est décédé » : it is closed and retained, hers is her own', async () => {
  const [page, agent] = [await tenant(), await answers(3)];
  const his = clientOf('69000');
  const identifier = await opened(page, his);
  await agent.search('stromboni');
  await agent.follow('Blaise Stromboni');
  await agent.follow('Fermer le compte');
  await agent.page.locator('[name="motif"]').selectOption('death');
  await agent.page.locator('[name="retenir"]').selectOption('oui');
  await agent.press('Fermer le compte');
  expect(await agent.said()).toContain('Le compte est fermé.');
  await signIn(page, identifier, PASSWORD);
  expect(await titleOf(page)).toMatch(/^Erreur/);
  await signUp(page, { ...his, prenom: 'ROSE', date_naissance: '27/05/1942' }, 'rose@example.fr');
});

/** Sends the night's client file, changed; the day after it is as it was. */
async function sendFile(change: (line: string) => string): Promise<void> {
  const file = readFileSync(here.clients, 'utf8');
  onTestFinished(() => sendClients(origin, file));
  await sendClients(origin, file.split('\r\n').map(change).filter(Boolean).join('\r\n'));
}

it('« j’ai un nouveau numéro » and « je suis parti » : after the night’s file the page says so', async () => {
  const [page, other] = [await tenant(), await tenant()];
  const [moved, left] = [newClient(), newClient()];
  const identifier = await opened(page, moved);
  await opened(other, left);
  await sendFile((line) =>
    line.startsWith(`locataire;${left.reference};`)
      ? ''
      : line.replace(`locataire;${moved.reference};`, 'locataire;69471;'),
  );
  const gone = await answers(0);
  expect(await gone.search(left.reference)).toMatch(
    /Absent du fichier des clients depuis le .* La personne entre encore/s,
  );
  const agent = await answers(0);
  await agent.search(fullName(moved));
  expect(await read(agent.page.locator('main'))).toMatch(/69471.*aucun compte/);
  await signIn(page, identifier, PASSWORD);
  expect(await titleOf(page)).toMatch(/^Mon espace/);
});

it('« notre comptable a changé » : the supplier’s address goes to the next one', async () => {
  const [page, client, agent] = [await tenant(), clientOf('F-2024-0018'), await answers(2)];
  const email = 'before@electricite.example.fr';
  await page.goto('/inscription');
  await page.getByText('Fournisseur', { exact: true }).click();
  await fill(page, {
    reference: client.reference,
    raison_sociale: client.raison_sociale,
    siret: client.siret,
    email,
    email_confirmation: email,
  });
  await send(page, 'Créer mon compte');
  await choosePassword(page, email, 1, 'Créer mon compte');
  const identifier = await readIdentifier(page);
  await agent.search('523 456 789 00027');
  await agent.correctAddress('next@electricite.example.fr', 'new_contact');
  expect((await newestMail(email, 3)).subject).toBe('Changement d’adresse demandé');
  await confirmAddress(page, 'next@electricite.example.fr', identifier);
  expect((await newestMail(email, 4)).subject).toBe('Votre adresse e-mail a changé');
});
