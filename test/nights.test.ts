// Two nights in a row, as a person with an account lives through them: what becomes of the account, and what the report
// says of it.

import { beforeEach, describe, expect, it } from 'vitest';
import { createAccount, type Holder } from './support/account.ts';
import {
  clientFile,
  forgetClients,
  night,
  people,
  postFile,
  supplier,
  tenant,
} from './support/client-file.ts';
import { nextDay } from './support/clock.ts';
import { lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

type Name = [nom: string, prenom: string, date_naissance: string];

// Enough neighbours that one who leaves is no reason to stop.
const NEIGHBOURS = Array.from({ length: 30 }, (_, n) => tenant(`6${n}0`, `TESTA${n}X`, 'JEAN', '02/03/1940'));
const tonight = (...lines: string[]) => night(...NEIGHBOURS, ...lines);
const asks = ([nom, prenom, date_naissance]: Name) => ({
  ...MARIE,
  reference: '9001',
  nom,
  prenom,
  // Who knows her own day of birth.
  date_naissance: date_naissance.replace('00/00', '12/02'),
});

/** A first night, and an account opened on the day after. */
async function opened(name: Name): Promise<Holder> {
  await tonight(tenant('9001', ...name));
  return createAccount(asks(name));
}

/** Signs in, on another device unless one is given; what the space then says. */
async function signIn({ identifier }: Holder, visitor = new Visitor()): Promise<string> {
  const answer = await visitor.submit('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
  return answer.text;
}

beforeEach(async () => {
  openMailbox();
  nextDay();
  await forgetClients();
});

describe('a number that another person takes over', () => {
  it.each<[string, Name, Name, string, string]>([
    [
      'who is born the same day',
      ['BENALI', 'MOHAMED', '01/01/1960'],
      ['TRAORE', 'AMADOU', '01/01/1960'],
      'Bonjour Mohamed Benali',
      'Bonjour Amadou Traore',
    ],
    [
      'the son of the same name',
      ['DUPONT', 'JEAN', '01/02/1940'],
      ['DUPONT', 'JEAN', '07/08/1970'],
      'Bonjour Jean Dupont',
      'Bonjour Jean Dupont',
    ],
    [
      'a neighbour born the same day',
      ['LECCIA', 'PAUL', '03/07/1962'],
      ['NGUYEN', 'LEO', '03/07/1962'],
      'Bonjour Paul Leccia',
      'Bonjour Leo Nguyen',
    ],
  ])('%s: the account stays with who opened it', async (_, before, after, old, young) => {
    const holder = await opened(before);
    const report = await tonight(tenant('9001', ...after));
    expect(report.counts).toMatchObject({ changed: 0, created: 1, left: 1, rejected: 0 });
    expect(report.left).toEqual([
      { reference: '9001', name: `${before[0]} ${before[1]}`, account: 'active' },
    ]);
    expect(await signIn(holder)).toContain(old);
    nextDay();
    const newcomer = new Visitor();
    await newcomer.post('/inscription', { ...asks(after), ...emails('new@x.example.fr') });
    await newcomer.submit(linkIn(lastMail('new@x.example.fr')), passwords(PASSWORD));
    const { identifier = '' } =
      /(?<identifier>NHCAPAL\d+)/.exec(lastMail('new@x.example.fr').text)?.groups ?? {};
    expect(identifier).not.toBe(holder.identifier);
    expect(await signIn({ ...holder, identifier })).toContain(young);
  });
});

describe('a line that corrects its client', () => {
  it.each<[string, Name, Name, string]>([
    [
      '« MME », and a birth date mended',
      ['MARTIN', 'JEANNE', '01/02/1960'],
      ['MME MARTIN', 'JEANNE', '11/02/1960'],
      'MME MARTIN JEANNE 1960-02-11',
    ],
    [
      'a maiden name, while nobody knows the day',
      ['MARTIN', 'JEANNE', '00/00/1960'],
      ['DUPONT NEE MARTIN', 'JEANNE', '00/00/1960'],
      'DUPONT NEE MARTIN JEANNE 1960-00-00',
    ],
    [
      'a maiden name, and the day that became known',
      ['MARTIN', 'JEANNE', '00/00/1960'],
      ['DUPONT NEE MARTIN', 'JEANNE', '12/02/1960'],
      'DUPONT NEE MARTIN JEANNE 1960-02-12',
    ],
    [
      'a married name',
      ['MARTIN', 'JEANNE', '12/02/1960'],
      ['DUPONT', 'JEANNE', '12/02/1960'],
      'DUPONT JEANNE 1960-02-12',
    ],
  ])(
    '%s: keeps the account, tells it apart, and ends sessions and links',
    async (_, before, after, becomes) => {
      const holder = await opened(before);
      await new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
      const link = linkIn(lastMail(holder.email));
      expect(await signIn(holder, holder.visitor)).toContain('Bonjour Jeanne Martin');
      expect((await new Visitor().open(link)).status).toBe(200);

      const report = await tonight(tenant('9001', ...after));
      expect(report.counts).toMatchObject({ changed: 1, created: 0, left: 0, rejected: 0 });
      expect(report.follows).toEqual({ accountsLeft: 0, pendingLeft: 0, accountsCorrected: 1 });
      expect(report.corrected).toEqual([
        {
          line: 32,
          reference: '9001',
          account: 'active',
          before: expect.stringContaining('JEANNE'),
          after: becomes,
        },
      ]);
      expect((await holder.visitor.open('/espace')).location).toContain('/connexion');
      expect((await new Visitor().open(link)).status).toBe(410);
      expect(await signIn(holder)).toContain('Bonjour Jeanne');
    },
  );

  it('sends another link to who had not yet opened the account', async () => {
    await tonight(tenant('9001', 'MARTIN', 'JEANNE', '12/02/1960'));
    const visitor = new Visitor();
    await visitor.post('/inscription', {
      ...asks(['MARTIN', 'JEANNE', '12/02/1960']),
      ...emails('j@x.example.fr'),
    });
    const link = linkIn(lastMail('j@x.example.fr'));
    const report = await tonight(tenant('9001', 'DUPONT', 'JEANNE', '12/02/1960'));
    expect(report.corrected).toMatchObject([{ account: 'pending' }]);
    expect((await visitor.open(link)).text).toContain('Un lien plus récent vous a été envoyé');
    await runCron();
    expect(mails('j@x.example.fr')).toHaveLength(2);
    expect((await visitor.post(linkIn(lastMail('j@x.example.fr')), passwords(PASSWORD))).location).toBe(
      '/activation/compte-cree',
    );
  });

  it('leaves sessions alone when only the writing, the e-mail or the reference’s zeros change', async () => {
    const holder = await opened(['MARTIN', 'JEANNE', '12/02/1960']);
    await signIn(holder, holder.visitor);
    const report = await tonight(tenant('009001', 'Martin', 'Jeanne', '12/02/1960', 'j@x.example.fr'));
    expect(report.changed).toEqual([
      { line: 32, reference: '009001', columns: ['reference', 'nom', 'prenom', 'email'] },
    ]);
    expect(report.corrected).toEqual([]);
    expect((await holder.visitor.open('/espace')).status).toBe(200);
  });

  it('takes away nothing of a birth date that the file forgets', async () => {
    const holder = await opened(['MARTIN', 'JEANNE', '12/02/1960']);
    const report = await tonight(tenant('9001', 'MARTIN', 'JEANNE', '00/00/1960'));
    expect(report.counts).toMatchObject({ unchanged: 31, changed: 0, left: 0 });
    // Were the date forgotten, whoever of that name comes next would be taken for her.
    const next = await tonight(tenant('9001', 'MARTIN', 'JEANNE', '30/11/1960'));
    expect(next.counts).toMatchObject({ changed: 0, created: 1, left: 1 });
    expect(await signIn(holder)).toContain('Bonjour Jeanne Martin');
  });
});

describe('a line that may be a twin', () => {
  it('is rejected while an account hangs on it, and tells how to go on', async () => {
    const holder = await opened(['LECCIA', 'PAUL', '05/05/1990']);
    const twin = tenant('9001', 'LECCIA', 'PIERRE', '05/05/1990');
    const report = await tonight(twin);
    expect(report.counts).toMatchObject({ changed: 0, created: 0, left: 0, rejected: 1 });
    expect(report.rejected[0]?.problems).toMatchObject([{ column: 'reference', reason: 'ambiguous' }]);
    expect(await signIn(holder)).toContain('Bonjour Paul Leccia');
    // The same person: with both names it is a correction, and then the old one may go.
    const both = await tonight(tenant('9001', 'LECCIA', 'PAUL PIERRE', '05/05/1990'));
    expect(both.counts).toMatchObject({ changed: 1, rejected: 0 });
  });

  it('is somebody else when nothing hangs on it', async () => {
    await tonight(tenant('9001', 'LECCIA', 'PAUL', '05/05/1990'));
    const report = await tonight(tenant('9001', 'LECCIA', 'PIERRE', '05/05/1990'));
    expect(report.counts).toMatchObject({ changed: 0, created: 1, left: 1, rejected: 0 });
  });
});

it('a supplier keeps its account through a new name and a new place, not a new company', async () => {
  const last = async () => (await people()).slice(30);
  await tonight(supplier('F-1', 'PLOMBERIE', '41234567800019'));
  await tonight(supplier('F-1', 'PLOMBERIE DU SUD', '41234567800027'));
  expect(await last()).toEqual(['PLOMBERIE DU SUD']);
  await tonight(supplier('F-1', 'PLOMBERIE DU SUD', '52345678900027'));
  expect(await last()).toEqual(['PLOMBERIE DU SUD (left)', 'PLOMBERIE DU SUD']);
});

describe('a file that is not as long as announced', () => {
  const lines = [
    tenant('471', 'ORSONI', 'MARIE', '14/07/1956'),
    tenant('472', 'CASANOVA', 'JEAN', '03/11/1948'),
  ];
  const whole = clientFile(...lines);
  const size = String(new TextEncoder().encode(whole).length);

  it.each([
    ['bytes are missing', clientFile(lines[0] ?? ''), '', { 'content-length': size }, 'cut', 2],
    ['lines are missing', clientFile(lines[0] ?? ''), '?lignes=2', {}, 'line_count', 2],
    ['there are more lines', whole, '?lignes=1', {}, 'line_count', 3],
  ])('%s: 422, and nobody leaves', async (_, body, query, headers, error, line) => {
    await night(...lines);
    const { status, report } = await postFile(body, query, headers);
    expect([status, report]).toMatchObject([422, { error, line }]);
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN']);
  });

  it('is taken when it is: blank lines and the column names do not count', async () => {
    const answer = await postFile(`${whole}\n\n`, '?lignes=2', {
      'content-length': String(Number(size) + 2),
    });
    expect(answer.status).toBe(200);
  });

  it('cannot be told by bytes when it was packed on its way, nor by what is no number', async () => {
    const packed = { 'content-length': '20', 'content-encoding': 'gzip' };
    expect((await postFile(whole, '', packed)).status).toBe(200);
    for (const lignes of ['', 'deux', '-1', '2.0']) {
      const answer = await postFile(whole, `?lignes=${lignes}`);
      expect([lignes, answer.status, answer.report]).toMatchObject([lignes, 400, { error: 'wrong_lines' }]);
    }
  });
});
