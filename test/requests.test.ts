// What clumsy and hostile senders post: always the status and page of the contract, never a 500.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mails, openMailbox } from './support/mailbox.ts';
import { ELECTRICIAN, MARIE, ORIGIN, type Page, readPage, request, Visitor } from './support/visitor.ts';

beforeEach(openMailbox);

const FORM = 'application/x-www-form-urlencoded';
const send = async (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Page> =>
  readPage(await request(path, { method: 'POST', body, headers: { 'content-type': FORM, ...headers } }));
const signUp = (wrong: Record<string, string>, kind = MARIE) =>
  new Visitor().post('/inscription', { ...kind, ...wrong });

describe('a field of the sign-up form', () => {
  const LONG = 'x'.repeat(300);
  const CASES: [string, string, string, typeof MARIE?][] = [
    ['profil', '', 'Indiquez si vous êtes locataire ou fournisseur.'],
    ['profil', 'gardien', 'Indiquez si vous êtes locataire ou fournisseur.'],
    ['reference', '', 'Indiquez votre référence client'],
    ['reference', '---', 'Votre référence client contient des chiffres.'],
    ['reference', '4'.repeat(31), 'Ce texte est trop long : 30 caractères au plus.'],
    ['reference', '47\u00001', 'Un caractère de cette case n’est pas accepté.'],
    ['reference', '010000010003', 'Ce numéro à 12 chiffres est la référence de votre bail.'],
    ['nom', '', 'Indiquez votre nom.'],
    ['nom', '?!', 'Indiquez votre nom en lettres'],
    ['nom', LONG, 'Ce texte est trop long : 100 caractères au plus.'],
    ['nom', 'ORS\u0000ONI', 'Un caractère de cette case n’est pas accepté.'],
    ['nom', 'ORS\u202eINO', 'Un caractère de cette case n’est pas accepté.'],
    ['prenom', '', 'Indiquez votre prénom.'],
    ['prenom', '-', 'Indiquez votre prénom.'],
    ['prenom', '?! 7', 'Indiquez votre prénom en lettres'],
    ['prenom', 'Marie\r\nBcc: x', 'Un caractère de cette case n’est pas accepté.'],
    ['date_naissance', '', 'Indiquez votre date de naissance.'],
    ['date_naissance', '31/02/1990', 'Cette date n’existe pas dans le calendrier.'],
    ['date_naissance', '14/07/2199', 'Cette date est dans le futur.'],
    ['date_naissance', '07/1956', 'Indiquez le jour, le mois et l’année.'],
    ['date_naissance', '14/07/56', 'Indiquez l’année en quatre chiffres.'],
    ['date_naissance', 'quatorze', 'Indiquez le jour, le mois et l’année.'],
    ['date_naissance', '1'.repeat(200), 'Ce texte est trop long'],
    ['email', '', 'Indiquez votre adresse e-mail'],
    ['email', 'marie', 'Il manque le signe @'],
    ['email', '@orange.fr', 'Il manque le début de votre adresse e-mail'],
    ['email', 'marie@orange', 'derrière « @orange »'],
    ['email', 'hélène@orange.fr', 'remplacez le signe « é »'],
    ['email', 'marie orsoni@orange.fr', 'Il y a un espace dans votre adresse'],
    ['email', 'marie@-orange.fr', 'Votre adresse e-mail n’est pas complète'],
    ['email', 'a@x.fr,b@x.fr', 'Indiquez une seule adresse e-mail'],
    ['email', 'marie@@example.fr', 'Indiquez une seule adresse e-mail'],
    ['email', `${'x'.repeat(250)}@example.fr`, 'Ce texte est trop long : 254 caractères au plus.'],
    ['email', 'marie@example.fr\r\nBcc: b@x.fr', 'Un caractère de cette case n’est pas accepté.'],
    ['email_confirmation', '', 'Indiquez une seconde fois votre adresse e-mail.'],
    ['email_confirmation', 'maria@example.fr', 'Les deux adresses ne sont pas les mêmes.'],
    ['raison_sociale', '', 'Indiquez la raison sociale de votre entreprise', ELECTRICIAN],
    ['raison_sociale', LONG, 'Ce texte est trop long', ELECTRICIAN],
    ['siret', '', 'Indiquez le numéro SIRET', ELECTRICIAN],
    ['siret', '123', 'Un numéro SIRET a 14 chiffres.', ELECTRICIAN],
    ['siret', '5234567890002X', 'Un numéro SIRET a 14 chiffres.', ELECTRICIAN],
  ];

  it.each(CASES)(
    '%s = %j: says how to fix it and keeps the rest',
    async (field, value, sentence, kind = MARIE) => {
      const both: Record<string, string> = field === 'email' && value ? { email_confirmation: value } : {};
      const page = await signUp({ [field]: value, ...both }, kind);
      expect(page.status).toBe(422);
      expect(page.title).toBe('Erreur : Créer votre espace client – Portail locataire');
      expect(page.text).toContain('Il y a un point à corriger');
      expect(page.html).toMatch(new RegExp(`role="alert".*href="#${field}"`, 's'));
      const said = new RegExp(`id="${field}-error">([^<]*)<`).exec(page.html)?.[1]?.replace(/\u00a0/g, ' ');
      expect(said).toContain(sentence);
      if (field !== 'profil')
        expect(page.html).toMatch(
          new RegExp(`id="${field}"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*${field}-error"`),
        );
      for (const [other, kept] of Object.entries(kind)) {
        if (other !== field && other !== 'profil' && !(other in both) && kept)
          expect(page.html).toContain(`value="${kept}"`);
      }
      expect(mails()).toHaveLength(0);
    },
  );

  it('each, all at once: one sentence per field, none for what is only typed a second time', async () => {
    const empty = Object.fromEntries(Object.keys(MARIE).map((name) => [name, '']));
    const page = await signUp({ ...empty, profil: 'locataire' });
    expect(page.html.match(/class="error"/g)).toHaveLength(5);
    expect(page.text).toContain('Il y a 5 points à corriger');
  });

  it('missing altogether is as good as empty', async () => {
    for (const body of ['', 'profil=locataire', 'profil=fournisseur']) {
      expect((await send('/inscription', body)).status).toBe(422);
    }
  });

  it('is written back harmless', async () => {
    const evil = '"><script>alert(1)</script>';
    const page = await signUp({ nom: evil, email: evil, reference: evil });
    expect(page.status).toBe(422);
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('&lt;script&gt;');
  });
});

describe.each([
  '/inscription',
  '/connexion',
  '/inscription/courriel/adresse',
  '/deconnexion',
  `/activation/${'A'.repeat(43)}`,
])('POST %s', (path) => {
  it('refuses other content types with 415', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      `${FORM}; charset=iso-8859-1`,
    ]) {
      expect((await send(path, '{}', { 'content-type': type })).status).toBe(415);
    }
  });

  it.each([`${FORM};charset=UTF-8`, `${FORM.toUpperCase()} ; Charset="utf-8"`, `${FORM};`])(
    'reads %s',
    async (type) => {
      expect([200, 303, 410, 422]).toContain((await send(path, '', { 'content-type': type })).status);
    },
  );

  it('refuses a body over 16 KiB with 413, with and without a length', async () => {
    const body = `nom=${'x'.repeat(1024 * 1024)}`;
    expect((await send(path, body)).status).toBe(413);
    const stream = new Response(body).body as ReadableStream;
    expect((await send(path, stream)).status).toBe(413);
  });

  it('refuses a repeated field with 400', async () => {
    expect((await send(path, 'email=a%40x.fr&email=b%40x.fr')).status).toBe(400);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: ORIGIN },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: ORIGIN.replace('https:', 'http:') },
    { referer: 'https://evil.example/inscription' },
  ] as Record<string, string>[])('refuses a form of another site with 403: %j', async (headers) => {
    expect((await send(path, 'nom=x', headers)).status).toBe(403);
  });

  it.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: ORIGIN },
    { referer: `${ORIGIN}/x` },
    {},
  ] as Record<string, string>[])('takes its own form: %j', async (headers) => {
    expect([200, 303, 410, 422]).toContain((await send(path, 'nom=x', headers)).status);
  });
});

