// Help requests and codes at the desk: what an agent sees, the three decisions, the sheet; and what the person gets.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/numbers.ts';
import { Agent, MANAGER } from './support/agent.ts';
import { forgetClients, night, tenant } from './support/client-file.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { findBroken, NO_ROWS, putRows } from './support/rows.ts';
import { emails, MARIE, PASSWORD, type Page, passwords, runCron, Visitor } from './support/visitor.ts';

/** As the landlord's file has her: born in another year. */
const WRONG = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1965', 'orsoni@file.example.fr');
const ORSONI = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956', 'orsoni@file.example.fr');
const CASANOVA = tenant('472', 'CASANOVA', 'JEAN-BAPTISTE', '03/11/1948');

const later = (span: number) => vi.setSystemTime(Date.now() + span);
const count = (table: string, where = '1') =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<number>('n');
/** The deeds of this test: rows of others stay for a year. */
const acts = async (kind: string) =>
  (
    await env.DB.prepare('SELECT * FROM acts WHERE kind = ? AND at >= ? ORDER BY at')
      .bind(kind, began)
      .all<Record<string, unknown>>()
  ).results;
const clientId = (reference: string) =>
  env.DB.prepare('SELECT id FROM clients WHERE reference = ?').bind(reference).first<number>('id');
let began = 0;

beforeEach(async () => {
  openMailbox();
  vi.setSystemTime(Date.now() + 2 * DAY);
  began = Date.now();
  await putRows(NO_ROWS);
  await forgetClients();
  await night(WRONG, CASANOVA);
});

/** Asks for help; the help code as the page says it. */
async function ask(fields: Record<string, string> = {}): Promise<string> {
  const page = await new Visitor().submit('/inscription/aide', { ...MARIE, ...fields });
  const code = /[A-Z2-9]{3}-[A-Z2-9]{3}/.exec(page.text)?.[0];
  if (!code) throw new Error(`No help code: ${page.status} ${page.text}`);
  return code;
}

const accepting = async (reference = '471') => ({
  reponse: 'oui',
  client: String(await clientId(reference)),
  preuve: 'called_back',
});
const stateOf = async (code: string) =>
  env.DB.prepare('SELECT state FROM help_requests WHERE code = ?')
    .bind(code.replace('-', ''))
    .first<string>('state');
/** The agent's way: the code that the caller says, and the form of the page it opens. */
async function answer(code: string, fields: Record<string, string>, agent = new Agent()): Promise<Page> {
  const { path } = await agent.search(code.toLowerCase().replace('-', ' '));
  return agent.act(path, fields);
}

describe('what waits', () => {
  it('is counted on the first page and listed, the oldest first, look-alikes together', async () => {
    const agent = new Agent();
    expect((await agent.open('/guichet')).text).toContain('Rien n’attend.');
    expect((await agent.open('/guichet/demandes')).text).toContain('Aucune demande à traiter.');
    const codes = [await ask()];
    later(MINUTE);
    codes.push(await ask({ reference: '99', nom: 'LECA', prenom: 'ANGE', date_naissance: '01/02/1950' }));
    later(MINUTE);
    codes.push(await ask(emails('other@x.example.fr')));
    expect((await agent.open('/guichet')).text).toContain('3 demandes de vérification à traiter');
    const list = await agent.open('/guichet/demandes');
    expect(list.text.match(/[A-Z2-9]{3}-[A-Z2-9]{3}/g)).toEqual([codes[0], codes[2], codes[1]]);
    expect(list.text.match(/ressemble à la précédente/g)?.length).toBe(1);
    expect(list.text).not.toContain('1956');
    const { path } = await agent.search(codes[0] ?? '');
    expect((await agent.open(path)).text).toContain(
      `comparez les adresses avant de répondre. Demande ${codes[2]}`,
    );
  });

  it('shows what was typed beside the file, the differing letters marked; who saw it is written down', async () => {
    const code = await ask({ nom: 'ORSINI', telephone: '06 12 34 56 78' });
    const agent = new Agent();
    const page = await agent.search(code);
    expect(page.title).toBe(`Demande ${code} – Guichet`);
    expect(page.html).toContain('14/07/19<mark>65</mark>');
    expect(page.html).toContain('ORS<mark>O</mark>NI');
    expect(page.html).toContain('ORS<mark>I</mark>NI');
    expect(page.html).not.toContain('<mark>471');
    expect(page.text).toContain('06 12 34 56 78');
    expect(page.text).not.toContain('Casanova');
    await agent.open(page.path);
    expect(await acts('see_request')).toEqual([
      expect.objectContaining({ agent: agent.email, client_id: await clientId('471'), words: code }),
    ]);
    // Whoever calls without the code is found by the number; the date stays inside the request.
    const client = await agent.search('471');
    expect(client.text).toContain(`Demandes qui lui ressemblent Demande ${code}, reçue`);
    expect(client.html).toContain(`href="${page.path}"`);
    expect(client.text).not.toContain('1965');
    expect((await agent.search('472')).text).not.toContain('Demandes qui lui ressemblent');
  });

  it('shows as text what a tenant typed, and says so when a request is gone', async () => {
    const code = await ask();
    await env.DB.prepare("UPDATE help_requests SET family_name = '<b>' || char(8238) || 'X'").run();
    expect((await new Agent().search(code)).html).toContain('U+202E');
    for (const id of ['999999', '0', 'x', '9'.repeat(400)])
      expect((await new Agent().open(`/guichet/demandes/${id}`)).status).toBe(404);
  });
});

