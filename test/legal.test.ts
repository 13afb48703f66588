// The legal pages: what a public body owes, from settings and from the numbers the portal lives by.

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from './support/account.ts';
import { FIRST_LANDLORD } from './support/landlords.ts';
import { openMailbox } from './support/mailbox.ts';
import { MARIE, OTHER_LANDLORD, PASSWORD, readPage, request, Visitor } from './support/visitor.ts';

const PAGES = ['/accessibilite', '/mentions-legales', '/donnees-personnelles'];
const open = async (path: string, settings: object = {}) =>
  readPage(await request(path, {}, { ...env, ...settings } as typeof env));

describe('/accessibilite', () => {
  it('is the declaration in the set model, and says « non conforme »', async () => {
    const { html, text } = await open('/accessibilite');
    const headings = [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'Engagement',
      'État de conformité',
      'Résultats des tests',
      'Contenus non accessibles',
      'Établissement de cette déclaration d’accessibilité',
      'Retour d’information et contact',
      'Voies de recours',
    ]);
    for (const words of [
      'Accessibilité : non conforme',
      'article 47 de la loi n° 2005-102 du 11 février 2005',
      'n’est pas conforme avec le référentiel général d’amélioration de l’accessibilité (RGAA)',
      'Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07',
    ])
      expect(text).toContain(words);
    expect(html).toContain('href="https://formulaire.defenseurdesdroits.fr"');
    expect(html).toContain('href="mailto:gestion@ophcapa.fr"');
  });
});