it.each([
  ['/connexion', 'identifiant=NHCAPAL123456&mot_de_passe=Secret-12', '/connexion'],
  ['/inscription', String(new URLSearchParams(MARIE)), '/inscription'],
  [
    '/inscription/courriel/adresse',
    'email=thief%40x.fr&email_confirmation=thief%40x.fr',
    '/inscription/courriel/adresse',
  ],
  ['/inscription/courriel/renvoi', 'demande=x', '/inscription/courriel'],
  ['/espace/fermeture', 'mot_de_passe_actuel=Secret-12&compte=NHCAPAL123456', '/espace/fermeture'],
  ['/espace/courriel', 'annuler=oui', '/espace/courriel'],
  ['/espace/sessions', 'pas_moi=oui', '/espace/sessions'],
  ['/deconnexion', '', '/'],
])('a form of another site leaves nothing of itself: %s %s leads to %s', async (path, body, page) => {
  const refused = await send(path, body, { 'sec-fetch-site': 'cross-site' });
  expect(refused.status).toBe(403);
  expect(refused.html).toContain(`href="${page}"`);
  expect(refused.html).not.toMatch(/<form|<input|thief|Secret|NHCAPAL123456|ORSONI|demande=|pas_moi/);
});

it('a flood from another site counts nowhere: the form that follows it is refused as another site’s, and others are open', async () => {
  const evil = { 'sec-fetch-site': 'cross-site', 'cf-connecting-ip': '203.0.113.97' };
  for (let times = 0; times < 610; times++) await send('/espace/sessions', 'pas_moi=oui', evil);
  const last = await send('/espace/sessions', 'pas_moi=oui', evil);
  expect([last.status, last.html.includes('pas_moi')]).toEqual([403, false]);
  const neighbour = await new Visitor('203.0.113.97').post('/connexion', { identifiant: 'NHCAPAL' });
  expect(neighbour.status).toBe(422);
});

