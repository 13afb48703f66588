// One client file as many systems write it: read as the same people, or refused with what to do; never taken wrong.

import { describe, expect, it } from 'vitest';
import { decodeBytes, encodingOf, type SingleByte } from '../../src/client/import/encodings.ts';
import { FileError } from '../../src/client/import/fault.ts';
import { type Reading, startReading } from '../../src/client/import/reading.ts';
import { readClientFile } from '../../src/client/import/text.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email';
const NAMES = [
  'HÉBERT',
  'MÜLLER',
  'LEFÈVRE',
  'D’ORNANO',
  'ORSONI',
  'GRAZIANI',
  'ŒUVRARD',
  'NOËL',
  'BENOÎT',
  'LECA',
];
const GIVEN = ['Françoise', 'José', 'Hélène', 'Ange', 'Loïc'];

type Line = {
  profil: string;
  reference: string;
  nom: string;
  prenom: string;
  date: string;
  company: string;
  siret: string;
  email: string;
};

/** Thirty tenants, of whom one in three has an address, and four suppliers. */
const LINES: Line[] = [
  ...Array.from({ length: 30 }, (_, n) => ({
    profil: 'locataire',
    reference: String(1470 + n),
    nom: NAMES[n % NAMES.length] ?? '',
    prenom: GIVEN[n % GIVEN.length] ?? '',
    date: `${String((n % 28) + 1).padStart(2, '0')}/${String((n % 12) + 1).padStart(2, '0')}/19${40 + n}`,
    company: '',
    siret: '',
    email: n % 3 === 0 ? `p${n}@example.fr` : '',
  })),
  ...['73282932000074', '41234567800019', '05215678900001', '80123456700042'].map((siret, n) => ({
    profil: 'fournisseur',
    reference: `F-2026-${n}`,
    nom: '',
    prenom: '',
    date: '',
    company: `SARL Électricité ${n}`,
    siret,
    email: '',
  })),
];

const cellsOf = (line: Line) => Object.values(line);
const write = (lines: string[][], { head = HEAD.split(';'), by = ';', end = '\n' } = {}) =>
  [head, ...lines].map((cells) => cells.join(by) + end).join('');
/** The base file with something changed in each line. */
const changed = (change: (line: Line) => Partial<Line>) =>
  write(LINES.map((line) => cellsOf({ ...line, ...change(line) })));
const BASE = changed(() => ({}));
const tenants = (change: (line: Line) => Partial<Line>) =>
  changed((line) => (line.profil === 'locataire' ? change(line) : {}));

/** What a single-byte encoding cannot hold is written as many systems do: without its mark. */
function encoded(text: string, encoding: SingleByte): Uint8Array {
  const bytes = new Map(
    Array.from({ length: 128 }, (_, n) => [decodeBytes(new Uint8Array([n + 128]), encoding), n + 128]),
  );
  const plain = text
    .replaceAll('’', bytes.has('’') ? '’' : "'")
    .replace(/[Œœ]/g, (sign) => (bytes.has(sign) ? sign : 'OE'));
  return Uint8Array.from(plain, (sign) => bytes.get(sign) ?? sign.charCodeAt(0));
}

