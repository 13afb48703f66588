// /aide: the leaflet's road, in its own order and words, from the landlord's settings.

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { publicFile } from '../src/web/public-files.ts';
import { FIRST_LANDLORD } from './support/landlords.ts';
import { OTHER_LANDLORD, readPage, request, Visitor } from './support/visitor.ts';

const drawings = Object.keys(
  import.meta.glob('../public/*.svg', { query: '?raw', import: 'default', eager: true }),
).map((path) => publicFile(path.replace('../public/', '')));

const open = async (settings: Partial<Record<keyof typeof env | string, string>>) =>
  readPage(await request('/aide', {}, { ...env, ...settings } as typeof env));

it('walks the leaflet’s road in its order', async () => {
  const { status, title, text } = await new Visitor().open('/aide');
  expect([status, title]).toEqual([200, 'Aide – Portail locataire']);
  const steps = [
    'numéro locataire sur votre avis d’échéance (sans le dernier chiffre)',
    'Un courriel vous est envoyé pour activer votre compte',
    'Confirmation de création de compte',
    'Votre mot de passe doit contenir au moins',
    'second courriel avec votre identifiant',
    'identifiant de connexion, qui commence par NHCAPAL',
    'Mot de passe oublié ? ».',
    'Un second courriel',
    'Identifiant oublié ? ».',
    'Quatre questions',
    '04 95 22 10 42',
  ];
  let at = 0;
  for (const step of steps) {
    at = text.toLowerCase().indexOf(step.toLowerCase(), at);
    expect([step, at >= 0]).toEqual([step, true]);
  }
  expect(text).toContain('NHCAPAF pour un fournisseur');
});

it('says with every drawing what it shows, and each drawing is there', async () => {
  const { html } = await new Visitor().open('/aide');
  const images = [...html.matchAll(/<img src="(.*?)" alt="(.*?)" width="\d+" height="\d+"/g)].slice(1);
  expect(images).toHaveLength(7);
  for (const [, path, alt] of images) {
    expect(drawings).toContain(path);
    expect(alt?.length).toBeGreaterThan(40);
  }
});

it('asks four questions, each with the page for who answers no', async () => {
  const visitor = new Visitor();
  const { html } = await visitor.open('/aide');
  const stuck = /<section class="stuck".*<\/section>/s.exec(html)?.[0] ?? '';
  const ways = [...stuck.matchAll(/href="(.*?)"/g)].map(([, way]) => way ?? '');
  expect(ways).toEqual([
    '/inscription',
    '/inscription/courriel',
    '/identifiant-oublie',
    '/mot-de-passe-oublie',
  ]);
  expect(stuck.match(/<h3>[^<]+\?<\/h3>/g)).toHaveLength(4);
  for (const way of ways) expect((await visitor.open(way)).status).toBe(200);
});

it('leads from its contents to parts that exist', async () => {
  const { html } = await new Visitor().open('/aide');
  const places = [...html.matchAll(/href="#(.*?)"/g)].map(([, place]) => place);
  expect(places.length).toBeGreaterThan(8);
  for (const place of places) expect(html).toContain(`id="${place}"`);
});

it('says nothing of a provisional password when there is none', async () => {
  const words = /provisoire|demandez à le recevoir/;
  expect((await open({ PROVISIONAL_PASSWORD_BY_MAIL: 'on' })).text).toMatch(words);
  expect((await open({ PROVISIONAL_PASSWORD_BY_MAIL: 'off' })).text).not.toMatch(words);
});

it('is another landlord’s with other settings', async () => {
  const { text, html } = await readPage(await request('/aide', {}, OTHER_LANDLORD));
  for (const word of [
    'GRANITL',
    'GRANITF',
    '« Granite Habitat »',
    'https://locataires.granite.example',
    '02 96 00',
  ])
    expect(text).toContain(word);
  expect(html).not.toMatch(FIRST_LANDLORD);
});

it.each(['/connexion', '/n-existe-pas', `/activation/${'A'.repeat(43)}`, '/inscription'])(
  '%s leads to the guide',
  async (path) => expect((await new Visitor().open(path)).html).toMatch(/href="\/aide(#entrer)?"/),
);
