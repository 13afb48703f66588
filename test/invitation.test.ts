// Letters that invite to sign up: the form that a QR opens, who is written to, what the desk notes.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, LETTER_COOKIE_LIFETIME, LETTERS } from '../src/numbers.ts';
import { Agent, accessOf, DESK, MANAGER } from './support/agent.ts';
import { forgetClients, postFile, tenant } from './support/client-file.ts';
import { openMailbox } from './support/mailbox.ts';
import { MARIE, type Page, readPage, request, Visitor } from './support/visitor.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email;secteur';
const FORM = '/inscription';
const RUN = '/guichet/lettres/tirage';

beforeEach(() => {
  openMailbox();
  vi.useRealTimers();
});

/** The value of the form's reference; undefined when it is empty. */
const referenceIn = ({ html }: Page) =>
  /<input id="reference"[^>]*? value="([^"]*)"/.exec(html)?.[1] || undefined;
/** Opens what the QR says, as a phone's camera does: in a browser that comes from nowhere. */
async function scan(reference: string, visitor = new Visitor()) {
  const answer = await visitor.open(`${FORM}?reference=${encodeURIComponent(reference)}`);
  return { answer, visitor, page: await visitor.open(answer.location ?? '') };
}

describe('the address of a QR', () => {
  it('leads to the clean address, where the form has the reference and says where it comes from', async () => {
    const { answer, page } = await scan('4714');
    expect([answer.status, answer.location, answer.html]).toEqual([303, FORM, '']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect([page.status, referenceIn(page)]).toEqual([200, '4714']);
    expect(page.title).toBe('Créer votre espace client – Portail locataire');
    expect(page.text).toContain('Ce numéro vient de votre courrier. Vérifiez que c’est bien le vôtre');
    // A screen reader says it with the field.
    expect(page.html).toMatch(/id="reference-hint"><p><strong>Ce numéro vient/);
    expect((await new Visitor().open(FORM)).text).not.toContain('vient de votre courrier');
  });

  it('comes from another app: its cookie is no script’s, and goes along with a link from elsewhere', async () => {
    const answer = await request(`${FORM}?reference=4714`, { headers: { 'sec-fetch-site': 'cross-site' } });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-lettre=/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=1800'])
      expect(cookie).toContain(part);
  });

  it.each([
    ['L 4714', 'L 4714'],
    ['F-2024-0018', 'F-2024-0018'],
    ['L 47/14&x=1', 'L 47/14&amp;x=1'],
    [' 00471 ', '00471'],
    ['٤٧١', '٤٧١'],
    ['47\u200b1', '471'],
    ['<script>1</script>', '&lt;script&gt;1&lt;/script&gt;'],
    ['"><b>1', '&quot;&gt;&lt;b&gt;1'],
  ])('%j is %j in the form', async (brought, shown) => {
    expect(referenceIn((await scan(brought)).page)).toBe(shown);
  });

  it.each(['', 'abc', '4'.repeat(31), '471\u0000', '471\r\nx: y', '\u202e471', '\ufffd471', '😀'])(
    '%j can be no reference: the form is empty, and an earlier one is forgotten',
    async (brought) => {
      const { visitor } = await scan('4714');
      const { answer, page } = await scan(brought, visitor);
      expect([answer.status, answer.location, page.status, referenceIn(page)]).toEqual([
        303,
        FORM,
        200,
        undefined,
      ]);
      expect(page.text).not.toContain('vient de votre courrier');
    },
  );

  it('a broken address does no harm', async () => {
    for (const query of ['reference=%FF', 'reference', 'reference=471&reference=472', 'reference[]=1', 'x=1'])
      expect([query, (await new Visitor().open(`${FORM}?${query}`)).status < 400]).toEqual([query, true]);
  });

  it('without cookies the form is empty and works', async () => {
    const answer = await request(`${FORM}?reference=471`);
    const page = await readPage(await request(answer.headers.get('location') ?? ''));
    expect([page.status, referenceIn(page)]).toEqual([200, undefined]);
  });

  it('says the same whether the client exists, has an account or is nobody, and asks the database nothing', async () => {
    const prepare = vi.spyOn(env.DB, 'prepare');
    const pages = await Promise.all(['471', '472', '999'].map(async (one) => (await scan(one)).page));
    const same = pages.map(({ html }) => html.replace(/value="\d{3}"/, 'value="n"'));
    expect(new Set(same).size).toBe(1);
    expect(prepare).not.toHaveBeenCalled();
    prepare.mockRestore();
  });

  it('stays in no log', async () => {
    const logged = vi.spyOn(console, 'log');
    const { visitor } = await scan('471998');
    await visitor.post(FORM, { ...MARIE, reference: '471998' });
    await new Visitor().open('/nulle-part?reference=471998');
    expect(logged.mock.calls.length).toBeGreaterThan(0);
    expect(logged.mock.calls.join()).not.toContain('471998');
  });

  it('survives a reload for half an hour, and no forger', async () => {
    const { visitor } = await scan('4714');
    const cookie = visitor.cookies.get('__Host-lettre') ?? '';
    vi.setSystemTime(Date.now() + LETTER_COOKIE_LIFETIME - 1000);
    expect(referenceIn(await visitor.open(FORM))).toBe('4714');
    vi.setSystemTime(Date.now() + 2000);
    expect(referenceIn(await visitor.open(FORM))).toBeUndefined();
    vi.useRealTimers();
    visitor.cookies.set('__Host-lettre', cookie.replace('4714', '4715'));
    expect(referenceIn(await visitor.open(FORM))).toBeUndefined();
  });

  it('gives way to what is typed, and is forgotten once the account is asked for', async () => {
    const { visitor } = await scan('4714');
    const back = await visitor.post(FORM, { ...MARIE, reference: '472', email: 'x' });
    expect([back.status, referenceIn(back)]).toEqual([422, '472']);
    expect(back.text).not.toContain('vient de votre courrier');
    const empty = await visitor.post(FORM, { ...MARIE, reference: '' });
    expect([empty.status, referenceIn(empty)]).toEqual([422, undefined]);
    const { page } = await scan('471 4', visitor);
    const sent = await visitor.post(FORM, { ...MARIE, reference: referenceIn(page) ?? '' });
    expect([sent.status, sent.location]).toEqual([303, '/inscription/courriel']);
    expect(visitor.cookies.has('__Host-lettre')).toBe(false);
    expect(referenceIn(await visitor.open(FORM))).toBeUndefined();
  });
});

/** Tenants 1001, 1002 … in sectors, as a file of the landlord's. */
async function putClients(sectors: Record<string, number>): Promise<void> {
  await forgetClients();
  const names = Object.entries(sectors).flatMap(([sector, count]) => Array<string>(count).fill(sector));
  const lines = names.map((sector, n) => {
    const name = [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
    return `${tenant(String(1001 + n), `VESCOVATO${name}`, 'LUCIE', '12/05/1951')};${sector}`;
  });
  const { report } = await postFile([HEAD, ...lines, ''].join('\n'));
  expect(report.outcome).toBe('applied');
}

/** The references on the letters of a page, in their order. */
const lettersIn = ({ html }: Page) =>
  [...html.matchAll(/class="letter-reference">([^<]*)</g)].map(([, reference]) => reference);
const run = (secteur: string, apres = '', agent = MANAGER()) => agent.post(RUN, { secteur, apres });
const afterIn = ({ html }: Page) => /name="apres" value="(\d+)"/.exec(html)?.[1] ?? '';
const acts = async (kind: string, since: number) =>
  (
    await env.DB.prepare('SELECT agent, client_id, words FROM acts WHERE kind = ? AND at >= ?')
      .bind(kind, since)
      .all<Record<string, unknown>>()
  ).results;
/** Lets the rows of earlier tests be older. */
function begin(): number {
  vi.setSystemTime(Date.now() + 2 * DAY);
  return Date.now();
}

describe('a run of letters', () => {
  it('has who is present, is not held and has no open account, of one sector or of all', async () => {
    await putClients({ 'Les Salines': 5, Pietralba: 1, '': 1 });
    const change = (set: string, reference: string) =>
      env.DB.prepare(`UPDATE clients SET ${set} WHERE reference = ?`).bind(reference).run();
    await change('left_at = 1', '1001');
    await change('held_at = 1', '1002');
    const account = env.DB.prepare(
      `INSERT INTO accounts (client_id, identifier, state, created_at) SELECT id, 'X' || reference, ?, 1 FROM clients WHERE reference = ?`,
    );
    await env.DB.batch([account.bind('pending', '1003'), account.bind('closed', '1004')]);
    expect(lettersIn(await run('Les Salines'))).toEqual(['1004', '1005']);
    expect(lettersIn(await run('Pietralba'))).toEqual(['1006']);
    expect(lettersIn(await run(''))).toEqual(['1004', '1005', '1006', '1007']);
    await env.DB.prepare("UPDATE accounts SET state = 'active'").run();
    const nobody = begin();
    const page = await run('Ailleurs');
    expect([page.status, lettersIn(page), page.text.includes('Personne à inviter')]).toEqual([200, [], true]);
    expect(await acts('print_letters', nobody)).toEqual([]);
  });

  it('is 500 at most; the next goes on behind the last, whoever signs up in between', async () => {
    await putClients({ 'Les Salines': LETTERS.perRun + 2 });
    const first = await run('Les Salines');
    expect(lettersIn(first).length).toBe(500);
    expect(first.text).toContain('Lettres 1 à 500 sur 502.');
    expect(first.text).toContain('Préparer les suivantes, 501 à 502');
    await env.DB.prepare(
      `INSERT INTO accounts (client_id, identifier, state, created_at) SELECT id, 'X', 'pending', 1 FROM clients WHERE reference = '1007'`,
    ).run();
    const second = await run('Les Salines', afterIn(first));
    expect(lettersIn(second)).toEqual(['1501', '1502']);
    expect(second.text).toContain('Lettres 500 à 501 sur 501.');
    expect(second.text).toContain('Ce sont les dernières.');
    expect(second.html).not.toContain('name="apres"');
    // Sent again, by a reload, a run is the same.
    expect(lettersIn(await run('Les Salines', afterIn(first)))).toEqual(['1501', '1502']);
  });

  it('asks the database once, and is one row of the journal: sector and count', async () => {
    await putClients({ 'Bât\u202E <b>': 3 });
    const since = begin();
    const batch = vi.spyOn(env.DB, 'batch');
    const page = await run('Bât <b>');
    expect(batch).toHaveBeenCalledTimes(1);
    batch.mockRestore();
    expect(lettersIn(page).length).toBe(3);
    expect(page.html).not.toContain('<b>');
    expect(await acts('print_letters', since)).toEqual([
      { agent: 'chef@capa.example', client_id: null, words: 'Bât <b>, 3' },
    ]);
    await run('');
    expect((await acts('print_letters', since)).map(({ words }) => words)).toEqual(['Bât <b>, 3', '3']);
    const journal = await MANAGER().open('/guichet/journal?acte=print_letters');
    expect(journal.text).toContain('a fait des lettres à imprimer');
    expect(journal.text).toContain('Bât <b>, 3');
  });

  it('is chosen among the sectors in which somebody is; a file without any has « tout le fichier »', async () => {
    await putClients({ 'Secteur 10': 1, 'Secteur 9': 1, Vide: 1, '': 1 });
    await env.DB.prepare("UPDATE clients SET left_at = 1 WHERE sector = 'Vide'").run();
    const options = ({ html }: Page) => [...html.matchAll(/<option[^>]*>([^<]*)/g)].map(([, label]) => label);
    expect(options(await MANAGER().open('/guichet/lettres'))).toEqual([
      'Tout le fichier',
      'Secteur 9',
      'Secteur 10',
    ]);
    await putClients({ '': 2 });
    expect(options(await MANAGER().open('/guichet/lettres'))).toEqual(['Tout le fichier']);
    const unread = await MANAGER().post(RUN, { secteur: 'x'.repeat(61), apres: '' });
    expect([unread.status, unread.html.includes('id="secteur-error"')]).toEqual([422, true]);
    expect((await MANAGER().post(RUN, { secteur: '', apres: '1; DROP' })).status).toBe(422);
  });

  it('is a manager’s, as the list of who is not in is: names of many; the reception is led to one person', async () => {
    const agent = new Agent();
    const page = await agent.open('/guichet/lettres');
    expect(page.text).toContain('Les lettres d’un secteur sont réservées aux responsables.');
    expect(page.html).not.toContain('<form');
    const since = begin();
    const refused = await run('', '', agent);
    expect([refused.status, lettersIn(refused)]).toEqual([403, []]);
    expect(await acts('print_letters', since)).toEqual([]);
    // Without Access, or for another application, there is no such address.
    for (const access of [undefined, accessOf('chef@capa.example', 'another')])
      for (const path of ['/guichet/lettres', RUN, '/guichet/clients/1/lettre'])
        expect((await request(path, {}, DESK, access)).status).toBe(404);
  });
});

describe('a letter', () => {
  const letterTo = async (reference: string, bindings = DESK) => {
    const agent = new Agent();
    const { path } = await agent.search(reference);
    const headers = { 'sec-fetch-site': 'same-origin' };
    const init = { method: 'POST', headers, body: new URLSearchParams() };
    return readPage(await request(`${path}/lettre`, init, bindings, agent.access));
  };

  it('to one person is everybody’s at the desk, from the client’s page, and one row on that client', async () => {
    await putClients({ 'Les Salines': 1 });
    const since = begin();
    const agent = new Agent();
    const { path, text } = await agent.search('1001');
    expect(text).toContain('Imprimer une lettre d’invitation');
    expect((await agent.open(`${path}/lettre`)).status).toBe(200);
    expect(await acts('print_letter', since)).toEqual([]);
    const page = await agent.post(`${path}/lettre`);
    expect([page.status, lettersIn(page)]).toEqual([200, ['1001']]);
    const id = Number(path.split('/').pop());
    expect(await acts('print_letter', since)).toEqual([{ agent: agent.email, client_id: id, words: null }]);
    expect((await agent.open(path)).text).toContain('a fait une lettre à imprimer');
  });

  it('says whose it is, who writes, where to go, whom to call', async () => {
    await putClients({ 'Les Salines': 1 });
    const page = await letterTo('1001');
    for (const part of [
      'Office Public de l’Habitat de la Communauté',
      'Lucie Vescovatoa Les Salines',
      'ophcapa.scepia.fr/inscription',
      'Votre référence 1001',
      'Votre espace client vous attend',
      '04 95 22 10 42',
    ])
      expect(page.text).toContain(part);
    expect(page.html.match(/<li><img src="[^"]*\.svg"/g)?.length).toBe(3);
    expect(page.html).toMatch(/<div class="qr" role="img" aria-label="[^"]*"><svg/);
    expect(page.html).not.toContain('1951');
  });

  it('to who has an account meanwhile, is held or left is none: the page says so, nothing is noted', async () => {
    await putClients({ 'Les Salines': 1 });
    for (const set of ['held_at', 'left_at']) {
      await env.DB.prepare(`UPDATE clients SET ${set} = 1`).run();
      const since = begin();
      const page = await letterTo('1001');
      expect([page.status, lettersIn(page), await acts('print_letter', since)]).toEqual([409, [], []]);
      const agent = new Agent();
      const { path, text } = await agent.search('1001');
      expect(text).not.toContain('Imprimer une lettre');
      expect((await agent.open(`${path}/lettre`)).text).toContain('Rien n’a été fait');
      await env.DB.prepare(`UPDATE clients SET ${set} = NULL`).run();
    }
    await env.DB.prepare(
      `INSERT INTO accounts (client_id, identifier, state, created_at) SELECT id, 'X', 'active', 1 FROM clients`,
    ).run();
    expect((await letterTo('1001')).status).toBe(409);
  });

  it('begins with the landlord’s own words, as text', async () => {
    await putClients({ 'Les Salines': 1 });
    const words = 'Madame, Monsieur,\n<script>alert(1)</script> « bienvenue »';
    const page = await letterTo('1001', { ...DESK, LETTER_WORDS: words } as typeof env);
    expect(page.html).toContain('Madame, Monsieur,\n&lt;script&gt;alert(1)&lt;/script&gt; « bienvenue »');
    expect(page.text).not.toContain('Votre espace client vous attend');
    expect(page.html).not.toContain('<script>alert');
  });
});
