// Ten calls as they come in, each from the search to what the caller receives; and how often the agent presses a button or a
// link after the search.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { importClients } from '../src/client/import/run.ts';
import { MINUTE } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import demo from './demo/clients.csv?raw';
import { createAccount, newTenant } from './support/account.ts';
import { Agent, MANAGER } from './support/agent.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import {
  ELECTRICIAN,
  emails,
  MARIE,
  PASSWORD,
  type Page,
  passwords,
  runCron,
  Visitor,
} from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  vi.setSystemTime(Date.now());
});

const later = (span: number) => vi.setSystemTime(Date.now() + span);
const signUp = (form: object) => new Visitor().post('/inscription', { ...MARIE, ...form });
const signIn = (identifiant: string, mot_de_passe: string) =>
  new Visitor().post('/connexion', { identifiant, mot_de_passe });

/** An agent who counts: one press for the button of a page, two for an act that asks more (its link, its button). */
class Counting extends Agent {
  presses = 0;
  override press(page: Page) {
    this.presses += 1;
    return super.press(page);
  }
  override act(path: string, fields?: Record<string, string>) {
    this.presses += 2;
    return super.act(path, fields);
  }
}
const counting = () => new Counting('chef@capa.example');
const told: Record<string, number> = {};

/** What the agent sees first: the state and the next step. */
function stateIn({ html, text }: Page): string {
  if (!html.includes('class="state"')) throw new Error(text);
  return text.replace(/^.*Où en est son compte /, '').replace(/ Autres actions.*$/, '');
}

async function report(reference: string, event: object): Promise<void> {
  const { id } = (await env.DB.prepare(
    `SELECT m.id FROM mails AS m JOIN accounts AS a ON a.id = m.account_id JOIN clients AS c ON c.id = a.client_id
    WHERE c.reference = ? ORDER BY m.created_at DESC, m.version DESC LIMIT 1`,
  )
    .bind(reference)
    .first()) as { id: string };
  const fields = Object.entries(event).map(([name, value]) => `${name} = '${value}'`);
  await env.DB.prepare(`UPDATE mails SET ${fields} WHERE id = ?`).bind(id).run();
}

it('« je n’ai jamais reçu le courriel » : the address was mistyped', async () => {
  const tenant = await newTenant();
  await signUp({ ...tenant, ...emails('mari@x.example.fr') });
  await report(tenant.reference, { state: 'refused', last_error: 'no_such_address' });
  const agent = counting();
  const page = await agent.search(`${tenant.prenom} ${tenant.nom}`);
  expect(stateIn(page)).toMatch(
    /^Compte demandé .*pas encore activé. À faire Son dernier courriel n’arrive pas/,
  );
  await agent.act(`${page.path}/adresse`, { email: 'marie@x.example.fr' });
  const link = linkIn(lastMail('marie@x.example.fr'));
  expect((await new Visitor().post(link, passwords(PASSWORD))).status).toBe(303);
  told['never got the mail: mistyped'] = agent.presses;
});

it('« je n’ai jamais reçu le courriel » : the box was full', async () => {
  const tenant = await newTenant();
  await signUp({ ...tenant, ...emails('full@x.example.fr') });
  await report(tenant.reference, { state: 'refused', last_error: 'mailbox_full' });
  later(2 * MINUTE);
  const agent = counting();
  const page = await agent.search(tenant.reference);
  expect(stateIn(page)).toContain(
    'Sa boîte est pleine : qu’elle y fasse de la place, puis renvoyez le lien.',
  );
  await agent.press(page);
  expect((await new Visitor().post(linkIn(lastMail('full@x.example.fr')), passwords(PASSWORD))).status).toBe(
    303,
  );
  told['never got the mail: full box'] = agent.presses;
});

it('« je n’ai jamais reçu le courriel » : her provider blocks us', async () => {
  const tenant = await newTenant();
  await signUp({ ...tenant, ...emails('blocked@x.example.fr') });
  await report(tenant.reference, { state: 'refused', last_error: 'blocked' });
  later(2 * MINUTE);
  const agent = counting();
  const page = await agent.search(tenant.reference);
  expect(stateIn(page)).toMatch(/Sa messagerie refuse nos courriels.*corrigez son adresse/);
  await agent.act(`${page.path}/adresse`, { email: 'other@x.example.fr' });
  expect((await new Visitor().post(linkIn(lastMail('other@x.example.fr')), passwords(PASSWORD))).status).toBe(
    303,
  );
  told['never got the mail: blocked'] = agent.presses;
});

