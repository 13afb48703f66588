// Folding, by property: what it does twice is what it does once, and no two people of the demo file become one.

import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/client/import/columns.ts';
import { findClient, type Identity } from '../../src/client/matching.ts';
import { familyNames, foldCompany, foldName } from '../../src/client/names.ts';
import { possibleReferenceKeys, referenceKey } from '../../src/client/reference.ts';
import demo from '../demo/clients.csv?raw';
import { clientRow } from '../support/client-row.ts';
import { runs } from '../support/fuzz.ts';

const { data } = Papa.parse<Record<Column, string>>(demo.trim(), { header: true, delimiter: ';' });
const rows = data.map((line, id) => ({ ...clientRow(line), id, leftAt: null }));
type Row = (typeof rows)[number];

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...names()),
);

function names(): string[] {
  return rows.flatMap((row) =>
    [row.familyName, row.givenName, row.companyName, row.reference].filter((one) => one !== null),
  );
}

describe.each([
  ['foldName', foldName],
  ['foldCompany', foldCompany],
  ['referenceKey', referenceKey],
])('%s', (_, fold) => {
  it('gives on its own answer the same answer', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      runs(2_000),
    );
  });

  it('does so for each sign of Unicode', () => {
    const wrong: string[] = [];
    for (let point = 0; point < 0x20000; point++) {
      const once = fold(`a${String.fromCodePoint(point)}`);
      if (fold(once) !== once) wrong.push(point.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('sees neither case, nor how accents are made, nor spaces around', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names()), fc.constantFrom('NFC', 'NFD', 'NFKC'), (text, form) => {
        for (const spelled of [text.toLowerCase(), ` ${text}  `, text.replace(/ /g, '  ')])
          expect(fold(spelled.normalize(form))).toBe(fold(text));
      }),
      runs(200),
    );
  });
});

it('each family name found in a field is folded, and finds itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const name of familyNames(text)) expect(foldName(name)).toBe(name);
    }),
    runs(1_000),
  );
});

it('the likeliest key of a typed reference is the one it is stored under', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(possibleReferenceKeys(text)[0]).toBe(referenceKey(text));
    }),
    runs(1_000),
  );
});

/** What people do to what is printed on the notice: all of it is form, none of it content. */
const LIBERTIES: ((text: string) => string)[] = [
  (text) => text.toLowerCase(),
  (text) => text.replace(/[- ]+/g, ' '),
  (text) => text.replace(/[- ]+/g, '-'),
  (text) => text.replace(/['’]/g, ' '),
  (text) => text.replace(/['’]/g, '’'),
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
  (text) => ` ${text} `,
];
const liberties = fc.subarray(LIBERTIES);
const spell = (text: string | null, taken: ((text: string) => string)[]) =>
  taken.reduce((spelled, liberty) => liberty(spelled), text ?? '');

const referenceLiberties = fc.constantFrom(
  (reference: string) => reference,
  (reference: string) => `00${reference}`,
  (reference: string) => `${reference}.`,
  (reference: string) => reference.split('').join(' '),
  (reference: string) => reference.replace(/^(\d+)$/, 'L $1'),
);

/** What a person types; a birth date the file knows in part is typed whole. */
function typedBy(row: Row, taken: ((text: string) => string)[], reference: string): Identity {
  if (row.kind === 'supplier')
    return { kind: row.kind, reference, companyName: spell(row.companyName, taken), siret: row.siret ?? '' };
  const [familyName, givenName] = [spell(row.familyName, taken), spell(row.givenName, taken)];
  const birthDate = (row.birthDate ?? '').replace(/-00/g, '-09');
  return { kind: row.kind, reference, familyName, givenName, birthDate };
}

const foundIn = (typed: Identity) =>
  findClient(
    typed,
    rows.filter(({ kind }) => kind === typed.kind),
  );

describe('the people of the demo file', () => {
  it('are each found, by themselves, however they spell', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rows), liberties, referenceLiberties, (row, taken, rewrite) => {
        expect(foundIn(typedBy(row, taken, rewrite(row.reference)))?.id).toBe(row.id);
      }),
      runs(2_000),
    );
  });

  it('are not found with an item of somebody else', () => {
    const tenants = rows.filter(({ kind }) => kind === 'tenant');
    const items = ['reference', 'familyName', 'givenName', 'birthDate'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...tenants),
        fc.constantFrom(...tenants),
        fc.constantFrom(...items),
        liberties,
        (one, other, item, taken) => {
          const mixed = { ...one, [item]: other[item] };
          const found = foundIn(typedBy(mixed, taken, mixed.reference));
          // Sharing an item is being found by it: Pascal and Pascale Paoli have one birth date.
          if (found) expect([one.id, other.id]).toContain(found.id);
          if (found) expect(items.every((each) => sameItem(each, mixed, found))).toBe(true);
        },
      ),
      runs(4_000),
    );
  });
});

/** Whether two rows hold one and the same item, read strictly: no folding of ours is used. */
function sameItem(
  item: 'reference' | 'familyName' | 'givenName' | 'birthDate',
  one: Row,
  other: Row,
): boolean {
  const bare = (text: string | null) =>
    (text ?? '')
      .normalize('NFD')
      .replace(/[^A-Za-z0-9]/g, '')
      .toUpperCase();
  if (item === 'birthDate') return bare(one.birthDate).slice(0, 4) === bare(other.birthDate).slice(0, 4);
  const [a, b] = [bare(one[item]), bare(other[item])];
  return (
    a === b ||
    (item === 'reference' && a.slice(0, -1) === b) ||
    (item !== 'reference' && (a.startsWith(b) || b.startsWith(a)))
  );
}
