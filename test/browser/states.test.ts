// Every page in the states a reader seldom meets, the titles, the fields' purposes, and text as some readers need it.

import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Visit } from './browser.ts';
import { clientOf } from './clients.ts';
import { openDatabase } from './database.ts';
import { look, SIDEWAYS } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, fill, openAccount, PASSWORD, read, send, signIn, signUp, titleOf } from './steps.ts';

let identifier: string;
let activation: string;
beforeAll(async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  ({ identifier } = await openAccount(page, clientOf('485')));
  const waiting = clientOf('489');
  await signUp(page, waiting, emailOf(waiting));
  activation = new URL(linkIn(await newestMail(emailOf(waiting)))).pathname;
});

/** Takes the portal's database away while something is done, by renaming a table of its file. */
async function withoutDatabase(act: () => Promise<void>): Promise<void> {
  const database = openDatabase();
  database.exec('ALTER TABLE accounts RENAME TO accounts_away');
  try {
    await act();
  } finally {
    database.exec('ALTER TABLE accounts_away RENAME TO accounts');
    database.close();
  }
}

it('a page that fails says so with a number to quote, keeps what was typed, and works again afterwards', async () => {
  const visit = await openBrowser({ width: 320, js: true });
  await visit.page.goto('/connexion');
  await fill(visit.page, { identifiant: identifier, mot_de_passe: PASSWORD });
  await withoutDatabase(async () => {
    await send(visit.page, 'Connexion');
    expect(await read(visit.page.locator('main'))).toMatch(/donnez ce numéro : [A-Z2-9]{3}-[A-Z2-9]{3}/);
    await look(visit, 'broken');
  });
  expect(await visit.page.locator('[name="identifiant"]').inputValue()).toBe(identifier);
  await fill(visit.page, { mot_de_passe: PASSWORD });
  await send(visit.page, 'Envoyer de nouveau');
  expect(await titleOf(visit.page)).toBe('Mon espace – Portail locataire');
});

const PUBLIC = [
  '/connexion',
  '/inscription',
  '/inscription/aide',
  '/code',
  '/mot-de-passe-oublie',
  '/identifiant-oublie',
  '/plan-du-site',
  '/nulle-part',
];
const OWN = [
  '/espace',
  '/espace/compte',
  '/espace/cles',
  '/espace/mot-de-passe',
  '/espace/courriel',
  '/espace/sessions',
  '/espace/mes-donnees',
  '/espace/fermeture',
];

async function openAll(visit: Visit, act: (address: string) => Promise<void>): Promise<void> {
  for (const address of [...PUBLIC, activation]) {
    await visit.page.goto(address);
    await act(address);
  }
  await signIn(visit.page, identifier, PASSWORD);
  for (const address of OWN) {
    await visit.page.goto(address);
    await act(address);
  }
}

describe('every page', () => {
  it('has a title of its own, one first heading, French as its language, and its landmarks', async () => {
    const visit = await openBrowser({ width: 1280, js: true });
    const titles: string[] = [];
    await openAll(visit, async (address) => {
      titles.push(await titleOf(visit.page));
      expect([address, await visit.page.evaluate(STRUCTURE)]).toEqual([
        address,
        { lang: 'fr', h1: 1, header: 1, main: 1, footer: 1, help: 1, skip: '#contenu' },
      ]);
    });
    expect(new Set(titles).size).toBe(PUBLIC.length + 1 + OWN.length);
    for (const title of titles) expect(title).toMatch(/^.+ – Portail locataire$/);
  });

  it('bears the text spacing of WCAG 1.4.12, and letters twice as large (1.4.4), without loss', async () => {
    const visit = await openBrowser({ width: 320, js: true });
    await openAll(visit, async (address) => {
      for (const dress of [SPACE_OUT, TWICE_AS_LARGE]) {
        await visit.page.evaluate(dress);
        // Not `examine`: the shape is what may break here, and axe takes its time.
        expect([address, await visit.page.evaluate(SIDEWAYS)]).toEqual([address, []]);
      }
    });
  });

  it('says what each field is for, in the words browsers know', async () => {
    const visit = await openBrowser({ width: 320, js: true });
    const purposes: Record<string, string> = {};
    await openAll(visit, async (address) => {
      Object.assign(purposes, await visit.page.evaluate<Record<string, string>>(purposesOf(address)));
    });
    expect(purposes).toMatchObject({
      '/connexion identifiant': 'username webauthn',
      '/connexion mot_de_passe': 'current-password',
      '/inscription nom': 'family-name',
      '/inscription prenom': 'given-name',
      '/inscription date_naissance': 'bday',
      '/inscription email': 'email',
      '/inscription raison_sociale': 'organization',
      [`${activation} mot_de_passe`]: 'new-password',
      [`${activation} confirmation`]: 'new-password',
      '/espace/mot-de-passe mot_de_passe_actuel': 'current-password',
      '/espace/courriel email': 'email',
      '/mot-de-passe-oublie identifiant': 'username',
    });
  });
});

describe('the rare answers', () => {
  it.each([
    ['another content type', { headers: { 'content-type': 'text/plain' }, data: 'x' }, 415],
    [
      'a large body',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, data: 'x'.repeat(20_000) },
      413,
    ],
    [
      'another site',
      { headers: { 'sec-fetch-site': 'cross-site' }, form: { identifiant: 'NHCAPAL123456' } },
      403,
    ],
    [
      'a repeated field',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, data: 'suite=a&suite=b' },
      400,
    ],
  ])('%s', async (_, options, status) => {
    const visit = await openBrowser({ width: 320, js: true });
    const answer = await visit.page.request.post('/connexion', options);
    expect(answer.status()).toBe(status);
    await visit.page.goto('/connexion');
    await visit.page.evaluate(`document.documentElement.innerHTML = ${JSON.stringify(await answer.text())}`);
    await look(visit, `answer-${status}`);
  });
});

const STRUCTURE = `(() => {
  const count = (what) => document.querySelectorAll(what).length;
  return {
    lang: document.documentElement.lang,
    h1: count('h1'), header: count('body > header'), main: count('main'), footer: count('body > footer'),
    help: count('aside.help a[href^="tel:"]') && 1,
    skip: document.querySelector('a').getAttribute('href'),
  };
})()`;

const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Dresses a page from inside: its policy refuses a style that is injected. */
const dress = (css: string) => `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(${JSON.stringify(css)});
  document.adoptedStyleSheets = [sheet];
})()`;
const SPACE_OUT = dress(SPACING);
/** As a browser does whose letters are set to 200 %: the portal's own are 112.5 % of them. */
const TWICE_AS_LARGE = dress('html { font-size: 225% !important }');

function purposesOf(address: string): string {
  return `Object.fromEntries([...document.querySelectorAll('input[autocomplete]')]
    .map((field) => [${JSON.stringify(address)} + ' ' + field.name, field.autocomplete]))`;
}