it('a kept form leads nowhere else, whatever the address that was posted to', async () => {
  for (const path of ['//evil.example/x', '/.//evil.example/x']) {
    const url = `${ORIGIN}${path}`;
    const init = {
      method: 'POST',
      body: 'identifiant=NHCAPAL123456',
      headers: { origin: 'null', 'content-type': FORM },
    };
    const page = await readPage(await request(url, init));
    expect([page.status, page.html.includes('evil')]).toEqual([403, false]);
  }
});

it('a kept sign-up form shows the profile, and leaves out what was left empty', async () => {
  const { env } = await import('cloudflare:workers');
  const limit = vi.spyOn(env.SCREEN, 'limit').mockResolvedValue({ success: false });
  const page = await signUp({});
  limit.mockRestore();
  expect(page.status).toBe(429);
  expect(page.html).toMatch(/<input [^>]*id="profil"[^>]*value="locataire"[^>]*readonly=""/);
  expect(page.html).toContain('value="ORSONI"');
  expect(page.html).not.toContain('type="hidden"');
  expect(page.text).not.toMatch(/Raison sociale|SIRET/);
});

it.each([
  ['/espace/sessions', { compte: 'NHCAPAL123456', pas_moi: 'oui' }, '/espace/sessions'],
  ['/espace/fermeture', { compte: 'NHCAPAL123456', mot_de_passe_actuel: 'Secret-12' }, '/espace/fermeture'],
  ['/inscription/courriel/adresse', { demande: 'x', email: 'new@x.fr' }, '/inscription/courriel/adresse'],
])('a form that acts by what nobody sees is sent again from its own page: %s', async (path, fields, page) => {
  const { env } = await import('cloudflare:workers');
  const limit = vi.spyOn(env.SCREEN, 'limit').mockResolvedValue({ success: false });
  const stopped = await new Visitor().postBare(path, fields as Record<string, string>);
  limit.mockRestore();
  expect([stopped.status, stopped.html.includes('<form')]).toEqual([429, false]);
  expect(stopped.html).toContain(`href="${page}"`);
  if ('email' in fields) expect(stopped.text).toContain('Vous aviez écrit : Adresse e-mail : new@x.fr');
  expect(stopped.html).not.toMatch(/Secret-12|pas_moi/);
});

