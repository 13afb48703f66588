// The second half of the leaflet: a lost password in both ways, a lost identifier, and the pages of the space.

import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, fill, follow, openAccount, PASSWORD, read, send, signIn, titleOf } from './steps.ts';

const NEW = 'Granit-7b?';

it('a new password is chosen through the mailed link, without JavaScript', async () => {
  const visit = await openBrowser({ width: 320, js: false });
  const { page } = visit;
  const { identifier } = await openAccount(page, clientOf('1025'));
  await page.goto('/connexion');
  await follow(page, 'Mot de passe oublié ?');
  await look(visit, 'forgotten-password');
  await send(page, 'Valider');
  expect(await titleOf(page)).toMatch(/^Erreur : /);
  await look(visit, 'forgotten-password-errors');
  await fill(page, { identifiant: identifier.toLowerCase() });
  await send(page, 'Valider');
  await look(visit, 'forgotten-password-sent');
  await page.goto(linkIn(await newestMail(emailOf(clientOf('1025')), 3)));
  await look(visit, 'reset');
  await fill(page, { mot_de_passe: NEW, confirmation: NEW });
  await send(page, 'Enregistrer mon mot de passe');
  expect(await read(page.getByRole('status'))).toContain('Votre mot de passe est changé.');
  await look(visit, 'sign-in-after-reset');
  expect(await page.locator('[name="identifiant"]').inputValue()).toBe(identifier);
  await fill(page, { mot_de_passe: NEW });
  await send(page, 'Connexion');
  expect(await titleOf(page)).toBe('Mon espace – Portail locataire');
});

it('a provisional password comes by a second mail, without JavaScript', async () => {
  const visit = await openBrowser({ width: 320, js: false });
  const { page } = visit;
  const { identifier } = await openAccount(page, clientOf('472'));
  await page.goto('/mot-de-passe-oublie');
  await fill(page, { identifiant: identifier });
  await send(page, 'Valider');
  await page.goto(linkIn(await newestMail(emailOf(clientOf('472')), 3)));
  await fill(page, { identifiant: identifier });
  await send(page, 'Recevoir un mot de passe provisoire');
  await look(visit, 'provisional-sent');
  const mail = await newestMail(emailOf(clientOf('472')), 4);
  const provisional = /\w{4}-\w{4}-\w{4}/.exec(mail.text)?.[0] ?? '';
  await signIn(page, identifier, provisional);
  expect(await titleOf(page)).toBe('Changer mon mot de passe – Portail locataire');
  await look(visit, 'must-choose');
  await fill(page, { mot_de_passe: NEW, confirmation: NEW });
  await send(page, 'Enregistrer mon mot de passe');
  expect(await titleOf(page)).toBe('Mon espace – Portail locataire');
});

describe.each([
  { width: 320, reference: '480', name: 'SUSINI', born: '02/02/1933' },
  { width: 1280, reference: '487', name: "M'BAYE", born: '16/03/1987' },
] as const)('at $width', ({ width, reference, name, born }) => {
  it('a lost identifier comes by mail, and the pages of the space are looked at', async () => {
    const visit = await openBrowser({ width, js: true });
    const { page } = visit;
    const { identifier } = await openAccount(page, clientOf(reference));
    await page.goto('/identifiant-oublie');
    await look(visit, 'forgotten-identifier');
    await fill(page, { reference, nom: name, date_naissance: born });
    await send(page, 'Recevoir mon identifiant');
    await look(visit, 'forgotten-identifier-sent');
    expect((await newestMail(emailOf(clientOf(reference)), 3)).text).toContain(identifier);
    await signIn(page, identifier, PASSWORD);
    for (const path of ['mot-de-passe', 'courriel', 'sessions', 'fermeture']) {
      await page.goto(`/espace/${path}`);
      await look(visit, `space-${path}`);
    }
    await page.goto('/espace/courriel');
    const email = `new-${reference}@example.fr`;
    await fill(page, { email, email_confirmation: email, mot_de_passe_actuel: PASSWORD });
    await send(page, 'Changer mon adresse');
    await look(visit, 'space-email-pending');
    await page.goto(linkIn(await newestMail(email)));
    await look(visit, 'email-confirmation');
    await send(page, 'Confirmer cette adresse');
    await look(visit, 'email-confirmed');
  });
});
