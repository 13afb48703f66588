import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/numbers.ts';
import { sayReport } from '../src/words/import.ts';
import { createAccount } from './support/account.ts';
import { openMailbox } from './support/mailbox.ts';
import { MARIE as MARIE_TYPED, request, runCron, Visitor } from './support/visitor.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email';
const tenant = (reference: string, nom: string, prenom: string, birth: string, email = '') =>
  `locataire;${reference};${nom};${prenom};${birth};;;${email}`;
const supplier = (reference: string, company: string, siret: string) =>
  `fournisseur;${reference};;;;${company};${siret};`;
const file = (...lines: string[]) => [HEAD, ...lines, ''].join('\n');

type Body = string | Uint8Array | ReadableStream;

function streamOf(chunks: Uint8Array[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function post(body: Body | null, query = '', headers: Record<string, string> = {}) {
  const answer = await request(`/api/clients${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.CLIENTS_API_KEY}`, 'content-type': 'text/csv', ...headers },
    body,
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  return { status: answer.status, headers: answer.headers, report: (await answer.json()) as any };
}

/** Posts a file past the guards, as a person who looked at the report does. */
async function load(...lines: string[]) {
  const first = await post(file(...lines));
  if (first.status !== 409) return first;
  return post(file(...lines), `?confirme=${first.report.fingerprint}`);
}

async function clients() {
  const columns =
    'id, kind, reference, family_name, given_name, birth_date, company_name, siret, email, present_since, left_at';
  return (await env.DB.prepare(`SELECT ${columns} FROM clients ORDER BY id`).all()).results;
}

/** `ORSONI MARIE`, and `(left)` behind who left. */
async function people() {
  const sql = `SELECT coalesce(company_name, family_name || ' ' || given_name)
    || iif(left_at IS NULL, '', ' (left)') AS name FROM clients ORDER BY id`;
  return (await env.DB.prepare(sql).all<{ name: string }>()).results.map(({ name }) => name);
}

const staged = () => env.DB.prepare('SELECT count(*) FROM staged_lines').first('count(*)');

const MARIE = tenant('471', 'ORSONI', 'MARIE', '14/07/1956');
const JEAN = tenant('472', 'CASANOVA', 'JEAN', '03/11/1948');

beforeEach(async () => {
  await env.DB.batch(
    ['events', 'mails', 'sessions', 'accounts', 'clients', 'imports', 'staged_lines'].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
});

describe('POST /api/clients, who may', () => {
  it('is 404 without a key in the settings', async () => {
    for (const CLIENTS_API_KEY of [undefined, '']) {
      const answer = await request('/api/clients', { method: 'POST' }, {
        ...env,
        CLIENTS_API_KEY,
      } as typeof env);
      expect([answer.status, await answer.json()]).toMatchObject([
        404,
        { message: expect.stringContaining('CLIENTS_API_KEY') },
      ]);
    }
  });

  it.each(['', 'Bearer ', 'Bearer wrong', 'Basic abc', `Bearer ${'a'.repeat(38)}`])(
    'is 401 with « %s »',
    async (authorization) => {
      const answer = await post(file(MARIE), '', { authorization });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(answer.report).toEqual({
        error: 'wrong_key',
        message: expect.stringContaining('CLIENTS_API_KEY'),
      });
      expect(await clients()).toEqual([]);
    },
  );

  it.each(['GET', 'PUT', 'DELETE'])('is 405 with Allow for %s', async (method) => {
    const answer = await request('/api/clients', { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('POST') });
  });

  it.each(['application/json', 'application/x-www-form-urlencoded', ''])(
    'is 415 for « %s »',
    async (type) => {
      const answer = await post(file(MARIE), '', { 'content-type': type });
      expect([answer.status, answer.report.message]).toEqual([415, expect.stringContaining('text/csv')]);
    },
  );

  it('is never stored, and takes text/csv with its charset', async () => {
    const answer = await post(file(MARIE), '', { 'content-type': 'Text/CSV; charset=utf-8' });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });
});

describe('POST /api/clients, from night to night', () => {
  it('creates, and the same file again changes nothing', async () => {
    const supplierLine = supplier('F-1', 'SARL PLOMBERIE', '41234567800019');
    const first = await post(file(MARIE, JEAN, supplierLine));
    expect(first).toMatchObject({
      status: 200,
      report: { outcome: 'applied', counts: { lines: 3, created: 3 } },
    });
    const before = await clients();
    const second = await post(file(MARIE, JEAN, supplierLine));
    expect(second.report.counts).toMatchObject({ created: 0, changed: 0, unchanged: 3, left: 0, back: 0 });
    expect(await clients()).toEqual(before);
    expect(await staged()).toBe(0);
  });

  it('with ?essai=1 tells all and changes nothing', async () => {
    const answer = await post(file(MARIE), '?essai=1');
    expect(answer).toMatchObject({ status: 200, report: { outcome: 'tried', counts: { created: 1 } } });
    expect([await clients(), await staged()]).toEqual([[], 0]);
  });

  it('corrects a client in place and names the columns', async () => {
    await load(MARIE, JEAN);
    const answer = await load(
      tenant('0471', 'ORSONI', 'MARIE', '15/07/1956', 'm@example.fr'),
      tenant('472', 'CASANOVA', 'JEAN-BAPTISTE', '03/11/1948'),
    );
    expect(answer.report.changed).toEqual([
      { line: 2, reference: '0471', columns: ['reference', 'date_naissance', 'email'] },
      { line: 3, reference: '472', columns: ['prenom'] },
    ]);
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN-BAPTISTE']);
    expect((await clients())[0]).toMatchObject({
      birth_date: '1956-07-15',
      email: 'm@example.fr',
      left_at: null,
    });
  });

  it('corrects a supplier by name or SIRET', async () => {
    await load(supplier('F-1', 'PLOMBERIE', '41234567800019'), supplier('F-2', 'TOITURE', '52345678900027'));
    const { report } = await load(
      supplier('F-1', 'PLOMBERIE', '41234567800027'),
      supplier('F-2', 'TOITURE DU SUD', '52345678900027'),
    );
    expect(report.changed.map(({ columns }: { columns: string[] }) => columns)).toEqual([
      ['siret'],
      ['raison_sociale'],
    ]);
    expect(await people()).toEqual(['PLOMBERIE', 'TOITURE DU SUD']);
  });

  it('never hands a reused number on: the old one left, a new one came', async () => {
    await load(MARIE, supplier('F-1', 'PLOMBERIE', '41234567800019'));
    const { report } = await load(JEAN.replace('472', '471'), supplier('F-1', 'TOITURE', '52345678900027'));
    expect(report.counts).toMatchObject({ created: 2, changed: 0, left: 2 });
    expect(await people()).toEqual(['ORSONI MARIE (left)', 'PLOMBERIE (left)', 'CASANOVA JEAN', 'TOITURE']);
  });

  it('does not take a shared unknown day for a shared birth date', async () => {
    await load(tenant('471', 'BENALI', 'ALI', '00/00/1950'));
    const { report } = await load(tenant('471', 'NGUYEN', 'HOA', '00/00/1950'));
    expect(report.counts).toMatchObject({ created: 1, left: 1, changed: 0 });
    const known = await load(tenant('471', 'NGUYEN', 'HOA', '12/03/1950'));
    expect(known.report.counts).toMatchObject({ created: 0, left: 0, changed: 1 });
  });

  it('restores who comes back on the same row', async () => {
    await load(MARIE, JEAN);
    await load(JEAN);
    expect(await people()).toEqual(['ORSONI MARIE (left)', 'CASANOVA JEAN']);
    const { report } = await load(MARIE, JEAN);
    expect(report).toMatchObject({ counts: { back: 1, created: 0 }, back: [{ line: 2, reference: '471' }] });
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN']);
  });

  it('does not correct somebody who left into somebody who came', async () => {
    await load(MARIE, JEAN);
    await load(JEAN);
    await load(JEAN, tenant('471', 'ORSONI', 'MARIE', '01/01/1990'));
    expect(await people()).toEqual(['ORSONI MARIE (left)', 'CASANOVA JEAN', 'ORSONI MARIE']);
  });

  it('prefers the present row to a left one of the same identity', async () => {
    await load(MARIE);
    await env.DB.prepare(
      `INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, birth_date, present_since, left_at)
      SELECT kind, reference, reference_key, name_key, family_name, given_name, birth_date, 1, 2 FROM clients`,
    ).run();
    expect((await post(file(MARIE))).report.counts).toMatchObject({ unchanged: 1, back: 0, left: 0 });
    expect(await people()).toEqual(['ORSONI MARIE', 'ORSONI MARIE (left)']);
  });

  it('keeps two signatories apart, twins too', async () => {
    const [paul, pierre] = [
      tenant('473', 'LECCIA', 'PAUL', '05/05/1990'),
      tenant('473', 'LECCIA', 'PIERRE', '05/05/1990'),
    ];
    await load(paul, pierre);
    await load(tenant('473', 'LECCIA', 'PIERRE-JEAN', '05/05/1990'), paul);
    expect(await people()).toEqual(['LECCIA PAUL', 'LECCIA PIERRE-JEAN']);
    await load(paul);
    expect(await people()).toEqual(['LECCIA PAUL', 'LECCIA PIERRE-JEAN (left)']);
  });

  it('rejects an ambiguous pair, and nobody of that reference leaves', async () => {
    await load(
      tenant('473', 'LECCIA', 'PAUL', '05/05/1990'),
      tenant('473', 'LECCIA', 'PIERRE', '05/05/1990'),
      JEAN,
    );
    const { report } = await load(tenant('473', 'LECCIA', 'JACQUES', '05/05/1990'), JEAN);
    expect(report.counts).toMatchObject({ rejected: 1, left: 0, changed: 0, created: 0, unchanged: 1 });
    expect(report.rejected[0].problems[0]).toMatchObject({ column: 'reference', reason: 'ambiguous' });
    expect(report.rejectedCsv).toContain('locataire;473;LECCIA;JACQUES;05/05/1990;;;');
    expect(await people()).toEqual(['LECCIA PAUL', 'LECCIA PIERRE', 'CASANOVA JEAN']);
    // Two lines for one client are as ambiguous.
    await load(tenant('473', 'LECCIA', 'PAUL', '05/05/1990'), JEAN);
    const other = await load(
      tenant('473', 'LECCIA', 'PAULE', '05/05/1990'),
      tenant('473', 'LECCIA', 'PAULINE', '05/05/1990'),
      JEAN,
    );
    expect(other.report.counts).toMatchObject({ rejected: 2, left: 0 });
  });

  it('does not take a client for gone because its line is wrong', async () => {
    await load(MARIE, JEAN);
    const { report } = await load(MARIE.replace('14/07', '31/02'), JEAN);
    expect(report.counts).toMatchObject({ rejected: 1, left: 0 });
    const mistyped = await load(MARIE.replace('locataire', 'locatair'), JEAN);
    expect(mistyped.report.counts).toMatchObject({ rejected: 1, left: 0 });
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN']);
  });

  it('tells repeated lines and keeps the first', async () => {
    const { report } = await load(MARIE, JEAN, MARIE.replace('ORSONI', 'Orsoni'));
    expect(report).toMatchObject({
      counts: { repeated: 1, rejected: 0, created: 2 },
      repeated: [{ line: 4, first: 2 }],
    });
    expect(await people()).toEqual(['ORSONI MARIE', 'CASANOVA JEAN']);
  });
});

describe('POST /api/clients, guards', () => {
  const many = Array.from({ length: 20 }, (_, n) =>
    tenant(String(500 + n), `NOM${n}X`, 'ANNE', '01/02/1960'),
  );

  it('refuses when more than 20 % would leave, unless confirmed with the fingerprint', async () => {
    expect((await post(file(...many))).status).toBe(200);
    expect((await post(file(...many.slice(4)), '?essai=1')).report.guards).toEqual([]);
    const stopped = await post(file(...many.slice(5)));
    expect(stopped).toMatchObject({
      status: 409,
      report: { outcome: 'refused', guards: ['too_many_left'], counts: { left: 5, present: 20 } },
    });
    expect(stopped.report.left[0]).toEqual({ reference: '500', name: 'NOM0X ANNE', account: null });
    expect((await people()).filter((name) => name.includes('left'))).toEqual([]);
    expect((await post(file(...many.slice(5)), '?confirme=0000000000000000')).status).toBe(409);
    // The fingerprint is of this file: not of another that makes as many leave.
    expect((await post(file(...many.slice(0, 15)), `?confirme=${stopped.report.fingerprint}`)).status).toBe(
      409,
    );
    const trial = await post(file(...many.slice(5)), '?essai=1');
    expect(trial.report.fingerprint).toBe(stopped.report.fingerprint);
    expect((await post(file(...many.slice(5)), `?confirme=${stopped.report.fingerprint}`)).status).toBe(200);
    expect((await people()).filter((name) => name.includes('left'))).toHaveLength(5);
  });

  it('refuses when more than 5 % of the lines are rejected', async () => {
    const wrong = tenant('x1', 'NOM', 'ANNE', '31/02/1990');
    const one = await post(file(...many.slice(1), wrong));
    expect(one).toMatchObject({ status: 200, report: { counts: { lines: 20, rejected: 1, created: 19 } } });
    // One of them is known by now.
    const three = await post(file(...many.slice(3), wrong, wrong, wrong));
    expect(three).toMatchObject({ status: 409, report: { guards: ['too_many_rejected'] } });
  });

  it('looks twice at a file without a line break at its end, where the last one had it and somebody would leave', async () => {
    const open = (...lines: string[]) => file(...lines).slice(0, -1);
    expect((await post(file(...many))).status).toBe(200);
    // Nobody would leave: nothing can be lost.
    expect((await post(open(...many))).status).toBe(200);
    // From then on it is how this landlord's system writes.
    expect((await post(open(...many.slice(1)))).status).toBe(200);
    expect((await post(file(...many.slice(1)))).status).toBe(200);
    const stopped = await post(open(...many.slice(2)));
    expect(stopped).toMatchObject({ status: 409, report: { guards: ['ends_open'], counts: { left: 1 } } });
    expect((await post(open(...many.slice(2)), `?confirme=${stopped.report.fingerprint}`)).status).toBe(200);
  });

  it('warns of references that all gained the last digit of the notice', async () => {
    await post(file(...many));
    const longer = many.map((line, n) => line.replace(String(500 + n), `${500 + n}${n % 10}`));
    const { status, report } = await post(file(...longer));
    expect([status, report.reading.isLastDigitWritten]).toEqual([409, true]);
    expect(sayReport(report).join('\n')).toContain('ont un chiffre de plus');
    expect(
      (await post(file(...many, tenant('9', 'NOM', 'ANNE', '01/02/1960')))).report.reading.isLastDigitWritten,
    ).toBe(false);
  });
});

describe('POST /api/clients, how the file was read', () => {
  it('stands first in the report, and in what a terminal says', async () => {
    const lines = [MARIE, JEAN].map((line) => `${line.replace(/;$/, ';NC')};BAT A`);
    const { report } = await post(`Clients du jour\n${HEAD};Bâtiment\n${lines.join('\n')}\nTotal;2\n`);
    expect(Object.keys(report).slice(0, 2)).toEqual(['outcome', 'reading']);
    expect(report).toMatchObject({ outcome: 'applied', counts: { created: 2, rejected: 0 } });
    const said = sayReport(report).map((line) => line.replaceAll('\u00a0', ' '));
    expect(said.slice(1, 4)).toEqual([
      'Lu en UTF-8, colonnes séparées par « ; », leurs noms à la ligne 2.',
      'Colonnes laissées de côté : Bâtiment.',
      '  1 ligne qui n’est pas un client',
    ]);
    expect(said).toContain('Ligne 3 : email n’est pas une adresse : la ligne est prise sans elle (« NC »)');
  });

  it('keeps lessees that are no persons, and persons without a birth date, from night to night', async () => {
    const lines = [
      MARIE,
      tenant('480', 'ASSOCIATION SPORTIVE', '', ''),
      tenant('481', 'LECA', 'ANNE', '00/00/0000'),
    ];
    const first = await load(...lines);
    expect(first.report).toMatchObject({
      outcome: 'applied',
      counts: { created: 3, rejected: 0 },
      reading: { withoutPerson: 1, withoutBirthDate: 1 },
    });
    expect(sayReport(first.report)).toContain('  1 locataire sans personne');
    const again = await post(file(...lines));
    expect(again.report.counts).toMatchObject({ created: 0, changed: 0, unchanged: 3, left: 0 });
    const known = await post(file(MARIE, lines[1] ?? '', tenant('481', 'LECA', 'ANNE', '02/03/1950')));
    expect(known.report.counts).toMatchObject({ created: 0, changed: 1, left: 0 });
    const others = await post(
      file(MARIE, tenant('480', 'BOULANGERIE', '', ''), tenant('481', 'LECA', 'ANNE', '02/03/1950')),
      '?essai=1',
    );
    expect(others.report.counts).toMatchObject({ created: 1, changed: 0, left: 1 });
  });

  it('opens no account to them', async () => {
    openMailbox();
    const lines = [tenant('480', 'ASSOCIATION SPORTIVE', '', ''), tenant('481', 'LECA', 'ANNE', '')];
    expect((await load(...lines)).report.counts.created).toBe(2);
    for (const [reference, nom, prenom] of [
      ['480', 'ASSOCIATION SPORTIVE', ''],
      ['481', 'LECA', 'ANNE'],
    ] as const) {
      const typed = { ...MARIE_TYPED, reference, nom, prenom, date_naissance: '01/01/1950' };
      expect((await new Visitor().post('/inscription', typed)).status).toBe(422);
    }
    expect(await env.DB.prepare('SELECT count(*) AS n FROM accounts').first('n')).toBe(0);
  });
});

describe('POST /api/clients, bad input', () => {
  const refused: [string, Body | null, number, string, number?, (string | null)?][] = [
    ['an empty file', '', 400, 'empty', 1],
    ['no body', null, 400, 'empty', 1],
    ['blank lines only', '\n\n', 400, 'empty', 1],
    ['a header only', `${HEAD}\n\n\n`, 422, 'no_lines'],
    ['a missing column', file(MARIE).replace(';siret', ''), 422, 'missing_column', 1, 'siret'],
    ['a column that is another', file(MARIE).replace('siret', 'siren'), 422, 'missing_column', 1, 'siret'],
    ['a column twice', file(MARIE).replace('siret', 'email'), 422, 'repeated_column', 1, 'email'],
    ['blanks for separators', file(MARIE).replaceAll(';', ' '), 422, 'separator', 1],
    [
      'months before days',
      file(JEAN, MARIE.replace('14/07', '07/14')),
      422,
      'month_first',
      3,
      'date_naissance',
    ],
    ['a file that was cut', `${file(JEAN)}${MARIE.slice(0, -15)}`, 422, 'cut', 3],
    ['a last line without its cells', file(JEAN, 'locataire;471;ORSONI;MARIE;14/07/1956'), 422, 'cut', 3],
    ['letters nobody can tell', unsure(), 422, 'unsure_encoding', 2],
    ['a 50 MB line', () => {}, 413, 'line_too_long', 3],
    ['two encodings', mixed(), 422, 'mixed_encodings', 1500],
    ['a XLSX', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), 415, 'not_text', 1],
    ['a gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 415, 'not_text', 1],
  ].map(([title, body, ...rest]) => [
    title,
    typeof body === 'function' ? longLine() : body,
    ...rest,
  ]) as never;

  it.each(refused)('%s: changes nothing', async (_, body, status, error, line, column) => {
    await load(JEAN);
    const before = await clients();
    const answer = await post(body);
    expect(answer).toMatchObject({ status, report: { error, message: expect.stringContaining('ligne ') } });
    if (line) expect(answer.report.line).toBe(line);
    if (column !== undefined) expect(answer.report.column).toBe(column);
    expect([await clients(), await staged()]).toEqual([before, 0]);
    expect((await post(file(JEAN))).status).toBe(200);
  });

  /** Ç in the code page of DOS, and nothing else: Ä on an old Mac. */
  function unsure(): Uint8Array {
    return Uint8Array.from(file(MARIE.replace('MARIE', 'FRAN\u0080OISE')), (sign) => sign.charCodeAt(0));
  }

  /** Windows-1252 in a file that had been UTF-8 for more than a part. */
  function mixed(): ReadableStream {
    const lines = Array.from({ length: 1498 }, (_, n) =>
      tenant(String(n + 1), 'CHLOÉ', 'ANNE', '01/02/1960'),
    );
    const utf8 = new TextEncoder().encode(file(...lines));
    const latin = Uint8Array.from(tenant('9', 'CHLO\u00c9', 'ANNE', '01/02/1960'), (letter) =>
      letter.charCodeAt(0),
    );
    return streamOf([utf8, latin, new Uint8Array([10])]);
  }

  function longLine(): ReadableStream {
    const megabyte = new Uint8Array(1_000_000).fill(65);
    let sent = 0;
    return new ReadableStream({
      pull(controller) {
        if (sent === 0) controller.enqueue(new TextEncoder().encode(file(MARIE)));
        else if (sent <= 50) controller.enqueue(megabyte);
        else controller.close();
        sent += 1;
      },
    });
  }

  it.each([
    [
      '31/02/1990',
      tenant('471', 'ORSONI', 'MARIE', '31/02/1990'),
      'date_naissance',
      'birth_date',
      '31/02/1990',
    ],
    [
      'a date to come',
      tenant('471', 'ORSONI', 'MARIE', '01/01/2990'),
      'date_naissance',
      'birth_date',
      '01/01/2990',
    ],
    [
      'a reference from a spreadsheet',
      tenant('1,23E+05', 'ORSONI', 'M', '14/07/1956'),
      'reference',
      'scientific',
      '1,23E+05',
    ],
    [
      'a SIRET from a spreadsheet',
      supplier('F-1', 'PLOMBERIE', '4,12346E+13'),
      'siret',
      'scientific',
      '4,12346E+13',
    ],
    ['a short SIRET', supplier('F-1', 'PLOMBERIE', '4123456780'), 'siret', 'siret', '4123456780'],
    ['a SIREN', supplier('F-1', 'PLOMBERIE', '412345678'), 'siret', 'siren', '412345678'],
    ['an open quote', MARIE.replace('ORSONI', '"ORSONI'), 'nom', 'open_quote', '"ORSONI'],
    ['a NUL byte', tenant('471', 'ORS\0ONI', 'MARIE', '14/07/1956'), 'nom', 'garbled', 'ORS\u{FFFD}ONI'],
    ['UTF-8 read twice', tenant('471', 'ORSONI', 'CHLOÃ‰', '14/07/1956'), 'prenom', 'garbled', 'CHLOÃ‰'],
    ['no name', tenant('471', '', 'MARIE', '14/07/1956'), 'nom', 'missing', ''],
    ['no letter', tenant('471', '---', 'MARIE', '14/07/1956'), 'nom', 'no_letter', '---'],
    [
      'a long name',
      tenant('471', 'A'.repeat(101), 'MARIE', '14/07/1956'),
      'nom',
      'too_long',
      `${'A'.repeat(40)}…`,
    ],
    ['another profile', MARIE.replace('locataire', 'gardien'), 'profil', 'profile', 'gardien'],
    ['a cell too many', `${MARIE};x`, 'email', 'cells', ''],
  ])('%s: rejects the line, naming line, column and value', async (_, line, column, reason, value) => {
    const answer = await post(file(JEAN, line));
    expect(answer.status).toBe(409);
    expect(answer.report.rejected).toEqual([{ line: 3, problems: [{ column, reason, value }] }]);
    expect(await clients()).toEqual([]);
  });

  it('takes what spreadsheets do: sep=, BOM, CRLF, quotes, blank and empty lines, commas, another order, a last separator', async () => {
    const spreadsheet = `\uFEFF${file(MARIE, ';;;;;;;', '', '"locataire";"472";"LE ""PETIT""";JEAN;03/11/1948;;;;', '')}`;
    expect((await post(spreadsheet.replaceAll('\n', '\r\n'))).status).toBe(200);
    expect(await people()).toEqual(['ORSONI MARIE', 'LE "PETIT" JEAN']);
    const commas = `sep=,\nReference,PROFIL,prenom,nom,date_naissance,siret,raison_sociale\n471,Locataire,MARIE,ORSONI,14/07/1956,,\n472,locataire,JEAN,"LE ""PETIT""",03/11/1948,,\n`;
    expect((await post(commas)).report.counts).toMatchObject({ unchanged: 2, left: 0 });
    const blanks = `\n \r\nsep=;\r\n\n${HEAD};\n${MARIE};\n\n${tenant('472', 'LE "PETIT"', 'JEAN', '03/11/1948')}\n`;
    expect((await post(blanks)).report.counts).toMatchObject({ unchanged: 2, left: 0 });
    // However it is cut on its way: a byte at a time, a line at a time.
    for (const cut of [/./gs, /[^\n]*\n/g]) {
      const chunks = (blanks.match(cut) ?? []).map((piece) => new TextEncoder().encode(piece));
      expect((await post(streamOf(chunks))).report.counts).toMatchObject({ unchanged: 2, left: 0 });
    }
    const wrong = await post(`\nsep=;\n${HEAD}\nlocataire;471;\n`);
    expect(wrong.report.rejected).toMatchObject([{ line: 4 }]);
  });

  it('is no client file: blank lines alone, sep= alone, a long text without a line of names', async () => {
    for (const [body, status, error] of [
      ['\n \n\n', 400, 'empty'],
      ['sep=;\n', 422, 'no_lines'],
      [`${HEAD}\n`, 422, 'no_lines'],
      [HEAD, 422, 'no_lines'],
      ['nom prenom\nx y\n', 422, 'separator'],
      ['\n'.repeat(1_000_000), 422, 'separator'],
    ] as const) {
      const answer = await post(body);
      expect([body.slice(0, 20), answer.status, answer.report.error]).toEqual([
        body.slice(0, 20),
        status,
        error,
      ]);
    }
  });

  it('reads Windows-1252, and UTF-8 cut anywhere', async () => {
    const [, ...bytes] = [0, ...file(tenant('471', 'CHLO\u00c9', 'ANNE', '01/02/1960'))].map((letter) =>
      typeof letter === 'string' ? letter.charCodeAt(0) : letter,
    );
    expect((await post(new Uint8Array(bytes))).status).toBe(200);
    expect(await people()).toEqual(['CHLOÉ ANNE']);
    const utf8 = new TextEncoder().encode(file(tenant('471', 'CHLOÉ', 'ANNE', '01/02/1960')));
    const bits = Array.from(utf8, (byte) => new Uint8Array([byte]));
    expect((await post(streamOf(bits))).report.counts).toMatchObject({ unchanged: 1 });
  });

  it.each([' =1+1', '\u00a0@SUM', '＝1+1', '＋33', '\u200b=1', '－1'])(
    'gives « %s » back as text, not as a formula',
    async (cell) => {
      const { report } = await post(file(JEAN, tenant('471', cell, 'ANNE', '31/02/1990')));
      expect(report.rejectedCsv).toContain(`'${cell}`);
    },
  );

  it('gives rejected lines back as a CSV that no spreadsheet runs', async () => {
    const { report } = await post(file(JEAN, tenant('471', '=HYPERLINK("x")', '@SUM', '31/02/1990', '+33')));
    expect(report.rejectedCsv).toBe(
      `${HEAD}\r\nlocataire;471;"'=HYPERLINK(""x"")";"'@SUM";31/02/1990;;;"'+33"`,
    );
  });
});

it('POST /api/clients without its database answers 503 with a number to quote', async () => {
  const database = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: down'));
  const headers = { authorization: `Bearer ${env.CLIENTS_API_KEY}`, 'content-type': 'text/csv' };
  const answer = await request('/api/clients', { method: 'POST', headers, body: file(MARIE) });
  database.mockRestore();
  expect(answer.status).toBe(503);
  expect(await answer.text()).toMatch(/[A-Z2-9]{3}-[A-Z2-9]{3}/);
});

describe('POST /api/clients, one at a time', () => {
  /** A file whose end is awaited. */
  function slowFile() {
    let end = () => {};
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(file(MARIE)));
        end = () => controller.close();
      },
    });
    return { body, end: () => end() };
  }

  const running = () =>
    env.DB.prepare(`SELECT count(*) AS n FROM imports WHERE state = 'running'`).first('n');

  it('is 423 while another import runs', async () => {
    const slow = slowFile();
    const first = post(slow.body);
    while ((await running()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await post(file(JEAN));
    expect([second.status, second.headers.get('retry-after')]).toEqual([423, '120']);
    expect(second.report.message).toContain('Un autre import est en cours');
    slow.end();
    expect((await first).status).toBe(200);
    expect(await people()).toEqual(['ORSONI MARIE']);
  });

  it('an import whose lease ran out is taken over, and changes nothing any more', async () => {
    const slow = slowFile();
    const first = post(slow.body);
    while ((await running()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await env.DB.prepare('UPDATE imports SET lease_until = 1').run();
    expect((await post(file(JEAN))).status).toBe(200);
    slow.end();
    expect((await first).status).toBe(423);
    expect(await people()).toEqual(['CASANOVA JEAN']);
    expect(await staged()).toBe(0);
  });

  it('cron sweeps what an abandoned import left behind, and only that', async () => {
    const now = Date.now();
    await env.DB.batch([
      env.DB.prepare(`INSERT INTO imports (id, started_at, lease_until) VALUES (91, 0, ?)`).bind(now - 1),
      env.DB.prepare('INSERT INTO staged_lines (import_id, line) VALUES (91, 2)'),
    ]);
    await runCron();
    expect([await staged(), await running()]).toEqual([0, 0]);
    await env.DB.batch([
      env.DB.prepare(`INSERT INTO imports (id, started_at, lease_until) VALUES (92, 0, ?)`).bind(
        now + MINUTE,
      ),
      env.DB.prepare('INSERT INTO staged_lines (import_id, line) VALUES (92, 2)'),
    ]);
    await runCron();
    expect([await staged(), await running()]).toEqual([1, 1]);
  });
});

it('accounts follow their client: counted when it leaves, kept through its return', async () => {
  openMailbox();
  const born = '14/07/1956';
  const line = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', born);
  await load(line, JEAN);
  await createAccount();
  const owner = () =>
    env.DB.prepare(
      `SELECT c.family_name AS name, c.left_at AS left FROM accounts a JOIN clients c ON c.id = a.client_id`,
    ).first();
  const { report } = await load(tenant('471', 'LUCIANI', 'ROSE', '01/02/1990'), JEAN);
  expect(report.follows).toEqual({ accountsLeft: 1, pendingLeft: 0, accountsCorrected: 0 });
  expect(report.left).toEqual([{ reference: '471', name: 'ORSONI MARIE-DOMINIQUE', account: 'active' }]);
  expect(await owner()).toMatchObject({ name: 'ORSONI', left: expect.any(Number) });
  expect(((await owner())?.left as number) > Date.now() - DAY).toBe(true);
  await load(line, JEAN);
  expect(await owner()).toEqual({ name: 'ORSONI', left: null });
});
