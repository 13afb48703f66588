// The leaflet's road, from the notice in hand to the personal space, as different readers walk it.

import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, origin, type Visit } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, fill, follow, PASSWORD, read, readIdentifier, send, titleOf } from './steps.ts';

/** Those with a sentence of their own: what is typed a second time has none while the first is empty. */
const TENANT_FIELDS = ['reference', 'nom', 'prenom', 'date_naissance', 'email'];

describe.each([
  { who: 'a phone', reference: '495', width: 320, js: true },
  { who: 'a phone without JavaScript', reference: '481', width: 320, js: false },
  { who: 'a desk', reference: '474', width: 1280, js: true },
  { who: 'a desk without JavaScript', reference: '476', width: 1280, js: false },
  { who: 'a phone in the dark', reference: '493', width: 320, js: true, dark: true },
] as const)('the road of a tenant with $who', ({ reference, ...reader }) => {
  const client = clientOf(reference);
  const email = emailOf(client);
  let visit: Visit;
  let identifier: string;

  beforeAll(async () => {
    visit = await openBrowser(reader);
  });

  it('starts at the sign-in page, which leads to the sign-up form', async () => {
    await visit.page.goto('/');
    await look(visit, 'sign-in');
    await follow(visit.page, 'Créer un compte ?');
    expect(await titleOf(visit.page)).toBe('Créer votre espace client – Portail locataire');
    await look(visit, 'sign-up');
  });

  it('brings an empty form back with a link to each field to mend', async () => {
    await send(visit.page, 'Créer mon compte');
    expect(await titleOf(visit.page)).toMatch(/^Erreur : /);
    await look(visit, 'sign-up-errors');
    const links = visit.page.getByRole('alert').getByRole('link');
    expect(await links.count()).toBe(TENANT_FIELDS.length);
    for (const [index, name] of TENANT_FIELDS.entries()) {
      await links.nth(index).click();
      const field = visit.page.locator(`:focus[name="${name}"]`);
      expect(await field.getAttribute('aria-describedby'), name).toContain(`${name}-error`);
    }
  });

  it('says that a mail is on its way once the form is filled in', async () => {
    const { nom, prenom, date_naissance } = client;
    const fields = { reference, nom, prenom, date_naissance, email, email_confirmation: email };
    await fill(visit.page, fields);
    await send(visit.page, 'Créer mon compte');
    expect(visit.page.url()).toBe(`${origin}/inscription/courriel`);
    expect(await read(visit.page.locator('main'))).toContain(email);
    await look(visit, 'waiting');
  });

  it('refuses a password that breaks the rule, and says what it lacks', async () => {
    await visit.page.goto(linkIn(await newestMail(email)));
    await look(visit, 'password');
    await fill(visit.page, { mot_de_passe: 'maquis-2a', confirmation: 'maquis-2a' });
    await send(visit.page, 'Créer mon compte');
    expect(await read(visit.page.getByRole('alert'))).toContain('une majuscule');
    expect(await visit.page.locator('[name="mot_de_passe"]').inputValue()).toBe('');
    await look(visit, 'password-errors');
  });

  it('gives the identifier on the page and by mail once the password is good', async () => {
    await fill(visit.page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
    await send(visit.page, 'Créer mon compte');
    expect(visit.page.url()).toBe(`${origin}/activation/compte-cree`);
    identifier = await readIdentifier(visit.page);
    expect(identifier).toMatch(/^NHCAPAL\d{6}$/);
    expect((await newestMail(email, 2)).text).toContain(identifier);
    await look(visit, 'created');
  });

  it('fills the identifier in at the first sign-in', async () => {
    await follow(visit.page, 'Valider');
    expect(await titleOf(visit.page)).toBe('Connexion – Portail locataire');
    expect(await visit.page.locator('[name="identifiant"]').inputValue()).toBe(identifier);
    await look(visit, 'sign-in-first');
  });

  it('ends in the personal space with « Bravo ! »', async () => {
    await fill(visit.page, { mot_de_passe: PASSWORD });
    await send(visit.page, 'Connexion');
    expect(visit.page.url()).toBe(`${origin}/espace`);
    expect(await read(visit.page.getByRole('status'))).toContain('Bravo !');
    await look(visit, 'space');
  });

  it('closes the space behind who signs out', async () => {
    await send(visit.page, 'Me déconnecter');
    expect(visit.page.url()).toBe(`${origin}/connexion`);
    await visit.page.goto('/espace');
    expect(await titleOf(visit.page)).toBe('Connexion – Portail locataire');
  });
});