it('« je n’ai jamais reçu le courriel » : it still waits, nothing is to be pressed', async () => {
  const tenant = await newTenant();
  providerIs('down');
  await signUp({ ...tenant, ...emails('waits@x.example.fr') });
  const agent = counting();
  const page = await agent.search(tenant.reference);
  expect(stateIn(page)).toContain('le portail réessaie pendant un jour');
  expect(page.html).not.toContain('help-now');
  providerIs('up');
  later(2 * MINUTE);
  await runCron();
  expect(linkIn(lastMail('waits@x.example.fr'))).toContain('/activation/');
  told['never got the mail: still waiting'] = agent.presses;
});

it('« ça dit que rien ne correspond » : the pause is lifted, the date compared', async () => {
  const tenant = await newTenant();
  for (const day of [1, 2, 3, 4, 5, 6]) await signUp({ ...tenant, date_naissance: `0${day}/01/1931` });
  const visitor = new Visitor();
  for (const day of [1, 2, 3, 4, 5, 6])
    await visitor.post('/inscription', { ...MARIE, ...tenant, date_naissance: `0${day}/02/1931` });
  const agent = counting();
  const page = await agent.search(tenant.nom);
  expect(stateIn(page)).toMatch(/^Aucun compte. Inscription en pause.*Levez la pause/);
  const compared = await agent.post(`${page.path}/date`, { date: tenant.date_naissance });
  agent.presses += 1;
  expect(compared.text).toContain('Oui : c’est la date du fichier.');
  expect((await agent.press(page)).text).toContain('La pause est levée');
  const form = { ...MARIE, ...tenant, ...emails('found@x.example.fr') };
  expect((await visitor.post('/inscription', form)).location).toBe('/inscription/courriel');
  told['nothing matches'] = agent.presses;
});

it('« j’ai perdu mon identifiant » : it is read out', async () => {
  const tenant = await newTenant();
  const { identifier } = await createAccount(tenant);
  const agent = counting();
  const page = await agent.search(tenant.nom);
  expect(stateIn(page)).toContain('Identifiant perdu : lisez-le-lui');
  expect(page.text.replaceAll(' ', '')).toContain(identifier);
  told['lost the identifier'] = agent.presses;
});

it('« je suis bloqué » : the pause is lifted', async () => {
  const tenant = await newTenant();
  const { identifier, email } = await createAccount(tenant);
  for (let nth = 0; nth < 6; nth++) await signIn(identifier, 'Wrong-1234');
  const agent = counting();
  const page = await agent.search(identifier);
  expect(stateIn(page)).toMatch(/Connexion en pause, après trop de mots de passe/);
  await agent.press(page);
  expect((await signIn(identifier, PASSWORD)).location).toBe('/espace');
  expect(lastMail(email).subject).toBe('Vous pouvez vous reconnecter');
  told['locked out'] = agent.presses;
});

it('« j’ai changé d’adresse, je n’ai plus l’ancienne » : the new one is confirmed by its link', async () => {
  const tenant = await newTenant();
  const { identifier, email } = await createAccount(tenant);
  const agent = counting();
  const page = await agent.search(tenant.reference);
  await agent.act(`${page.path}/adresse`, { email: 'moved@x.example.fr', motif: 'asked_at_counter' });
  expect(lastMail(email).subject).toBe('Changement d’adresse demandé');
  await new Visitor().post(linkIn(lastMail('moved@x.example.fr')), { identifiant: identifier });
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
  expect(
    (await new Visitor().post(linkIn(lastMail('moved@x.example.fr')), passwords('Granit-7b?'))).status,
  ).toBe(303);
  told['changed mailbox'] = agent.presses;
});

it('« quelqu’un d’autre est entré » : everybody is out, the mailbox decides', async () => {
  const tenant = await newTenant();
  const { identifier, email } = await createAccount(tenant);
  const intruder = new Visitor();
  await intruder.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  const agent = counting();
  const page = await agent.search(identifier);
  await agent.act(`${page.path}/connexions`, { motif: 'intruder' });
  expect((await intruder.open('/espace')).status).toBe(303);
  expect((await signIn(identifier, PASSWORD)).status).toBe(422);
  expect((await new Visitor().post(linkIn(lastMail(email)), passwords('Granit-7b?'))).status).toBe(303);
  told['somebody else opened it'] = agent.presses;
});