it.each([
  ['/inscription/courriel/renvoi', '/inscription/courriel'],
  [`/mot-de-passe/${'A'.repeat(43)}/provisoire`, `/mot-de-passe/${'A'.repeat(43)}`],
  ['/deconnexion', '/'],
])('%s opened instead of posted leads back to %s', async (path, parent) => {
  const page = await new Visitor().open(path);
  expect(page.status).toBe(405);
  expect(page.html).toContain(`<a class="button next-step" href="${parent}">`);
});

it.each([
  ['/nulle-part', 'GET', 404],
  ['/espace.css', 'GET', 404],
  ['/inscription/', 'GET', 308],
  ['/inscription/', 'POST', 404],
  ['/connexion', 'PUT', 405],
  ['/deconnexion', 'GET', 405],
  ['/inscription/courriel/renvoi', 'GET', 405],
  ['/sante', 'POST', 405],
])('%s %s answers %i', async (path, method, status) => {
  const answer = await request(path, { method, headers: { 'content-type': FORM } });
  expect(answer.status).toBe(status);
  if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|POST/);
});

it.each([
  ['a repeated field', 'suite=a&suite=b', {}, 400],
  ['a large body', 'x'.repeat(20_000), {}, 413],
  ['another content type', '{}', { 'content-type': 'application/json' }, 415],
])('%s leads back to the form, not away from it', async (_, body, headers, status) => {
  const page = await send('/mot-de-passe-oublie', body, headers as Record<string, string>);
  expect(page.status).toBe(status);
  expect(page.html).toContain(
    '<a class="button next-step" href="/mot-de-passe-oublie">Revenir à la page précédente</a>',
  );
});

it('asks a network that floods the portal to wait a minute, keeping what was typed', async () => {
  const form = { identifiant: 'NHCAPAL', mot_de_passe: 'Secret-12', suite: '/espace/donnees' };
  // 300 are let in per minute: so many that the beginning of another minute does not hide it.
  const flood = Array.from({ length: 610 }, () => new Visitor('203.0.113.99').post('/connexion', form));
  const pages = await Promise.all(flood);
  const stopped = pages.filter(({ status }) => status === 429);
  expect(stopped.length).toBeGreaterThan(0);
  expect(pages.filter(({ status }) => status === 422).length).toBeGreaterThan(250);
  expect((await new Visitor('203.0.113.98').post('/connexion', form)).status).toBe(422);
  expect(stopped[0]?.headers.get('retry-after')).toBe('60');
  expect(stopped[0]?.html).toContain('value="NHCAPAL"');
  expect(stopped[0]?.html).not.toMatch(/Secret-12|type="hidden"/);
});

it('when the database does not answer: 503, a number to quote, what was typed, and not a word of it in the log', async () => {
  const { env } = await import('cloudflare:workers');
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const batch = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: Network connection lost.'));
  const page = await signUp({});
  batch.mockRestore();
  expect(page.status).toBe(503);
  const number = /donnez ce numéro : ([A-Z2-9]{3}-[A-Z2-9]{3})/.exec(page.text)?.[1] ?? 'none';
  expect(page.html).toContain('value="ORSONI"');
  const logged = JSON.stringify(log.mock.calls);
  log.mockRestore();
  expect(logged).toContain(number);
  expect(logged).not.toMatch(/orsoni|marie|1956/i);
  expect((await signUp({})).status).toBe(303);
});
