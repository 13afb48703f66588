// The client file from the browser: compared, then applied as it was compared, or not at all; and every time written down.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAccount, newTenant } from './support/account.ts';
import { Agent, accessOf, DESK, MANAGER } from './support/agent.ts';
import {
  clientFile,
  forgetClients,
  night,
  people,
  postFile,
  supplier,
  tenant,
} from './support/client-file.ts';
import { openMailbox } from './support/mailbox.ts';
import { type Page, readPage, request } from './support/visitor.ts';

const PATH = '/guichet/fichier';
const MARIE = tenant('471', 'ORSONI', 'MARIE', '14/07/1956');
const JEAN = tenant('472', 'CASANOVA', 'JEAN', '03/11/1948');
const PAUL = tenant('473', 'PAOLI', 'PAUL', '01/02/1970');
const SIX = ['A', 'B', 'C', 'D', 'E', 'F'].map((sign, nth) =>
  tenant(String(500 + nth), `NOM${sign}`, 'ANNE', '01/02/1960'),
);
const CHEF = 'chef@capa.example';

type Sent = {
  fields?: Record<string, string>;
  name?: string;
  headers?: Record<string, string>;
  access?: CloudflareAccessContext | null;
};

const part = (head: string, content: string) =>
  `--limit\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;

/** The body of the form, as a browser writes it: the fields, then the file. */
function formOf(content: string, { fields = {}, name = 'clients.csv' }: Sent = {}): string {
  const before = Object.entries(fields).map(([field, value]) => part(`name="${field}"`, value));
  return `${before.join('')}${part(`name="fichier"; filename="${name}"`, content)}--limit--\r\n`;
}

let networks = 0;

async function post(body: BodyInit, { headers = {}, access = accessOf(CHEF) }: Sent = {}): Promise<Page> {
  const all = {
    'content-type': 'multipart/form-data; boundary=limit',
    'sec-fetch-site': 'same-origin',
    'cf-connecting-ip': `198.17.0.${++networks % 250}`,
    ...headers,
  };
  const init = { method: 'POST', headers: all, body };
  return readPage(await request(PATH, init, DESK, access ?? undefined));
}

/** Sends a file of these lines, as the first form does: to be compared. */
const compare = (...lines: string[]) => post(formOf(clientFile(...lines)));

const fingerprintIn = (page: Page) => /name="empreinte" value="([^"]*)"/.exec(page.html)?.[1] ?? '';

/** Sends it again from the page of its report. */
const apply = (page: Page, lines: string[], partants?: string) =>
  post(
    formOf(clientFile(...lines), {
      fields: { empreinte: fingerprintIn(page), ...(partants === undefined ? {} : { partants }) },
    }),
  );

const open = (path = PATH) => MANAGER().open(path);
const imports = async () =>
  (await env.DB.prepare('SELECT state, sent_by FROM imports ORDER BY id').all()).results.map(
    ({ state, sent_by }) => `${state} by ${sent_by}`,
  );
/** The journal's lines of files, the newest last, without the import's number. */
const noted = async () =>
  (
    await env.DB.prepare("SELECT agent, words FROM acts WHERE kind = 'send_file' ORDER BY rowid").all<
      Record<'agent' | 'words', string>
    >()
  ).results.map(({ agent, words }) => `${words.replace(/ \d+$/, '')} by ${agent}`);

let before = 0;
beforeEach(async () => {
  await forgetClients();
  await night(MARIE, JEAN);
  await env.DB.prepare("DELETE FROM imports WHERE state <> 'applied'").run();
  before = (await noted()).length;
});

const notedNow = async () => (await noted()).slice(before);

describe('compare, then apply', () => {
  it('comparing tells all and changes nothing', async () => {
    const page = await compare(MARIE.replace('MARIE;', 'MARIE-DOMINIQUE;'), JEAN, PAUL);
    expect([page.status, page.title]).toEqual([200, 'Comparaison du fichier – Guichet']);
    expect(page.text).toContain('Fichier : clients.csv, 3 lignes.');
    expect(page.text).toContain('Essai : rien n’a été changé.');
    expect(page.text).toMatch(/nouveaux 1 à modifier 1 partiraient 0 de retour 0 inchangés 1/);
    expect(page.text).toContain('Colonnes qui changent : prenom (1).');
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN']);
    expect(await imports()).toEqual(['applied by null', `tried by ${CHEF}`]);
    expect(await notedNow()).toEqual([`tried by ${CHEF}`]);
  });

  it('the same file is applied, and its page says what it did and who sent it', async () => {
    const compared = await compare(MARIE, JEAN, PAUL);
    const answer = await apply(compared, [MARIE, JEAN, PAUL]);
    expect([answer.status, answer.location]).toEqual([
      303,
      expect.stringMatching(/^\/guichet\/fichier\/\d+$/),
    ]);
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN', 'PAOLI PAUL']);
    const page = await open(answer.location ?? '');
    expect(page.text).toMatch(/Appliqué .*Envoyé par chef@capa\.example\./);
    expect(page.text).toMatch(/nouveaux 1 modifiés 0 partis 0/);
    expect(page.html).not.toContain('empreinte');
    expect((await imports()).at(-1)).toBe(`applied by ${CHEF}`);
    expect(await notedNow()).toEqual([`tried by ${CHEF}`, `applied by ${CHEF}`]);
    const number = answer.location?.split('/').at(-1);
    expect((await open('/guichet/journal?acte=send_file')).text).toContain(
      `chef@capa.example a envoyé le fichier des clients appliqué, import n° ${number}`,
    );
    expect((await open('/guichet/journal/export?acte=send_file')).html).toContain(
      `appliqué, import n°\u00a0${number}`,
    );
  });

  it('another file than was compared is not applied: its own report follows', async () => {
    const compared = await compare(MARIE, JEAN, PAUL);
    const answer = await apply(compared, [MARIE, JEAN, ...SIX]);
    expect([answer.status, answer.title]).toEqual([409, 'Erreur : Comparaison du fichier – Guichet']);
    expect(answer.text).toContain('Ce n’est pas le fichier comparé');
    expect(answer.text).toContain('nouveaux 6');
    expect(await people()).toHaveLength(2);
    expect(await notedNow()).toEqual([`tried by ${CHEF}`, `refused by ${CHEF}`]);
    expect((await apply(answer, [MARIE, JEAN, ...SIX])).status).toBe(303);
    expect(await people()).toHaveLength(8);
  });

  it('nor is the same file once other clients stand there', async () => {
    const compared = await compare(MARIE, JEAN, PAUL);
    await night(MARIE, JEAN, ...SIX);
    const answer = await apply(compared, [MARIE, JEAN, PAUL]);
    expect([answer.status, await people()]).toEqual([409, expect.not.arrayContaining(['PAOLI PAUL'])]);
  });

  it('a fingerprint of nothing applies nothing', async () => {
    for (const empreinte of ['', 'x', '0'.repeat(16)])
      expect((await post(formOf(clientFile(MARIE, JEAN, PAUL), { fields: { empreinte } }))).status).toBe(409);
    expect(await people()).toHaveLength(2);
  });

  it('a file that changes nothing says so', async () => {
    expect((await compare(MARIE, JEAN)).text).toContain('Ce fichier ne changerait aucun client.');
  });
});

describe('a guard', () => {
  it('asks for the number of clients who would leave: nothing else lets the file past', async () => {
    await night(MARIE, JEAN, ...SIX);
    const compared = await compare(MARIE, JEAN, PAUL);
    expect(compared.text).toContain('Plus de 20 % des clients partiraient. Le fichier est-il complet ?');
    expect(compared.text).toContain('Clients qui partiraient : 6 sur 8.');
    expect(compared.html).toContain('name="partants"');
    for (const [typed, sentence] of [
      [undefined, 'Écrivez combien de clients partiraient'],
      [' ', 'Écrivez combien de clients partiraient'],
      ['5', 'Ce n’est pas le nombre de clients qui partiraient'],
      ['06', 'Ce n’est pas le nombre'],
      ['6.0', 'Ce n’est pas le nombre'],
    ] as const) {
      const answer = await apply(compared, [MARIE, JEAN, PAUL], typed);
      expect([typed, answer.status, answer.text]).toEqual([typed, 422, expect.stringContaining(sentence)]);
      expect(answer.html).toContain('href="#partants"');
    }
    expect(await people()).toHaveLength(8);
    const answer = await apply(compared, [MARIE, JEAN, PAUL], ' 6\u00a0');
    expect(answer.status).toBe(303);
    expect((await people()).filter((one) => one.endsWith('(left)'))).toHaveLength(6);
  });

  it('is not asked about where none stands', async () => {
    expect((await compare(MARIE, JEAN, PAUL)).html).not.toContain('partants');
  });

  it('the number alone, without what was compared, is nothing', async () => {
    const fields = { empreinte: '', partants: '1' };
    const answer = await post(formOf(clientFile(JEAN), { fields }));
    expect([answer.status, await people()]).toEqual([409, ['ORSONI MARIE', 'CASANOVA JEAN']]);
  });
});

describe('the report', () => {
  it('names a client who would leave with an account first, and the lines to take away', async () => {
    openMailbox();
    const holder = await newTenant();
    await createAccount(holder);
    const page = await compare(PAUL);
    expect(page.text).toMatch(
      /Clients absents du fichier \(3\) Télécharger cette liste 70\d+ VESCOVATO\w+ LUCIE \(a un compte\) 471 ORSONI MARIE/,
    );
    expect(download(page, 'absents.csv')).toMatch(
      /^\ufeffreference;nom;compte\r\n70\d+;VESCOVATO\w+ LUCIE;oui\r\n471;ORSONI MARIE;\r\n/,
    );
    expect(page.text).toContain('1 compte dont le client part');
  });

  it('lists rejected lines with their reason, escaped; and gives them back', async () => {
    const evil = tenant('=1+1<script>alert(1)</script>', 'PAOLI', 'PAUL', '<b>31</b>');
    const page = await compare(MARIE, JEAN, evil);
    expect(page.text).toContain('Lignes rejetées (');
    expect(page.text).toContain(
      'Ligne 4 : date_naissance n’est pas une date de naissance (JJ/MM/AAAA) (« <b>31</b> »)',
    );
    expect(page.html).not.toMatch(/<script>alert|<b>31/);
    const csv = download(page, 'lignes-a-corriger.csv');
    expect(csv).toContain('profil;reference;nom');
    expect(csv).toContain("'=1+1<script>");
  });

  it('keeps no rejected line: the page of the import says so', async () => {
    const lines = [
      MARIE,
      JEAN,
      tenant('480', 'SANTONI', 'LUC', '31/02/1975'),
      ...SIX,
      ...Array(11).fill(MARIE),
    ];
    const { location } = await apply(await compare(...lines), lines);
    const page = await open(location ?? '');
    expect(page.text).toContain('Les lignes elles-mêmes ne sont pas gardées');
    expect(page.html).not.toContain('lignes-a-corriger.csv');
  });

  it('the name of the file is what its sender calls it, and no more', async () => {
    const page = await post(formOf(clientFile(MARIE, JEAN), { name: '<i>été\u202e.csv' }));
    expect(page.html).toContain('&lt;i&gt;été‹U+202E›.csv');
  });
});

/** What a link of the page holds. */
function download(page: Page, name: string): string {
  const [, address = ''] =
    new RegExp(`download="${name}" href="data:text/csv;charset=utf-8,([^"]*)"`).exec(page.html) ?? [];
  return decodeURIComponent(address.replaceAll('&#39;', "'"));
}