it('« mon mari avait le compte, il est décédé » : it is closed and retained, hers is her own', async () => {
  const his = {
    ...MARIE,
    reference: '496',
    nom: 'ALBERTINI',
    prenom: 'BLAISE',
    date_naissance: '03/02/1940',
  };
  const { identifier, email } = await createAccount(his);
  const agent = counting();
  const list = await agent.search('albertini');
  expect(list.text).toMatch(
    /Rose Albertini Locataire 496 aucun compte.*Blaise Albertini Locataire 496 actif/,
  );
  const path = /href="(\/guichet\/clients\/\d+)">\s*Blaise/.exec(list.html)?.[1] ?? '';
  agent.presses += 1;
  await agent.act(`${path}/fermeture`, { motif: 'death', retenir: 'oui' });
  expect((await signIn(identifier, PASSWORD)).status).toBe(422);
  expect(lastMail(email).subject).toBe('Votre compte est fermé');
  expect((await signUp({ ...his, ...emails('son@x.example.fr') })).status).toBe(422);
  const hers = { ...his, prenom: 'ROSE', date_naissance: '27/05/1942', ...emails('rose@x.example.fr') };
  expect((await signUp(hers)).location).toBe('/inscription/courriel');
  told['the husband died'] = agent.presses;
});

it('« j’ai déménagé, j’ai un nouveau numéro » and « je suis parti » : the file of the night, then the page says so', async () => {
  const [moved, left] = [await newTenant(), await newTenant()];
  const { identifier } = await createAccount(moved);
  await createAccount(left);
  const others = demo
    .split('\n')
    .filter((line) => ![moved, left].some(({ reference }) => line.includes(`;${reference};`)));
  const line = (reference: string) =>
    `locataire;${reference};${moved.nom};${moved.prenom};${moved.date_naissance};;;`;
  await load(`${others.join('\n').trim()}\n${line('9471')}\n`);
  const agent = counting();
  const goneOne = await agent.search(left.reference);
  expect(stateIn(goneOne)).toMatch(
    /Absent du fichier des clients depuis le .* La personne entre encore jusqu’au/,
  );
  told['left, owes a receipt'] = agent.presses;
  const both = await agent.search(`${moved.nom} ${moved.prenom}`);
  expect(both.text).toMatch(/9471.*aucun compte/);
  expect(both.text).toMatch(new RegExp(`${moved.reference} \\(parti\\).*actif`));
  expect((await signUp({ ...moved, reference: '9471', ...emails('new-number@x.example.fr') })).location).toBe(
    '/inscription/courriel',
  );
  expect(identifierIn(lastMail(`${moved.reference}@holder.example.fr`))).toBe(identifier);
  agent.presses += 1;
  told['moved, new number'] = agent.presses;
  await load(demo);
});

/** A night of which somebody has looked at the report. */
async function load(file: string): Promise<void> {
  const take = (confirmed?: string) =>
    importClients(openDatabase(env.DB), new Blob([file]).stream(), { confirmed });
  const report = await take();
  if (report.outcome === 'refused') await take(report.fingerprint);
}

it('« notre comptable a changé » : the supplier’s address goes to the next one', async () => {
  const { identifier, email } = await createAccount(ELECTRICIAN);
  const agent = counting();
  const page = await agent.search('523 456 789 00027');
  expect(page.title).toContain('ÉLECTRICITÉ SANGUINAIRES');
  await agent.act(`${page.path}/adresse`, { email: 'new@electricite.example.fr', motif: 'new_contact' });
  expect(mails(email).at(-1)?.subject).toBe('Changement d’adresse demandé');
  await new Visitor().post(linkIn(lastMail('new@electricite.example.fr')), { identifiant: identifier });
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
  expect(lastMail('new@electricite.example.fr').subject).toBe('Choisissez un mot de passe');
  told['the bookkeeper changed'] = agent.presses;
});

it('no call takes more than three presses', () => {
  expect(told).toMatchInlineSnapshot(`
    {
      "changed mailbox": 2,
      "left, owes a receipt": 0,
      "locked out": 1,
      "lost the identifier": 0,
      "moved, new number": 1,
      "never got the mail: blocked": 2,
      "never got the mail: full box": 1,
      "never got the mail: mistyped": 2,
      "never got the mail: still waiting": 0,
      "nothing matches": 2,
      "somebody else opened it": 2,
      "the bookkeeper changed": 2,
      "the husband died": 3,
    }
  `);
  for (const [call, presses] of Object.entries(told)) expect([call, presses <= 3]).toEqual([call, true]);
});

it('a reception that may not correct an address is told whose task it is', async () => {
  const tenant = await newTenant();
  await signUp({ ...tenant, ...emails('wrong@x.example.fr') });
  await report(tenant.reference, { state: 'refused', last_error: 'no_such_address' });
  const page = await new Agent().search(tenant.reference);
  expect(stateIn(page)).toContain('Réservé aux responsables.');
  expect(page.html).not.toContain(`${page.path}/adresse`);
  expect((await MANAGER().open(page.path)).html).toContain(`${page.path}/adresse`);
});
