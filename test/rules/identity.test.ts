import { describe, expect, it } from 'vitest';
import { readBirthDate } from '../../src/client/birth-date.ts';
import {
  findClient,
  guessesOf,
  type Identity,
  identityFingerprint,
  isPartlyKnown,
  stopsClient,
} from '../../src/client/matching.ts';
import { isName } from '../../src/client/names.ts';
import { clientRow } from '../support/client-row.ts';

const line = (reference: string, nom: string, prenom: string, date_naissance: string) => ({
  ...clientRow({ profil: 'locataire', reference, nom, prenom, date_naissance }),
  leftAt: null as number | null,
});

const MARIE = line('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956');

function tenant(reference: string, familyName: string, givenName: string, birthDate: string): Identity {
  const read = readBirthDate(birthDate, Date.UTC(2026, 0, 1));
  if (!read.ok) throw new Error(`${birthDate}: ${read.reason}`);
  return { kind: 'tenant', reference, familyName, givenName, birthDate: read.date };
}

// Thirty ways in which one tenant may write herself.
const SPELLINGS: [string, string, string, string][] = [
  ['471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['4714', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['471 4', 'Orsoni', 'Marie-Dominique', '14/07/1956'],
  ['471.4', 'orsoni', 'marie-dominique', '14071956'],
  ['471-4', 'Orsoni', 'Marie Dominique', '14.07.1956'],
  ['0471', 'Orsoni', 'Marie  Dominique', '14-7-1956'],
  ['000471', 'Orsoni', 'MarieDominique', '14 juillet 1956'],
  ['L471', 'Orsoni', 'Marie–Dominique', '1956-07-14'],
  ['l 471', 'Orsoni', 'Marie', '14/7/1956'],
  ['N° 471', 'Orsoni', 'Marie-Dominique', '14 Juillet 1956'],
  ['471L', 'Orsoni', 'Marie-Dominique', '14 juil. 1956'],
  [' 471 ', ' Orsoni ', ' Marie-Dominique ', ' 14/07/1956 '],
  ['4 7 1', 'ORSONI', 'Marie-Dominique Anne', '14/07/1956'],
  ['4 7 1 4', 'ORSONI', 'Marie Dominique, Anne', '14/07/1956'],
  ['471', 'Mme Orsoni', 'Marie-Dominique', '14/07/1956'],
  ['471', 'MME. ORSONI', 'Marie-Dominique', '14/07/1956'],
  ['471', 'Madame Orsoni', 'Marie-Dominique', '14/07/1956'],
  ['471', 'Mlle Orsoni', 'Marie-Dominique', '14/07/1956'],
  ['471', 'Orsoni Madame', 'Marie-Dominique', '14/07/1956'],
  ['471', 'Örsonì', 'Màrie-Dominïque', '14/07/1956'],
  ['471', 'O’rsoni', 'Marie-Dominique', '14/07/1956'],
  ["471'", "O'rsoni", 'Marie-Dominique', '14/07/1956'],
  ['471', 'ORSONI.', 'MARIE.DOMINIQUE', '14/07/1956'],
  ['471', 'Marie-Dominique', 'Orsoni', '14/07/1956'],
  ['4714', 'MARIE DOMINIQUE', 'ORSONI', '14/07/1956'],
  ['471', 'Orsoni née Casanova', 'Marie-Dominique', '14/07/1956'],
  ['471', 'Casanova épouse Orsoni', 'Marie-Dominique', '14/07/1956'],
  ['471', 'Orsoni / Casanova', 'Marie-Dominique', '14/07/1956'],
  ['４７１', 'ＯＲＳＯＮＩ', 'Marie-Dominique', '14 / 07 / 1956'],
  ['00471-4', 'M. et Mme Orsoni', 'Marie-dominique', '14 07 1956'],
];

// Ten that are somebody else, or a guess.
const NEAR_MISSES: [string, string, string, string][] = [
  ['472', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['47', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['47144', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['471', 'OSRINI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['471', 'ORSO', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['4714', 'ORSINI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['471', 'ORSINI', 'MARIE', '14/07/1956'],
  ['471', 'ORSONI', 'DOMINIQUE', '14/07/1956'],
  ['471', 'ORSONI', 'MARIE-DOMINICA', '14/07/1956'],
  ['471', 'ORSONI', 'MAR', '14/07/1956'],
  ['471', 'ORSONI', 'MARIE-DOMINIQUE', '15/07/1956'],
  ['471', 'ORSONI', 'MARIE-DOMINIQUE', '07/04/1956'],
];

describe('matching a tenant', () => {
  it('recognises her in every way of writing', () => {
    const found = SPELLINGS.filter((typed) => findClient(tenant(...typed), [MARIE]) === MARIE);
    expect(found).toEqual(SPELLINGS);
  });

  it('takes nobody near for her', () => {
    expect(NEAR_MISSES.filter((typed) => findClient(tenant(...typed), [MARIE]) !== undefined)).toEqual([]);
  });

  it('tells the two signatories of one lease apart', () => {
    const [anna, ange] = [
      line('473', 'LECCIA', 'ANNA', '29/02/1952'),
      line('473', 'LECCIA', 'ANGE', '12/05/1949'),
    ];
    expect(findClient(tenant('473', 'Leccia', 'Anna', '29/02/1952'), [anna, ange])).toBe(anna);
    expect(findClient(tenant('473', 'Leccia', 'Ange', '12/05/1949'), [anna, ange])).toBe(ange);
    expect(findClient(tenant('473', 'Leccia', 'Ange', '29/02/1952'), [anna, ange])).toBeUndefined();
  });

  it.each(['DUPONT', 'Martin', 'Dupont-Martin', 'MARTIN DUPONT'])(
    'takes %s for MME DUPONT NEE MARTIN',
    (name) => {
      const jeanne = line('475', 'MME DUPONT NEE MARTIN', 'JEANNE', '21/09/1939');
      expect(findClient(tenant('475', name, 'Jeanne', '21/09/1939'), [jeanne])).toBe(jeanne);
    },
  );

  it.each([
    ['D’Ornano', "D'ORNANO"],
    ['dornano', 'D’ORNANO'],
    ['de la foata', 'DELAFOATA'],
    ['Œuvrard', 'OEUVRARD'],
    ['MULLER', 'MÜLLER'],
    ['M’Baye', "M'BAYE"],
  ])('takes %s for %s', (typed, file) => {
    const row = line('1', file, 'ANNE', '01/01/1960');
    expect(findClient(tenant('1', typed, 'Anne', '01/01/1960'), [row])).toBe(row);
  });

  it('does not take a name that begins with M for a civility', () => {
    const row = line('1', "M'BA", 'ANNE', '01/01/1960');
    expect(findClient(tenant('1', 'Ba', 'Anne', '01/01/1960'), [row])).toBeUndefined();
  });

  it.each([
    ['00/00/1950', '03/12/1950', true],
    ['00/00/1950', '03/12/1951', false],
    ['00/07/1950', '03/07/1950', true],
    ['00/07/1950', '03/08/1950', false],
  ])('knows of %s what it says: %s → %s', (file, typed, matches) => {
    const row = line('1', 'NGUYEN', 'THI HOA', file);
    expect(findClient(tenant('1', 'Nguyen', 'Thi Hoa', typed), [row]) === row).toBe(matches);
  });

  it('prefers the reference as typed to the one without its last digit', () => {
    const [whole, cut] = [
      line('4714', 'PAOLI', 'ANNE', '01/01/1960'),
      line('471', 'PAOLI', 'ANNE', '01/01/1960'),
    ];
    expect(findClient(tenant('4714', 'Paoli', 'Anne', '01/01/1960'), [cut, whole])).toBe(whole);
  });

  it('prefers all given names to the first one, and gives nobody when two fit equally', () => {
    const [jean, jeanPaul] = [
      line('1', 'PAOLI', 'JEAN', '01/01/1960'),
      line('1', 'PAOLI', 'JEAN-PAUL', '01/01/1960'),
    ];
    const jeanMarc = line('1', 'PAOLI', 'JEAN-MARC', '01/01/1960');
    const typed = tenant('1', 'Paoli', 'Jean', '01/01/1960');
    expect(findClient(typed, [jeanPaul, jean])).toBe(jean);
    expect(findClient(typed, [jeanPaul, jeanMarc])).toBeUndefined();
  });

  it('prefers who is still present to who left', () => {
    const gone = { ...MARIE, leftAt: 1 };
    expect(findClient(tenant('471', 'Orsoni', 'Marie-Dominique', '14/07/1956'), [gone, MARIE])).toBe(MARIE);
  });
});

describe('matching a supplier', () => {
  const plumber = {
    ...clientRow({
      profil: 'fournisseur',
      reference: 'F-2024-0017',
      raison_sociale: 'SARL PLOMBERIE DU GOLFE',
      siret: '41234567800019',
    }),
    leftAt: null,
  };
  const typed = (reference: string, companyName: string, siret = '41234567800019'): Identity => ({
    kind: 'supplier',
    reference,
    companyName,
    siret,
  });

  it.each([
    ['F-2024-0017', 'SARL PLOMBERIE DU GOLFE'],
    ['f 2024 0017', 'Plomberie du Golfe'],
    ['20240017', 'S.A.R.L. Plomberie du Golfe'],
    ['F-2024-0017', 'plomberie-du-golfe sarl'],
  ])('recognises %s · %s', (reference, company) => {
    expect(findClient(typed(reference, company), [plumber])).toBe(plumber);
  });

  it('reads & and « et » as one', () => {
    const sons = {
      ...plumber,
      ...clientRow({
        profil: 'fournisseur',
        reference: 'F-2024-0017',
        raison_sociale: 'ETS POLI & FILS',
        siret: '41234567800019',
      }),
    };
    expect(findClient(typed('F-2024-0017', 'Poli et Fils'), [sons])).toBe(sons);
  });

  it.each([
    ['F-2024-0018', 'Plomberie du Golfe', '41234567800019'],
    ['F-2024-0017', 'Plomberie du Port', '41234567800019'],
    ['F-2024-0017', 'Plomberie du Golfe', '41234567800018'],
  ])('does not take %s · %s · %s for it', (...other) => {
    expect(findClient(typed(...other), [plumber])).toBeUndefined();
  });
});

describe('what a failed identity counts on', () => {
  const keysOf = (...typed: Parameters<typeof tenant>) =>
    guessesOf(tenant(...typed)).map(({ of, key }) => `${of} ${key}`);

  it('is each reference it could denote, the birth date and the name with the year', () => {
    expect(guessesOf(tenant('471 4', 'Orsoni', 'Marie', '14/07/1956'))).toEqual([
      { of: 'reference', key: 'tenant 4714', guesses: 1 },
      { of: 'cut_reference', key: 'tenant 471', guesses: 1 },
      { of: 'birth_date', key: '1956-07-14', guesses: 2 },
      { of: 'name_and_year', key: 'ORSONI 1956', guesses: 1 },
    ]);
  });

  it('is one reference and one birth date, however the names are written, swapped or padded', () => {
    const firm = (...typed: Parameters<typeof tenant>) =>
      keysOf(...typed).filter((key) => !key.startsWith('name'));
    const keys = firm('471', 'Orsoni', 'Marie', '14/07/1956');
    for (const [family, given] of [
      ['Marie', 'Orsoni'],
      ['X / Orsoni', 'Marie XB'],
      ['Orsoni', 'M A R I E'],
    ] as const)
      expect(firm('0471', family, given, '14.7.1956')).toEqual(keys);
  });

  it('stops the client itself, in every way of writing', () => {
    const stops = SPELLINGS.map((typed) => {
      const one = tenant(...typed);
      return guessesOf(one).flatMap((guess) => (stopsClient(guess, one, MARIE) ? guess.key : []));
    });
    expect(stops).toEqual(SPELLINGS.map(() => ['tenant 471', '1956-07-14']));
  });

  it('stops who is partly known by the name with the year too, nobody else', () => {
    const one = tenant('471', 'Orsoni', 'Marie-Dominique', '14/07/1956');
    const partly = line('471', 'ORSONI', 'MARIE-DOMINIQUE', '00/00/1956');
    const stops = (client: typeof MARIE) =>
      guessesOf(one).filter((guess) => stopsClient(guess, one, client)).length;
    expect([stops(MARIE), stops(partly)]).toEqual([2, 3]);
    expect([isPartlyKnown(MARIE), isPartlyKnown(partly)]).toEqual([false, true]);
  });

  it('tells two tries apart by all that matching sees of them', () => {
    const tries = [
      tenant('471', 'Orsoni', 'Marie', '14/07/1956'),
      tenant('471', 'Orsoni', 'Marie', '15/07/1956'),
      tenant('471', 'Orsoni', 'Anne', '14/07/1956'),
      tenant('471', 'Marie', 'Orsoni', '14/07/1956'),
      tenant('472', 'Orsoni', 'Marie', '14/07/1956'),
      tenant('471', 'Or / Soni', 'Marie', '14/07/1956'),
      tenant('471', 'Orsoni', 'Mar Ie', '14/07/1956'),
    ].map(identityFingerprint);
    expect(new Set(tries).size).toBe(tries.length);
    expect(identityFingerprint(tenant('00471', 'ORSONI', 'marie', '14.7.1956'))).toBe(tries[0]);
  });
});

it.each(['A / B / C / D', 'UN EPOUSE DEUX VEUVE TROIS NEE QUATRE', '123', '?!'])(
  '« %s » is no name',
  (typed) => {
    expect(isName(typed)).toBe(false);
  },
);

it.each(['Orsoni', 'M BAYE', 'DUPONT NEE MARTIN', 'DUPONT EPOUSE MARTIN VEUVE LECA', 'Li'])(
  '« %s » is a name',
  (typed) => {
    expect(isName(typed)).toBe(true);
  },
);