describe('what is no client file, or not whole', () => {
  const untouched = async () => expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN']);

  it('cut on its way: nothing is changed, and the list says that it broke off', async () => {
    const compared = await compare(MARIE, JEAN, PAUL);
    const whole = formOf(clientFile(MARIE, JEAN, PAUL), { fields: { empreinte: fingerprintIn(compared) } });
    for (const body of [whole.slice(0, -12), whole.replace(/--\r\n$/, '')]) {
      const answer = await post(body);
      expect([answer.status, answer.text]).toEqual([
        422,
        expect.stringContaining('L’envoi s’est interrompu'),
      ]);
      expect(answer.text).toContain('Rien n’a été changé');
    }
    await untouched();
    expect((await open()).text).toContain('Interrompu chef@capa.example');
    expect(await notedNow()).toEqual([`tried by ${CHEF}`, ...Array(2).fill(`failed by ${CHEF}`)]);
    expect((await post(whole)).status).toBe(303);
  });

  it('shorter than its sender announced', async () => {
    const compared = await compare(MARIE, JEAN, PAUL);
    const whole = formOf(clientFile(MARIE, JEAN, PAUL), { fields: { empreinte: fingerprintIn(compared) } });
    const headers = { 'content-length': String(whole.length + 1) };
    const answer = await post(new Blob([whole]).stream(), { headers });
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('L’envoi s’est interrompu')]);
    await untouched();
  });

  it('whose connection breaks off in the middle', async () => {
    const whole = formOf(clientFile(MARIE, JEAN, PAUL), {
      fields: { empreinte: fingerprintIn(await compare(MARIE, JEAN, PAUL)) },
    });
    const chunks = [whole.slice(0, 300), undefined];
    const body = new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) controller.enqueue(new TextEncoder().encode(chunk));
        else controller.error(new Error('Network connection lost.'));
      },
    });
    const answer = await post(body);
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('L’envoi s’est interrompu')]);
    await untouched();
  });

  it.each([
    ['no file chosen', formOf('', { name: '' }), 'Choisissez le fichier.'],
    ['a form without a file', `${part('name="empreinte"', 'x')}--limit--\r\n`, 'Choisissez le fichier.'],
    ['an empty file', formOf(''), 'Le fichier est vide. (ligne 1)'],
    ['no form at all', 'nom;prenom', 'L’envoi s’est interrompu'],
    ['a workbook', formOf('PK\u0003\u0004'.padEnd(2000, 'x')), 'n’est pas un fichier CSV mais un classeur'],
    ['another file', formOf('nom;prenom\nx;y\n'), 'Il manque une colonne. (ligne 1, colonne « reference »)'],
    ['the names of columns alone', formOf(clientFile()), 'ne contient que les noms des colonnes'],
  ])('%s', async (_, body, sentence) => {
    const answer = await post(body);
    expect([answer.status, answer.title, answer.text]).toEqual([
      422,
      'Erreur : Fichier des clients – Guichet',
      expect.stringContaining(sentence),
    ]);
    expect(answer.html).toContain('href="#fichier"');
    await untouched();
  });

  it('a browser that sends no files, and what is no form', async () => {
    const bare = await MANAGER().post(PATH, { fichier: 'clients.csv' });
    expect([bare.status, bare.text]).toEqual([422, expect.stringContaining('Choisissez le fichier.')]);
    expect((await post('x', { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    await untouched();
  });

  it('101 MB are read away and refused', async () => {
    // What copying programs fill a file up with: as many lines would take a minute to read.
    const padding = new Uint8Array(1_000_000);
    const [head = '', tail = ''] = formOf(`${clientFile(MARIE, JEAN)}@`).split('@');
    let left = 101;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(head)),
      pull(controller) {
        left -= 1;
        controller.enqueue(left < 0 ? new TextEncoder().encode(tail) : padding);
        if (left < 0) controller.close();
      },
    });
    const answer = await post(body);
    expect([answer.status, answer.text]).toEqual([
      422,
      expect.stringContaining('Le fichier dépasse 100 Mo.'),
    ]);
    expect(left).toBe(-1);
    await untouched();
  });

  it('while another import runs: when to come back', async () => {
    await env.DB.prepare('INSERT INTO imports (started_at, lease_until) VALUES (?1, ?1 + 60000)')
      .bind(Date.now())
      .run();
    const answer = await compare(MARIE, JEAN, PAUL);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([409, '120']);
    expect(answer.text).toContain('Un autre import est en cours : réessayez dans deux minutes.');
    expect(answer.text).toContain('En cours le système du bailleur');
    expect(await notedNow()).toEqual([]);
  });
});

