// The Nu Html Checker reads the portal's pages, as they are sent and as the scripts leave them, its style sheet and its
// drawings. It is a Java program: where there is no Java, it cannot be asked.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, fill, leave, PASSWORD, readIdentifier, send, signIn, signUp } from './steps.ts';

const hasJava = spawnSync('java', ['-version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'nu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPEN = [
  '/connexion',
  '/inscription',
  '/inscription/courriel',
  '/mot-de-passe-oublie',
  '/mot-de-passe-oublie/courriel',
  '/mot-de-passe-oublie/provisoire',
  '/identifiant-oublie',
  '/identifiant-oublie/courriel',
  '/aide',
  '/plan-du-site',
  '/accessibilite',
  '/mentions-legales',
  '/donnees-personnelles',
  '/nulle-part',
  '/deconnexion',
  `/activation/${'A'.repeat(43)}`,
  '/activation/x',
];
const OWN = [
  '/connexion',
  '/espace',
  '/espace/mot-de-passe',
  '/espace/courriel',
  '/espace/sessions',
  '/espace/mes-donnees',
  '/espace/fermeture',
];
const FORMS = ['/connexion', '/inscription', '/mot-de-passe-oublie', '/identifiant-oublie'];

const kept: string[] = [];
const keep = (html: string) => writeFileSync(join(folder, `${kept.push(html)}.html`), html);

async function keepSent(page: Page, address: string): Promise<void> {
  keep(await (await page.request.get(address, { maxRedirects: 0 })).text());
}

/** The page as it stands, scripts done. */
async function keepShown(page: Page): Promise<void> {
  keep(await page.content());
}

async function walk(page: Page): Promise<void> {
  for (const address of OPEN) await keepSent(page, address);
  for (const address of FORMS) {
    await page.goto(address);
    await leave(page, page.locator('main form [type="submit"]').first());
    await keepShown(page);
  }
  const client = clientOf('496');
  await signUp(page, client, emailOf(client));
  await keepShown(page);
  await keepSent(page, '/inscription/courriel/adresse');
  const link = linkIn(await newestMail(emailOf(client)));
  await keepSent(page, link);
  await page.goto(link);
  await fill(page, { mot_de_passe: 'maquis', confirmation: 'maquis' });
  await send(page, 'Créer mon compte');
  await keepShown(page);
  await fill(page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
  await send(page, 'Créer mon compte');
  await keepShown(page);
  await signIn(page, await readIdentifier(page), PASSWORD);
  for (const address of OWN) await keepSent(page, address);
  await page.goto('/espace/sessions');
  await send(page, 'Ce n’est pas moi');
  await keepShown(page);
}

beforeAll(async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  await walk(page);
  mkdirSync(join(folder, 'public'));
  for (const name of readdirSync('public')) {
    if (/\.(css|svg)$/.test(name)) cpSync(join('public', name), join(folder, 'public', name));
  }
}, 120_000);

type Message = { type: string; subType?: string; message: string; extract?: string };

/** Safari's and 1Password's own attribute; the standard has none for it (https://github.com/whatwg/html/issues/3518). */
const KNOWN = /Attribute “passwordrules” not allowed on element “input”/;

it('no page gives one id to two things, and every label has its field', () => {
  expect(kept.length).toBeGreaterThan(30);
  for (const html of kept) {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    for (const [, field] of html.matchAll(/<label [^>]*for="([^"]+)"/g)) expect(ids).toContain(field);
  }
});

const itIfJava = hasJava ? it : () => undefined;

itIfJava('the checker finds no error and nothing to warn of', { timeout: 120_000 }, () => {
  // The package would fetch a Java of its own: it is not asked to.
  const env = { ...process.env, npm_config_ignore_scripts: 'true' };
  expect(spawnSync(process.execPath, ['src/cli/run.js', 'test/nu/'], { env }).status).toBe(0);
  const jar = 'test/nu/node_modules/vnu-jar/build/dist/vnu.jar';
  const options = ['-jar', jar, '--format', 'json', '--also-check-css', '--also-check-svg', folder];
  const { stderr } = spawnSync('java', options, { encoding: 'utf8', maxBuffer: 50_000_000 });
  const { messages } = JSON.parse(stderr) as { messages: Message[] };
  // What it calls neither an error nor a warning is the slash that hono/jsx writes in `<br/>`.
  const told = messages.filter((one) => (one.type === 'error' || one.subType) && !KNOWN.test(one.message));
  expect(told.map(({ type, message, extract }) => `${type}: ${message} ${extract ?? ''}`)).toEqual([]);
});