describe('/accessibilite, by settings', () => {
  const AUDITED = {
    ACCESSIBILITY_STATE: 'partial',
    ACCESSIBILITY_RATE: '72.5',
    ACCESSIBILITY_DATE: '2026-11-20',
    ACCESSIBILITY_AUDITOR: 'Atelier Fougère',
    ACCESSIBILITY_PLAN_URL: 'https://granite.example/schema',
    ACCESSIBILITY_REPORT_URL: 'https://granite.example/audit',
  };

  it('says what the audit found, there and at the foot of every page', async () => {
    const { html, text } = await open('/accessibilite', AUDITED);
    for (const words of [
      'est partiellement conforme avec le référentiel général',
      'L’audit réalisé par Atelier Fougère révèle que 72,5 % des critères du RGAA sont respectés.',
      'Cette déclaration a été établie le : 20 novembre 2026.',
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/à compléter|aucun audit/);
    for (const address of ['https://granite.example/schema', 'https://granite.example/audit'])
      expect(html).toContain(`href="${address}"`);
    const elsewhere = await open('/connexion', AUDITED);
    expect(elsewhere.text).toContain('Accessibilité : partiellement conforme');
  });

  it('claims all only with all of it', async () => {
    const full = { ...AUDITED, ACCESSIBILITY_STATE: 'full', ACCESSIBILITY_RATE: '100' };
    const { text } = await open('/accessibilite', full);
    expect(text).toContain('Accessibilité : totalement conforme');
    expect(text).toContain('Non-conformités : aucune.');
    const claimed = await request('/accessibilite', {}, {
      ...env,
      ...full,
      ACCESSIBILITY_RATE: '99',
    } as typeof env);
    expect(claimed.status).toBe(503);
  });

  it('an audit that failed is told too', async () => {
    const { text } = await open('/accessibilite', {
      ...AUDITED,
      ACCESSIBILITY_STATE: 'none',
      ACCESSIBILITY_RATE: '41',
    });
    expect(text).toContain('n’est pas conforme avec le référentiel général');
    expect(text).toContain('révèle que 41 % des critères');
  });
});

describe('/mentions-legales', () => {
  it('says « à compléter » where the landlord has not said', async () => {
    const { text } = await open('/mentions-legales');
    expect(text).toContain('Directeur ou directrice de la publication : à compléter');
    expect(text).toContain('101 Townsend Street');
    const bare = await open('/mentions-legales', { ORGANISATION_ADDRESS: '' });
    expect(bare.text).toContain('Adresse : à compléter');
  });

  it('names whom the landlord named', async () => {
    const { text } = await open('/mentions-legales', OTHER_LANDLORD);
    expect(text).toContain('publication : Anne Le Goff');
    expect(text).not.toContain('à compléter');
  });
});

describe('/donnees-personnelles', () => {
  it.each([
    ['Compte demandé, jamais activé', '30 jours'],
    ['Lien d’activation du compte', '72 heures'],
    ['Lien pour un nouveau mot de passe', 'une heure'],
    ['Nouvelle adresse e-mail, jamais confirmée', '6 jours'],
    ['Connexion ouverte', '30 minutes sans activité, 12 heures au plus'],
    ['Nombre d’essais manqués', '24 heures'],
    ['Activité du compte et courriels envoyés', '6 mois'],
    [
      'Locataire ou fournisseur parti',
      'Accès fermé après 90 jours ; données effacées 6 mois après le départ',
    ],
    ['Demande de vérification à votre gestionnaire', '30 jours'],
    ['Code sur papier, sous une forme qui ne permet pas de le lire', '30 jours, 20 jours par la poste'],
    ['Ce que nos services ont regardé ou fait dans le portail, et pourquoi', '12 mois'],
    ['Comptes rendus des mises à jour de notre fichier', '30 jours'],
    ['Compte fermé', 'Mot de passe effacé aussitôt, adresse e-mail sous 24 heures'],
  ])('keeps: %s, %s', async (what, howLong) => {
    expect((await open('/donnees-personnelles')).text).toContain(`${what} ${howLong}`);
  });

  it('says how soon the door closes on who left', async () => {
    const { text } = await open('/donnees-personnelles', { CLIENT_LEFT_GRACE_DAYS: '0' });
    expect(text).toContain('Accès fermé aussitôt ;');
  });

  it('has the officer, the rights and the CNIL', async () => {
    const { text } = await open('/donnees-personnelles');
    expect(text).toContain('Délégué à la protection des données : à compléter');
    expect(text).toContain('mission d’intérêt public');
    expect(text).toContain('3 place de Fontenoy');
    const { html } = await open('/donnees-personnelles', OTHER_LANDLORD);
    expect(html).toContain('href="mailto:dpo@granite.example"');
    expect(html).toContain('après 45\u00a0jours');
  });

  it('lists the provisional password only where it exists', async () => {
    const listed = async (choice: string) =>
      (await open('/donnees-personnelles', { PROVISIONAL_PASSWORD_BY_MAIL: choice })).text.includes(
        'provisoire',
      );
    expect([await listed('on'), await listed('off')]).toEqual([true, false]);
  });

  it('lists every cookie that the road gives, by its name', async () => {
    openMailbox();
    const { visitor, identifier } = await createAccount();
    await visitor.open('/inscription?reference=471');
    await visitor.post('/inscription/aide', MARIE);
    const given = new Set(visitor.cookies.keys());
    await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    await visitor.post('/connexion/cle/defi', { x: '' });
    await visitor.post('/espace/cles', { appareil: 'autres' });
    for (const name of visitor.cookies.keys()) given.add(name);
    const { html } = await open('/donnees-personnelles');
    const listed = [...html.matchAll(/<th scope="row">(__Host-[\w-]+)…?<\/th>/g)].map(([, name]) => name);
    // One cookie has a name for each account: its beginning is listed.
    const names = [...given].map((name) => name.replace(/^(__Host-appareil-).*/, '$1'));
    expect(listed.sort()).toEqual(names.sort());
  });
});

it.each([...PAGES, '/aide', '/connexion', '/n-existe-pas'])('%s ends with the same links', async (path) => {
  const { html } = await open(path);
  const footer = /<footer.*<\/footer>/s.exec(html)?.[0] ?? '';
  const links = [...footer.matchAll(/href="(.*?)"[^>]*>(.*?)</g)].map(([, href, label]) => [href, label]);
  expect(links).toEqual([
    ['/aide', 'Aide'],
    ['/plan-du-site', 'Plan du site'],
    ['/accessibilite', 'Accessibilité\u00a0: non conforme'],
    ['/mentions-legales', 'Mentions légales'],
    ['/donnees-personnelles', 'Données personnelles'],
  ]);
});

it('the sign-up form says what the data are for, and where to read more', async () => {
  const { html, text } = await open('/inscription');
  expect(text).toContain('Vos données servent seulement à ouvrir et à protéger votre compte.');
  expect(/<form.*<\/form>/s.exec(html)?.[0]).toContain('href="/donnees-personnelles"');
});

it.each(PAGES)('%s has no word of another landlord', async (path) => {
  const { html, text } = await readPage(await request(path, {}, OTHER_LANDLORD));
  expect(text).toContain('Office du Granite Rose');
  expect(html).not.toMatch(FIRST_LANDLORD);
  expect(html).not.toMatch(/undefined|\[object/);
});

describe('search engines', () => {
  let visitor: Visitor;
  beforeAll(() => {
    visitor = new Visitor();
  });

  it.each(['/connexion', '/inscription', '/aide', ...PAGES])('may list %s', async (path) =>
    expect((await visitor.open(path)).headers.get('x-robots-tag')).toBeNull(),
  );

  it.each([
    '/',
    '/espace',
    '/inscription/courriel',
    '/mot-de-passe-oublie',
    '/identifiant-oublie',
    `/activation/${'A'.repeat(43)}`,
    '/sante',
    '/aide/autre',
  ])('may not list %s', async (path) =>
    expect((await visitor.open(path)).headers.get('x-robots-tag')).toBe('noindex'),
  );

  it('do not list a public page that went wrong', async () =>
    expect((await visitor.post('/connexion')).headers.get('x-robots-tag')).toBe('noindex'));
});

it('an unknown address offers the four ways people look for', async () => {
  const { status, html, title } = await new Visitor().open('/n-existe-pas');
  expect([status, title]).toEqual([404, 'Cette page n’existe pas (ou plus) – Portail locataire']);
  const main = /<main.*<\/main>/s.exec(html)?.[0] ?? '';
  const ways = [...main.matchAll(/href="(.*?)"/g)].map(([, way]) => way);
  expect(ways).toEqual([
    '/connexion',
    '/inscription',
    '/mot-de-passe-oublie',
    '/identifiant-oublie',
    '/aide#entrer',
  ]);
});