describe('the last imports', () => {
  it('says of each who sent it, what it did, and leads to its report', async () => {
    await postFile(clientFile(supplier('F-1', 'SARL GOLFE', '41234567800019')));
    await postFile('nom;prenom\nx;y\n');
    const lines = [MARIE, JEAN, PAUL];
    await apply(await compare(...lines), lines);
    await postFile('profil;ancienne;nouvelle\nlocataire;471;90471\n', '/renumerotation');
    const page = await open();
    expect(page.text).toMatch(
      /Appliqué \(nouveaux numéros\) le système du bailleur 1 client concerné .*Appliqué chef@capa\.example 1 client nouveau .*Fichier refusé le système du bailleur .*Arrêté avant d’être appliqué le système du bailleur .*Appliqué le système du bailleur 2 clients nouveaux/,
    );
    const reports = [...page.html.matchAll(/href="(\/guichet\/fichier\/\d+)"/g)].map(([, path = '']) => path);
    const told = await Promise.all(reports.map(async (path) => (await open(path)).text));
    for (const [nth, sentence] of [
      'Les nouveaux numéros sont en place',
      'Envoyé par chef@capa.example.',
      'Il manque une colonne.',
      'Plus de 20 % des clients partiraient.',
      'Envoyé par le système du bailleur.',
    ].entries())
      expect(told[nth]).toContain(sentence);
  });

  it('are twelve at most, and none that only compared', async () => {
    for (let nth = 0; nth < 14; nth++) await postFile(clientFile(MARIE, JEAN));
    await compare(MARIE, JEAN);
    const page = await open();
    expect([...page.html.matchAll(/<tr>/g)]).toHaveLength(13);
    expect(page.text).not.toContain('chef@capa.example 2');
  });

  it.each(['999999', '0', 'x', '1.5'])('none is kept under « %s »', async (id) => {
    const page = await open(`${PATH}/${id}`);
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('Aucun rapport n’est gardé')]);
  });
});