describe('an agent decides', () => {
  it('it is this person: the link at the typed address, the notice at the file’s, the proof in the journal', async () => {
    const code = await ask();
    const agent = new Agent();
    const done = await answer(code, { ...(await accepting()), precision: 'rappelée à midi' }, agent);
    expect(done.text).toContain('C’est fait : le lien d’activation part à l’adresse écrite.');
    expect(done.html).not.toContain('1965');
    expect(lastMail('orsoni@file.example.fr').subject).toBe('Un compte demandé à votre nom');
    expect((await new Visitor().post(linkIn(lastMail(MARIE.email)), passwords(PASSWORD))).status).toBe(303);
    expect(await acts('accept_request')).toEqual([
      expect.objectContaining({
        agent: agent.email,
        client_id: await clientId('471'),
        reason: 'called_back',
        words: `${code}, rappelée à midi`,
      }),
    ]);
    expect((await agent.open('/guichet/journal?acte=accept_request')).text).toContain(
      'Rappelée au numéro de son dossier',
    );
    expect((await agent.open('/guichet/demandes')).text).toContain('Les dernières traitées');
  });

  it('the file is wrong: the person is told, and the file that is right sends the link', async () => {
    const code = await ask();
    const done = await answer(code, { reponse: 'fichier', client: String(await clientId('471')) });
    expect(done.text).toContain('la demande attend le fichier corrigé');
    expect(done.html).not.toContain('value="fichier"');
    expect(lastMail(MARIE.email).subject).toBe('Votre demande est en cours');
    expect(lastMail(MARIE.email).text).not.toMatch(/orsoni|471/i);
    expect(await acts('wait_for_file')).toEqual([expect.objectContaining({ words: code, reason: null })]);
    await night(ORSONI, CASANOVA);
    await runCron();
    expect(lastMail(MARIE.email).subject).toBe('Activez votre compte');
    expect((await new Agent().search(code)).text).toContain('Réglée par une mise à jour du fichier');
  });

  it('no: the person is told; where the mail does not arrive, the list says so', async () => {
    const code = await ask();
    providerIs('E_RECIPIENT_SUPPRESSED');
    const done = await answer(code, { reponse: 'non', precision: 'inconnue' });
    expect(done.text).toContain('un courriel dit que la demande n’aboutit pas');
    expect(await acts('refuse_request')).toEqual([
      expect.objectContaining({ client_id: null, words: `${code}, inconnue` }),
    ]);
    expect((await new Agent().open('/guichet/demandes')).text).toContain(
      'Refusée, courriel en attente (un courriel précédent à cette adresse est revenu)',
    );
    providerIs('up');
    expect(await count('accounts')).toBe(0);
  });

  it('two agents at once, then a late one: one decision, one row, one mail; the others are shown what holds', async () => {
    const code = await ask();
    const [one, other] = [new Agent(), new Agent('anne@capa.example')];
    const { path } = await one.search(code);
    const sent = { version: '', ...(await accepting()) };
    const said = await Promise.all([
      one.post(path, sent),
      other.post(path, { ...sent, reponse: 'non' }),
      other.post(path, { ...sent, reponse: 'fichier' }),
      one.post(path, sent),
    ]);
    expect(said.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409]);
    const late = await other.post(path, { ...sent, reponse: 'non' });
    expect([late.status, late.title]).toEqual([409, `Erreur : Demande ${code} – Guichet`]);
    expect(late.text).toContain('l’état a changé depuis que cette page est ouverte');
    const rows = ['accept_request', 'wait_for_file', 'refuse_request'].map(acts);
    expect((await Promise.all(rows)).flat().length).toBe(1);
    expect(mails(MARIE.email).length).toBe(1);
    expect(await findBroken()).toEqual([]);
  });

  it('what a page showed before another agent let it wait decides nothing any more', async () => {
    const code = await ask();
    const agent = new Agent();
    const { path } = await agent.search(code);
    await answer(code, { reponse: 'fichier' }, new Agent('anne@capa.example'));
    const stale = await agent.post(path, { version: '', ...(await accepting()) });
    expect([stale.status, stale.text]).toEqual([409, expect.stringContaining('attend que le fichier')]);
    expect((await answer(code, await accepting(), agent)).text).toContain('le lien d’activation part');
    expect((await acts('accept_request')).length).toBe(1);
  });

  it('for somebody on the page, whose identity was proven; what is missing is told at its field', async () => {
    const code = await ask();
    const agent = new Agent();
    const { path } = await agent.search(code);
    const all = { version: '', ...(await accepting()) };
    for (const [fields, field] of [
      [{ ...all, preuve: '' }, 'preuve'],
      [{ ...all, client: '' }, 'client'],
      [{ ...all, client: String(await clientId('472')) }, 'client'],
      [{ ...all, reponse: '' }, 'reponse'],
      [{ ...all, precision: 'x'.repeat(301) }, 'precision'],
    ] as [Record<string, string>, string][]) {
      const page = await agent.post(path, fields);
      expect([page.status, page.html.includes(`id="${field}-error"`)]).toEqual([422, true]);
    }
    expect([await stateOf(code), await count('accounts'), mails().length]).toEqual(['open', 0, 0]);
  });

  it('not for who has an account, nor for who is held: the page says why, and the request stays', async () => {
    const code = await ask();
    await env.DB.prepare("UPDATE clients SET held_at = 1 WHERE reference = '471'").run();
    const held = await answer(code, await accepting());
    expect([held.status, held.text]).toEqual([422, expect.stringContaining('ce client est retenu')]);
    await env.DB.prepare('UPDATE clients SET held_at = NULL').run();
    const born = { date_naissance: '14/07/1965', ...emails('first@x.example.fr') };
    await new Visitor().post('/inscription', { ...MARIE, ...born });
    await new Visitor().post(linkIn(lastMail('first@x.example.fr')), passwords(PASSWORD));
    const active = await answer(code, await accepting());
    expect([active.status, active.text]).toEqual([422, expect.stringContaining('a déjà un compte actif')]);
    expect([await stateOf(code), (await acts('accept_request')).length]).toEqual(['open', 0]);
  });
});

