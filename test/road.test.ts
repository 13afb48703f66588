// The whole road of the leaflet, walked by following the mailed links.

import { beforeEach, describe, expect, it } from 'vitest';
import { lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { ELECTRICIAN, MARIE, ORIGIN, PASSWORD, passwords, Visitor } from './support/visitor.ts';

beforeEach(openMailbox);

describe.each([
  {
    who: 'a tenant',
    form: MARIE,
    name: 'Marie-Dominique Orsoni',
    greeting: 'Bonjour Marie-Dominique Votre identifiant',
    number: 'Locataire n° 471',
    stem: 'NHCAPAL',
  },
  {
    who: 'a supplier',
    form: ELECTRICIAN,
    name: 'ÉLECTRICITÉ SANGUINAIRES SAS',
    greeting: 'Bonjour Votre identifiant',
    number: 'Fournisseur n° F-2024-0018',
    stem: 'NHCAPAF',
  },
])('the road of $who', ({ form, name, greeting, number, stem }) => {
  it('leads from the notice in hand to the personal space', async () => {
    const visitor = new Visitor();
    expect((await visitor.open('/')).location).toBe('/connexion');
    expect((await visitor.open('/connexion')).text).toContain('Créer un compte ?');

    const waiting = await visitor.submit('/inscription', form);
    expect(waiting.title).toBe('Ouvrez le courriel que nous venons de vous envoyer – Portail locataire');
    expect(waiting.text).toContain(form.email);
    expect(mails()).toHaveLength(1);

    const link = linkIn(lastMail(form.email));
    const choice = await visitor.open(link);
    expect(choice.status).toBe(200);
    // The link may have gone to a mistyped address: no family name, no company.
    expect(choice.text).toContain(greeting);
    expect(choice.text).not.toContain(form.nom || form.raison_sociale);

    const created = await visitor.submit(link, passwords(PASSWORD));
    expect(created.text).toContain('Votre compte vient d’être créé. Voici votre identifiant :');
    const identifier = /data-copy="(\w+)"/.exec(created.html)?.[1] ?? '';
    expect(identifier).toMatch(new RegExp(`^${stem}\\d{6}$`));

    const second = lastMail(form.email);
    expect(second.subject).toBe('Votre identifiant de connexion');
    expect(second.text).toContain(identifier);
    expect(linkIn(second)).toBe('/connexion');

    const signIn = await visitor.open('/connexion');
    expect(signIn.html).toContain(`value="${identifier}"`);
    const space = await visitor.submit('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    expect(space.text).toContain('Bravo ! Votre compte est créé.');
    for (const fact of [`Bonjour ${name}`, number, '04 95 22 10 42', 'gestion@ophcapa.fr']) {
      expect(space.text).toContain(fact);
    }
    expect((await visitor.open('/espace/compte')).text).toContain(form.email);

    expect((await visitor.post('/deconnexion')).location).toBe('/connexion');
    expect((await visitor.open('/espace')).location).toBe('/connexion?suite=%2Fespace');
    const again = await visitor.submit('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    expect(again.text).not.toContain('Bravo');
    expect(again.text).toMatch(/Dernière connexion \d+(er)? \p{L}+ \d{4} à \d+ h \d\d/u);
    expect(mails()).toHaveLength(2);
  });
});

it('mails links on the portal’s own address, whatever the request claims', async () => {
  await new Visitor().post('/inscription', {
    ...MARIE,
    reference: '472',
    nom: 'Casanova',
    prenom: 'Jean-Baptiste',
    date_naissance: '3/11/1948',
  });
  expect(lastMail(MARIE.email).text).toContain(`${ORIGIN}/activation/`);
});