function utf16(text: string, isLittle: boolean, mark: boolean): Uint8Array {
  const units = (mark ? `\ufeff${text}` : text).split('').map((unit) => unit.charCodeAt(0));
  return Uint8Array.from(
    units.flatMap((unit) => (isLittle ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

type Read = { reading: Reading; rows: unknown[]; rejected: [number, string, string][] };

async function read(file: string | Uint8Array, size = 700): Promise<Read> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const [reading, rows, rejected] = [startReading(), [] as unknown[], [] as Read['rejected']];
  for await (const part of readClientFile(pieces(bytes, size), reading))
    for (const { line, read: one } of part) {
      if (one.ok) rows.push(one.row);
      else for (const { column, reason } of one.problems) rejected.push([line, column, reason]);
    }
  return { reading, rows, rejected };
}

const base = await read(BASE);
/** The same people, whatever the apostrophe became. */
const people = ({ rows }: Read) => JSON.stringify(rows).replaceAll('’', "'").replaceAll('Œ', 'OE');

async function faultOf(file: string | Uint8Array) {
  const error = await read(file).catch((thrown) => thrown);
  return error instanceof FileError ? [error.fault, error.line, error.column] : error;
}

describe('the same people', () => {
  const tsv = write(LINES.map(cellsOf), { by: '\t' });
  const french = 'Profil;Référence;Nom;Prénom;Date de naissance;Raison sociale;N° SIRET;E-mail'.split(';');
  const VARIANTS: Record<string, string | Uint8Array> = {
    'Windows-1252': encoded(BASE, 'windows-1252'),
    'Latin-9': encoded(BASE, 'iso-8859-15'),
    'Mac Roman': encoded(BASE, 'macintosh'),
    'Mac Roman, CR alone': encoded(BASE.replaceAll('\n', '\r'), 'macintosh'),
    'DOS (CP850), CRLF, Ctrl-Z': encoded(`${BASE.replaceAll('\n', '\r\n')}\x1a`, 'cp850'),
    'UTF-16LE with mark, tabs': utf16(tsv, true, true),
    'UTF-16BE with mark': utf16(BASE, false, true),
    'UTF-16LE without mark': utf16(BASE, true, false),
    'UTF-8 with mark, CRLF': `\ufeff${BASE.replaceAll('\n', '\r\n')}`,
    'CR alone': BASE.replaceAll('\n', '\r'),
    tabs: tsv,
    bars: write(LINES.map(cellsOf), { by: '|' }),
    commas: write(LINES.map(cellsOf), { by: ',' }),
    'sep= and quotes': `sep=;\n${write(LINES.map((line) => cellsOf(line).map((cell) => `"${cell}"`)))}`,
    'single quotes': write(LINES.map((line) => cellsOf(line).map((cell) => `'${cell}'`))),
    'natural names of columns': write(LINES.map(cellsOf), { head: french }),
    'other names of columns': write(LINES.map(cellsOf), {
      head: 'PROFIL;N° client;NOM DE FAMILLE;PRENOMS;DATE NAISSANCE;Dénomination sociale;NUMERO SIRET;Courriel'.split(
        ';',
      ),
    }),
    'columns of the landlord’s own': write(
      LINES.map((line) => ['BÂT. A', ...cellsOf(line), '"12, rue\nde l’Église; 20000"']),
      { head: ['batiment', ...HEAD.split(';'), 'adresse'] },
    ),
    'a title, a date and a blank line above': `Liste des locataires\nAu 26/11/2026;;\n\n${BASE}`,
    'totals, NULs and Ctrl-Z behind': `${BASE}Total;34;;;;;;\n\x1a\n${'\0'.repeat(9000)}`,
    'empty cells cut off': BASE.replace(/;+$/gm, ''),
    'no line break at the end': BASE.slice(0, -1),
    'ISO dates': changed(({ date }) => ({ date: date.split('/').reverse().join('-') })),
    'dates with midnight': tenants(({ date }) => ({ date: `${date} 00:00:00` })),
    'ISO dates with midnight': tenants(({ date }) => ({
      date: `${date.split('/').reverse().join('-')}T00:00:00.000`,
    })),
    'dates AAAAMMJJ': changed(({ date }) => ({ date: date.split('/').reverse().join('') })),
    'dates as days of a spreadsheet': tenants(({ date }) => {
      const [day = 0, month = 0, year = 0] = date.split('/').map(Number);
      return { date: String(Date.UTC(year, month - 1, day) / 86_400_000 + 25569) };
    }),
    'references with decimals': tenants(({ reference }) => ({ reference: `${reference}.0` })),
    'references with decimals and a comma': tenants(({ reference }) => ({ reference: `${reference},00` })),
    'references with thousands': tenants(({ reference }) => ({ reference: `1\u202f${reference.slice(1)}` })),
    'references as formulas': tenants(({ reference }) => ({ reference: `="${reference}"` })),
    'references as text': tenants(({ reference }) => ({ reference: `'${reference}` })),
    'SIRET with decimals, as formulas, with dots': changed(({ siret, reference }) =>
      siret
        ? {
            siret: [`${siret}.0`, `="${siret}"`, `${siret.slice(0, 9)}.${siret.slice(9)}`, siret][
              Number(reference.at(-1))
            ],
          }
        : {},
    ),
    'SIRET without the zero that a spreadsheet drops': changed(({ siret }) => ({
      siret: siret.replace(/^0/, ''),
    })),
    'profiles in one letter': changed(({ profil }) => ({ profil: profil.charAt(0).toUpperCase() })),
    'profiles in the plural': changed(({ profil }) => ({ profil: `${profil}s` })),
    'words for nothing': changed(({ email }) => ({ email: email || 'NULL' })),
    'entities of plain signs, quoted': write(
      LINES.map((line) => cellsOf(line).map((cell) => `"${cell.replace('’', '&#39;')}"`)),
    ),
    'invisible signs': tenants(({ nom }) => ({ nom: `\u200b${nom}\u00ad` })),
    'addresses with something around': changed(({ email }) => ({
      email: email && `mailto:${email.toUpperCase().replace('P', 'p')}`,
    })),
  };

  it.each(Object.entries(VARIANTS))('%s', async (_, file) => {
    for (const size of [700, 64, 5]) {
      const found = await read(file, size);
      expect(found.rejected).toEqual([]);
      expect(people(found)).toBe(people(base));
    }
  });
});

describe('only tenants', () => {
  const some = LINES.filter(({ profil }) => profil === 'locataire');
  const head = 'reference;nom;prenom;date_naissance;email'.split(';');
  const cells = ({ reference, nom, prenom, date, email }: Line) => [reference, nom, prenom, date, email];

  it('without the columns of suppliers', async () => {
    const found = await read(
      write(
        some.map((line) => [line.profil, ...cells(line)]),
        { head: ['profil', ...head] },
      ),
    );
    expect([found.rows.length, found.reading.assumed]).toEqual([30, null]);
  });

  it('without « profil »: all are taken as tenants, and it is said', async () => {
    const found = await read(write(some.map(cells), { head }));
    expect([found.rows.length, found.reading.assumed]).toEqual([30, 'locataire']);
  });
});

describe('how it was read is told', () => {
  it('encoding, separator, line of the names, columns left aside', async () => {
    const file = `Export\n${write(
      LINES.map((line) => [...cellsOf(line), 'x']),
      { head: [...HEAD.split(';'), 'Bâtiment'], by: '\t' },
    )}`;
    expect((await read(encoded(file, 'macintosh'))).reading).toMatchObject({
      encoding: 'macintosh',
      separator: '\t',
      headLine: 2,
      ignored: ['Bâtiment'],
    });
    expect((await read(utf16(BASE, true, true))).reading).toMatchObject({
      encoding: 'utf-16',
      separator: ';',
    });
  });

  it('days of a spreadsheet, totals, the last digit that nearly all references have', async () => {
    const days = await read(tenants(() => ({ date: '22394' })));
    expect(days.reading.serialDates).toBe(30);
    expect((await read(`${BASE}TOTAL;34\n\x1a`)).reading.skipped).toBe(1);
    expect(
      (await read(changed(({ reference }) => ({ reference: `${reference} 4` })))).reading.isLastDigitWritten,
    ).toBe(true);
    expect(base.reading.isLastDigitWritten).toBe(false);
  });

  it('what was left out of a line', async () => {
    const emails = ['NC', 'néant', 'paul@orange', 'a@b.fr; c@d.fr', 'Paul <a@b.fr>'];
    const lines = emails.map((email, n) => cellsOf({ ...(LINES[n] as Line), email: `"${email}"` }));
    const { rows, rejected, reading } = await read(write(lines));
    expect([rejected, reading.noted]).toEqual([[], 4]);
    expect(rows.map((row) => (row as { email: string | null }).email)).toEqual([
      null,
      null,
      null,
      'a@b.fr',
      'a@b.fr',
    ]);
    expect(reading.notes.map(({ line, notes }) => [line, notes[0]?.reason])).toEqual([
      [2, 'email'],
      [3, 'email'],
      [4, 'email'],
      [5, 'emails'],
    ]);
  });
});

describe('who cannot open an account alone', () => {
  it.each([
    ['an association', { prenom: '', date: '' }, 'withoutPerson'],
    [
      'a shop that is named as a company',
      { nom: '', prenom: '-', date: '', company: 'BOULANGERIE' },
      'withoutPerson',
    ],
    ['an unknown birth date', { date: '00/00/0000' }, 'withoutBirthDate'],
    ['an empty birth date', { date: 'NULL' }, 'withoutBirthDate'],
    ['the day zero of a database', { date: '1900-01-01 00:00:00' }, 'withoutBirthDate'],
  ] as const)('%s is taken, and counted apart', async (_, change, counted) => {
    const found = await read(write([cellsOf({ ...(LINES[0] as Line), ...change })]));
    expect([found.rows.length, found.reading[counted]]).toEqual([1, 1]);
    expect(found.rows[0]).toMatchObject({ birthDate: null });
  });

  it('a person without a given name is a person', async () => {
    const found = await read(
      write(['', '.', 'XXX', 'Sans prénom'].map((prenom) => cellsOf({ ...(LINES[0] as Line), prenom }))),
    );
    expect(found.rows).toHaveLength(4);
    expect(found.reading).toMatchObject({ withoutPerson: 0, withoutBirthDate: 0 });
  });
});

describe('a line is rejected with its reason', () => {
  const line = (change: Partial<Line>, at = 0) =>
    write([
      cellsOf(LINES[1] as Line),
      cellsOf({ ...(LINES[at] as Line), ...change }),
      cellsOf(LINES[2] as Line),
    ]);
  it.each<[string, string, string, Partial<Line>, number?]>([
    ['a formula that failed', 'reference', 'spreadsheet_error', { reference: '#N/A' }],
    ['a formula that failed', 'prenom', 'spreadsheet_error', { prenom: '#VALEUR!' }],
    ['a column too narrow', 'date_naissance', 'spreadsheet_error', { date: '########' }],
    ['a word of a database', 'nom', 'missing', { nom: 'NULL' }],
    ['a number in scientific writing', 'reference', 'scientific', { reference: '4.71e2' }],
    ['three decimals, or thousands', 'reference', 'amount', { reference: '471.000' }],
    ['a letter that was lost', 'nom', 'garbled', { nom: 'LEF?VRE' }],
    ['a first letter that was lost', 'nom', 'garbled', { nom: '?UVRARD' }],
    ['a sign that no name has', 'nom', 'garbled', { nom: 'HƒBERT' }],
    ['an entity of a letter', 'nom', 'entity', { nom: '"LEF&Egrave;VRE"' }],
    ['an hour', 'date_naissance', 'birth_date', { date: '1956-07-13T22:00:00Z' }],
    ['a SIREN', 'siret', 'siren', { siret: '732829320' }, 30],
    ['13 digits that no zero completes', 'siret', 'siret', { siret: '1234567800019' }, 30],
    ['a quote that never closes', 'nom', 'open_quote', { nom: '"ORSONI' }],
    ['a line break in a name', 'nom', 'open_quote', { nom: '"ORSONI\nMARIE"' }],
  ])('%s (%s: %s)', async (_, column, reason, change, at) => {
    const { rows, rejected } = await read(line(change, at));
    expect(rejected[0]).toEqual([3, column, reason]);
    expect(rows).toHaveLength(2);
  });

  it('a person called Null, or so, in a field where it is a name', async () => {
    const { rejected } = await read(line({ nom: 'SANS', prenom: 'NONE' }));
    expect(rejected).toEqual([]);
  });
});

describe('the whole file is refused', () => {
  it.each<[string, string | Uint8Array, [string, number, string | null]]>([
    [
      'months before days',
      tenants(({ date }) => ({ date: date.replace(/^(\d\d)\/(\d\d)/, '$2/$1') })),
      ['month_first', 14, 'date_naissance'],
    ],
    [
      'an encoding that cannot be told',
      encoded(`${HEAD}\nlocataire;1;ORSONI;François;14/07/1956;;;\n`, 'macintosh'),
      ['unsure_encoding', 2, null],
    ],
    [
      'two encodings',
      new Uint8Array([...new TextEncoder().encode(BASE), ...encoded(BASE, 'windows-1252')]),
      ['mixed_encodings', 37, null],
    ],
    ['no names of columns', BASE.slice(HEAD.length + 1), ['missing_column', 1, 'reference']],
    ['one column of the suppliers', BASE.replace(';siret', ';x'), ['missing_column', 1, 'siret']],
    ['no birth dates', BASE.replace('date_naissance', 'age'), ['missing_column', 1, 'date_naissance']],
    ['two columns for one thing', BASE.replace('email', 'REFERENCE'), ['repeated_column', 1, 'reference']],
    ['a page of a web server', '<!doctype html>\n<html>\n', ['separator', 1, null]],
  ])('%s', async (_, file, fault) => {
    expect(await faultOf(file)).toEqual(fault);
  });

  it('one wrong date among many days is one rejected line', async () => {
    const { rejected } = await read(BASE.replace('01/01/1940', '01/13/1940'));
    expect(rejected).toEqual([[2, 'date_naissance', 'birth_date']]);
  });
});

describe('a file that was cut', () => {
  const whole = new TextEncoder().encode(BASE);
  const lineOf = (at: number) => whole.slice(0, at).filter((byte) => byte === 10).length + 1;

  it('is told wherever the cut falls in a line, but for its very end', async () => {
    const lines = BASE.split('\n');
    const third = lines.slice(0, 4).join('\n').length + 1;
    const taken: string[] = [];
    for (let at = third + 1; at <= third + (lines[4]?.length ?? 0) + 1; at++) {
      const text = BASE.slice(0, at);
      const bytes = new TextEncoder().encode(text);
      const fault = await faultOf(bytes);
      if (Array.isArray(fault)) expect(fault).toEqual(['cut', lineOf(bytes.length), null]);
      else taken.push(text.slice(third));
    }
    // The fourth tenant has an address: cut within its ending, or behind it, it reads as one.
    expect(taken).toEqual([
      'locataire;1473;D’ORNANO;Ange;04/04/1943;;;',
      'locataire;1473;D’ORNANO;Ange;04/04/1943;;;p3@example.f',
      'locataire;1473;D’ORNANO;Ange;04/04/1943;;;p3@example.fr',
      'locataire;1473;D’ORNANO;Ange;04/04/1943;;;p3@example.fr\n',
    ]);
  });

  it('is told when only the last line lacks cells, line break or not', async () => {
    const lacking = BASE.replace(/\n[^\n]*\n$/, '\nlocataire;99;LECA;Ange;01/02/1950\n');
    expect(await faultOf(lacking)).toEqual(['cut', 35, null]);
    // Where others lack them too, they are cells that a system leaves away.
    expect((await read(`${BASE.replace(/;+$/gm, '')}locataire;99;LECA;Ange;01/02/1950\n`)).rows).toHaveLength(
      35,
    );
  });
});

describe('an encoding', () => {
  it.each(['windows-1252', 'iso-8859-15', 'macintosh', 'cp850'] as const)(
    '%s is told by its words',
    (encoding) => {
      for (const words of ['HÉBERT;Françoise', 'Hélène;NOËL', 'MÜLLER;José;Loïc', 'Élodie;Anaïs;Gérôme']) {
        const bytes = encoded(words, encoding);
        const told = encodingOf(bytes);
        expect(told && decodeBytes(bytes, told)).toBe(words);
      }
    },
  );

  it('small letters typed under caps lock are no other encoding', () => {
    expect(encodingOf(encoded('RENé;FRANçOIS;HéLèNE', 'windows-1252'))).toBe('windows-1252');
  });

  it('is not guessed from one letter that reads well in two', () => {
    expect(encodingOf(encoded('FRANÇOIS', 'cp850'))).toBeUndefined();
  });
});