describe('who may', () => {
  const body = formOf(clientFile(MARIE));

  it('the reception is told whose task it is, and sees no way there', async () => {
    const agent = new Agent();
    for (const page of [
      await agent.open(PATH),
      await agent.open(`${PATH}/1`),
      await post(body, { access: agent.access }),
    ])
      expect([page.status, page.title]).toEqual([403, 'Cette action revient à un responsable – Guichet']);
    expect((await agent.open('/guichet')).html).not.toContain(PATH);
    expect((await MANAGER().open('/guichet')).html).toContain(`href="${PATH}"`);
    expect([await imports(), await notedNow()]).toEqual([['applied by null'], []]);
  });

  it('without Access there is no such page, whatever is sent', async () => {
    for (const sent of [body, 'x'.repeat(20_000)]) {
      const small = await post(sent, { access: null });
      const nowhere = await readPage(
        await request('/guichot/fichier', {
          method: 'POST',
          headers: { 'content-type': 'multipart/form-data; boundary=limit', 'sec-fetch-site': 'same-origin' },
          body: sent,
        }),
      );
      expect([small.status, small.html]).toEqual([
        nowhere.status,
        nowhere.html.replaceAll('guichot', 'guichet'),
      ]);
    }
    expect(await imports()).toEqual(['applied by null']);
  });

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'https://evil.example' },
  ])('a form from another site is not even read: %o', async (headers) => {
    const fields = { empreinte: fingerprintIn(await compare(MARIE, JEAN, PAUL)) };
    const answer = await post(formOf(clientFile(MARIE, JEAN, PAUL), { fields }), { headers });
    expect([answer.status, await people()]).toEqual([403, ['ORSONI MARIE', 'CASANOVA JEAN']]);
  });

  it('no other address of the desk takes a form as large, or of this kind', async () => {
    const headers = {
      'content-type': 'multipart/form-data; boundary=limit',
      'sec-fetch-site': 'same-origin',
      'cf-connecting-ip': '198.17.1.1',
    };
    for (const [path, sent, status] of [
      ['/guichet/clients/1/lien', body, 415],
      ['/guichet/clients/1/lien', 'x'.repeat(20_000), 413],
      ['/guichet/fichier/', body, 415],
    ] as const) {
      const answer = await request(path, { method: 'POST', headers, body: sent }, DESK, accessOf(CHEF));
      expect([path, answer.status]).toEqual([path, status]);
    }
  });
});