describe('a code', () => {
  const given = { remise: 'counter', preuve: 'document_shown' };
  const codeIn = (page: Page) => /[GP][A-Z2-9]{4}-[A-Z2-9]{5}/.exec(page.text)?.[0] ?? '';
  const use = (code: string) =>
    new Visitor().submit('/code', { reference: '472', code, ...passwords(PASSWORD) });

  it('is on the sheet, once; it opens the account, and is in the journal', async () => {
    const agent = new Agent();
    const { path, text } = await agent.search('472');
    expect(text).toContain('Donner un code');
    const sheet = await agent.act(`${path}/code`, given);
    expect([sheet.status, sheet.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(sheet.text).toContain('ophcapa.scepia.fr/code');
    expect(sheet.text).toContain('Votre référence 472');
    expect(sheet.text).toMatch(/Appelez-nous au 04.95/);
    expect(sheet.html).toMatch(/<div class="qr" role="img"[^>]*><svg/);
    const code = codeIn(sheet);
    expect(code).toMatch(/^G/);
    expect((await agent.open(path)).text).not.toContain(code);
    expect((await use(code)).title).toBe('Votre compte est créé – Portail locataire');
    expect(await acts('give_code')).toEqual([
      expect.objectContaining({
        agent: agent.email,
        client_id: await clientId('472'),
        reason: 'document_shown',
      }),
    ]);
  });

  it('by post begins with P; the sheet sent again makes no other, and the first stays good', async () => {
    const agent = new Agent();
    const { path } = await agent.search('472');
    const sent = { version: '', remise: 'post', preuve: 'lease_details' };
    const [sheet, twice] = [await agent.post(`${path}/code`, sent), await agent.post(`${path}/code`, sent)];
    expect([sheet.status, twice.status]).toEqual([200, 409]);
    expect(twice.text).toContain('Rien n’a été fait');
    expect((await acts('post_code')).length).toBe(1);
    expect(codeIn(sheet)).toMatch(/^P/);
    later(MINUTE);
    const form = await agent.open(`${path}/code`);
    expect(form.text).toContain(`par ${agent.email}. Le nouveau le remplace.`);
    expect((await use(codeIn(sheet))).title).toContain('Votre compte est créé');
  });

  it('for an account with an address is told to it, and seen in the space', async () => {
    const casanova = {
      reference: '472',
      nom: 'CASANOVA',
      prenom: 'JEAN-BAPTISTE',
      date_naissance: '03/11/1948',
    };
    const holder = new Visitor();
    await holder.post('/inscription', { ...MARIE, ...casanova, ...emails('jb@x.example.fr') });
    await holder.post(linkIn(lastMail('jb@x.example.fr')), passwords(PASSWORD));
    const identifiant = identifierIn(lastMail('jb@x.example.fr'));
    const agent = new Agent();
    await agent.act(`${(await agent.search('472')).path}/code`, given);
    expect(lastMail('jb@x.example.fr').subject).toBe('Un code pour votre compte');
    await holder.submit('/connexion', { identifiant, mot_de_passe: PASSWORD });
    expect((await holder.open('/espace/mes-donnees')).text).toMatch(/ode préparé(,)? par votre gestionnaire/);
  });

  it('is void once the account is protected, or closed', async () => {
    const casanova = {
      reference: '472',
      nom: 'CASANOVA',
      prenom: 'JEAN-BAPTISTE',
      date_naissance: '03/11/1948',
    };
    await new Visitor().post('/inscription', { ...MARIE, ...casanova, ...emails('jb@x.example.fr') });
    await new Visitor().post(linkIn(lastMail('jb@x.example.fr')), passwords(PASSWORD));
    const manager = MANAGER();
    const { path } = await manager.search('472');
    for (const act of ['connexions', 'fermeture']) {
      const code = codeIn(await manager.act(`${path}/code`, given));
      await manager.act(`${path}/${act}`, { motif: 'intruder' });
      expect([act, (await use(code)).status]).toEqual([act, 422]);
      later(MINUTE);
    }
  });

  it('needs a proof and a way to its person, and is not for who is held', async () => {
    const { path } = await new Agent().search('472');
    for (const field of ['remise', 'preuve']) {
      const page = await new Agent().act(`${path}/code`, { ...given, [field]: '' });
      expect([page.status, page.html.includes(`id="${field}-error"`)]).toEqual([422, true]);
    }
    await MANAGER().act(`${path}/retenue`, { motif: 'death' });
    expect((await new Agent().open(path)).text).not.toContain('Donner un code');
    expect((await new Agent().post(`${path}/code`, { version: '', ...given })).status).toBe(409);
    expect(await count('codes')).toBe(0);
  });
});
