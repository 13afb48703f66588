// People as they write: what phones, registers and the landlord's system put between a tenant and the notice, by kind.

import { describe, expect, it } from 'vitest';
import { readBirthDate, readFileBirthDate } from '../../src/client/birth-date.ts';
import { findClient, findClientsToRemind, type Identity } from '../../src/client/matching.ts';
import { fullName, nameWords } from '../../src/client/names.ts';
import { possibleReferenceKeys } from '../../src/client/reference.ts';
import { isCheckedSiret, readSiret } from '../../src/client/siret.ts';
import { firstEmail, readEmail } from '../../src/mail/address.ts';
import { readProvisional } from '../../src/mail/provisional.ts';
import { tokenIn } from '../../src/platform/secrets.ts';
import { clientRow } from '../support/client-row.ts';

const NOW = Date.UTC(2026, 10, 26);
const BORN = '23/04/1961';

function lessee(nom: string, prenom: string, date_naissance = BORN, reference = '620') {
  return { ...clientRow({ profil: 'locataire', reference, nom, prenom, date_naissance }), leftAt: null };
}

function typed(familyName: string, givenName: string, date = BORN, reference = '620'): Identity {
  const read = readBirthDate(date, NOW);
  if (!read.ok) throw new Error(read.reason);
  return { kind: 'tenant', reference, familyName, givenName, birthDate: read.date };
}

/** [file: family name, given name; typed: the same] */
type Pair = [string, string, string, string];

const KINDS: Record<string, Pair[]> = {
  'letters that no accent makes': [
    ['DANG', 'QUANG', 'ĐẶNG', 'Quang'],
    ['ŁUKASZEWICZ', 'STANISŁAW', 'LUKASZEWICZ', 'Stanislaw'],
    ['THORSSON', 'GUDRUN', 'Þórsson', 'Guðrún'],
    ['HASSAN', 'GHADA', 'Ħassan', 'Għada'],
    ['ELIYEV', 'NERGIZ', 'ƏLİYEV', 'Nərgiz'],
    ['WEISS', 'JONAS', 'Weiß', 'Jonas'],
    ['KONE', 'BINTOU', 'KƆNƐ', 'Bintou'],
    ['SØRENSEN', 'KARI', 'SORENSEN', 'Kari'],
  ],
  'umlauts written out, both ways': [
    ['SCHAEFER', 'GUENTER', 'Schäfer', 'Günter'],
    ['SCHÄFER', 'GÜNTER', 'SCHAEFER', 'GUENTER'],
    ['SCHÄFER', 'GÜNTER', 'Schafer', 'Gunter'],
    ['VÖLKER-KRÜGER', 'ANJA', 'Voelker Krueger', 'Anja'],
  ],
  'apostrophes of every keyboard': [
    ["D'ANGELI", 'ROCH', 'DʻANGELI', 'Roch'],
    ["D'ANGELI", 'ROCH', 'D´Angeli', 'Roch'],
    ["D'ANGELI", 'ROCH', 'd angeli', 'Roch'],
    ["D'ANGELI", 'ROCH', 'DANGELI', 'Roch'],
    ["N'DIAYE", "PA'ULINA", 'Nʼdiaye', 'Paʼulina'],
    ["KERVAREC'H", 'LOIC', 'Kervarec′h', 'Loïc'],
    ['LHOSTE', 'PAULE', 'L’Hoste', 'Paule'],
  ],
  'dashes of every keyboard': [
    ['LUCCIONI', 'ANNE-LAURE', 'Luccioni', 'Anne‑Laure'],
    ['LUCCIONI', 'ANNE-LAURE', 'Luccioni', 'Anneーlaure'],
    ['LUCCIONI-GRAZIANI', 'ANNE', 'Luccioni − Graziani', 'Anne'],
  ],
  'signs that nobody sees': [
    ['LUCCIONI', 'ANNE', '\u2066Luccioni\u2069', 'An\u00adne'],
    ['LUCCIONI', 'ANNE', '\ufeffLuccioni', 'Anne\u200d'],
  ],
  'signs of abbreviation': [
    ['FERREIRA', 'MARIA JOSE', 'Ferreira', 'Mª José'],
    ['CAL·LIS', 'MARTA', 'Callis', 'Marta'],
  ],
  'names that are also words beside a name': [
    ['DIT', 'SAMNANG', 'Dit', 'Samnang'],
    ['MME EP', 'SOPHEA', 'Ep', 'Sophea'],
    ['DU', 'LIHUA', 'Du', 'Lihua'],
    ['DU EPOUSE LUCCIONI', 'LIHUA', 'Du', 'Lihua'],
    ['EP EPOUSE LUCCIONI', 'SOPHEA', 'Ep', 'Sophea'],
    ['OU', 'CHANTHA', 'OU', 'Chantha'],
    ['O', 'MINJUN', 'O', 'Minjun'],
  ],
  'two names, however joined': [
    ['GRAZIANI (LUCCIONI)', 'ROSE', 'Luccioni', 'Rose'],
    ['GRAZIANI EPSE LUCCIONI', 'ROSE', 'Graziani', 'Rose'],
    ['GRAZIANI - LUCCIONI', 'ROSE', 'Luccioni-Graziani', 'Rose'],
    ['GRAZIANI NOM DE NAISSANCE LUCCIONI', 'ROSE', 'Luccioni', 'Rose'],
    ['GRAZIANI OU LUCCIONI', 'ROSE', 'Graziani', 'Rose'],
    ['GRAZIANI', 'ROSE', 'Graziani née Luccioni', 'Rose'],
    ['LOPES FERREIRA', 'ROSE', 'Ferreira', 'Rose'],
  ],
  'words beside the name': [
    ['M. ET/OU MME GRAZIANI', 'ROSE', 'Graziani', 'Rose'],
    ['GRAZIANI MLLE', 'ROSE', 'Graziani', 'Rose'],
    ['DR GRAZIANI', 'ROSE', 'Graziani', 'Rose'],
    ['HERITIERS GRAZIANI', 'ROSE', 'Graziani', 'Rose'],
    ['GRAZIANI C/O ATI', 'ROSE', 'Graziani', 'Rose'],
    ['GRAZIANI 3', 'ROSE', 'Mme Graziani', 'Rose'],
  ],
  'Saint and St': [
    ['STE-LUCIE', 'ROSE', 'Sainte Lucie', 'Rose'],
    ['SAINT-LEU', 'ROSE', 'St-Leu', 'Rose'],
  ],
  'particles, there or not': [
    ["ISTRIA (D')", 'ROSE', 'd’Istria', 'Rose'],
    ['DE LA ROCCA', 'ROSE', 'Rocca', 'Rose'],
    ['ROCCA', 'ROSE', 'Della Rocca', 'Rose'],
    ['BENSALAH', 'KARIM', 'Ben Salah', 'Karim'],
    ['EL MOKHTARI', 'KARIM', 'Elmokhtari', 'Karim'],
    ['VAN DER MEER', 'KAREL', 'Meer', 'Karel'],
  ],
  'some of the given names': [
    ['GRAZIANI', 'ANTOINE PASCAL', 'Graziani', 'Pascal'],
    ['GRAZIANI', 'PASCAL', 'Graziani', 'Antoine Pascal Toussaint'],
    ['GRAZIANI', 'MARIE-JOSEPHE', 'Graziani', 'Marie'],
    ['TRAN', 'THI MAI', 'Tran', 'Mai'],
  ],
  'an initial for a given name': [
    ['GRAZIANI', 'J.-BAPTISTE', 'Graziani', 'Jean-Baptiste'],
    ['GRAZIANI', 'JEAN BAPTISTE', 'Graziani', 'J. Baptiste'],
    ['GRAZIANI', 'MARIE T.', 'Graziani', 'Marie-Thérèse'],
  ],
  'two people on a line': [
    ['GRAZIANI', 'PAUL OU LUCIE', 'Graziani', 'Lucie'],
    ['GRAZIANI', 'PAUL / LUCIE', 'Graziani', 'Paul'],
  ],
  'both names in one field, or in the other': [
    ['GRAZIANI', 'ROSE', 'Rose', 'Graziani'],
    ['GRAZIANI', 'ROSE', 'Graziani Rose', 'Rose'],
    ['GRAZIANI ROSE', 'ROSE', 'Graziani', 'Rose'],
    ['GRAZIANI', 'ROSE MARIE', 'Rose Marie Graziani', 'Rose Marie Graziani'],
    ['GRAZIANI ROSE', '', 'Graziani', 'Rose'],
  ],
  'no given name': [
    ['SUHARTO', '', 'Suharto', ''],
    ['SUHARTO', 'XXX', 'Suharto', '-'],
    ['SUHARTO', 'SANS PRENOM', 'Suharto', 'Suharto'],
  ],
  'one slip of the finger in a long family name': [
    ['GRAZIANI', 'ROSE', 'Grazani', 'Rose'],
    ['GRAZIANI', 'ROSE', 'Grazziani', 'Rose'],
    ['GRAZIANI', 'ROSE', 'Grazianu', 'Rose'],
    ['GRAZIANI', 'ROSE', 'Garziani', 'Rose'],
    ['MACLEOD', 'ROSE', 'McLeod', 'Rose'],
    ['GRAZIANI EP. LUCCIONI', 'ROSE', 'Lucioni', 'Rose'],
  ],
};

/** Of lines (family name and given name on file, then as typed), those that find their client, or nobody. */
const findingOf = (pairs: string[][]) =>
  pairs.filter(([nom = '', prenom = '', family = '', given = '']) => {
    const row = lessee(nom, prenom);
    return findClient(typed(family, given), [row]) === row;
  });

it.each(Object.entries(KINDS))('is found: %s', (_, pairs) => {
  expect(findingOf(pairs)).toEqual(pairs);
});

describe('is somebody else', () => {
  it('another given name, a letter for a long name, a short name’s slip, one name twice', () => {
    const pairs = [
      ['GRAZIANI', 'MICHEL', 'Graziani', 'Michèle'],
      ['GRAZIANI', 'MICHEL', 'Graziani', 'Michl'],
      ['GRAZIANI', 'JEAN-NOEL', 'Graziani', 'Jean-Paul'],
      ['GRAZIANI', 'JEAN NOEL', 'Graziani', 'Jean Paul'],
      ['GRAZIANI', 'MARIE-ANNE', 'Graziani', 'Anne-Marie'],
      ['GRAZIANI', 'MARIE ANNE', 'Graziani', 'Anne Marie'],
      ['GRAZIANI', 'MARIE-ANNE', 'Graziani', 'Anne'],
      ['GRAZIANI', 'MICHEL', 'Graziani', 'M'],
      ['GRAZIANI', 'ANGE', 'Graziani', 'A N G E L I N A'],
      ['GRAZIANI', 'ROSE', 'Grazini', 'Rosa'],
      ['GRAZIANI', 'ROSE MARIE', 'Grazini', 'Rose'],
      ['GRAZIANI', 'ROSE', 'Grzini', 'Rose'],
      ['LECA', 'ROSE', 'Lecca', 'Rose'],
      ['LECA', 'ROSE', 'Rose', 'Rose'],
      ['LECA', 'ROSE', 'Leca', 'Leca'],
      ['LECA ROSE', 'ROSE', 'Rose', 'Rose'],
      ['SUHARTO', '', 'Suharto', 'Rose'],
      ['SUHARTO MARTO', '', 'Suharto', ''],
    ];
    expect(findingOf(pairs)).toEqual([]);
  });

  it.each([
    ['MME LECA', 'MME'],
    ['LECA EP ROSSI', 'EP'],
    ['DE LA ROCCA', 'DE LA'],
    ['M. LECA', 'M'],
    ['LECA S/C ATI', 'S'],
    ['LE GUEN', 'LE'],
  ])('%s and « %s »: what stands beside a name is none', (nom, family) => {
    expect(findClient(typed(family, 'ROSE'), [lessee(nom, 'ROSE')])).toBeUndefined();
  });

  it('a list of names, which is a guess', () => {
    const row = lessee('LECA', 'ROSE');
    expect(findClient(typed('Rossi Paoli Leca Murati', 'Rose'), [row])).toBe(row);
    expect(findClient(typed('Rossi Paoli Leca Murati Giudici', 'Rose'), [row])).toBeUndefined();
    expect(findClient(typed('Leca', 'Anne Marie Rose Louise Jeanne'), [row])).toBeUndefined();
  });
});

describe('a slip is forgiven to one person only', () => {
  const [graziani, grazioni] = [lessee('GRAZIANI', 'ROSE'), lessee('GRAZIONI', 'ROSE')];

  it('who is written exactly comes first, and of two as near there is nobody', () => {
    expect(findClient(typed('Graziani', 'Rose'), [graziani, grazioni])).toBe(graziani);
    expect(findClient(typed('Graziini', 'Rose'), [graziani, grazioni])).toBeUndefined();
  });

  it('not without the last digit of the reference, nor another day', () => {
    expect(findClient(typed('Grazini', 'Rose', BORN, '6204'), [graziani])).toBeUndefined();
    expect(findClient(typed('Grazini', 'Rose', '24/04/1961'), [graziani])).toBeUndefined();
  });
});

describe('a birth date that the file knows in part', () => {
  const row = lessee('BENSALAH EP HADDAD', 'FATIMA ZOHRA', '00/00/1948');

  it.each(['00/00/1948', '1948', '1948-00-00', 'née en 1948', '06/1948', 'juin 1948', '17/06/1948'])(
    'agrees with « %s »',
    (date) => {
      expect(findClient(typed('Bensalah', 'Fatima', date), [row])).toBe(row);
      const lost = {
        kind: 'tenant',
        reference: '620',
        familyName: 'Haddad',
        birthDate: '1948-00-00',
      } as const;
      expect(findClientsToRemind(lost, [row])).toEqual([row]);
    },
  );

  it.each([
    ['Bensala', 'Fatima', '1948'],
    ['Fatima', 'Bensalah', '1948'],
    ['Bensalah Rossi', 'Fatima', '1948'],
    ['Bensalah', 'F. Zohra', '1948'],
    ['Bensalah', 'Fatima', '1949'],
  ])('makes the rest strict: not « %s », « %s », « %s »', (family, given, date) => {
    expect(findClient(typed(family, given, date), [row])).toBeUndefined();
  });

  it('does not agree with less than the file knows', () => {
    const known = lessee('HADDAD', 'ZOHRA', '00/06/1948');
    expect(findClient(typed('Haddad', 'Zohra', '1948'), [known])).toBeUndefined();
    expect(findClient(typed('Haddad', 'Zohra', '06/1948'), [known])).toBe(known);
    expect(
      findClient(typed('Haddad', 'Zohra', '1948'), [lessee('HADDAD', 'ZOHRA', '17/06/1948')]),
    ).toBeUndefined();
  });
});

describe('birth dates', () => {
  it.each([
    '23.04.1961',
    '23,4,1961',
    '23\\04\\1961',
    '23 – 04 – 1961',
    '23;04;1961',
    '23_04_1961',
    '23:04:1961',
    '۲۳/۰۴/۱۹۶۱',
    '２３／０４／１９６１',
    '23\u200e/04\u200e/1961',
    'Né(e) le : 23/04/1961',
    'dimanche 23 avril 1961',
    'dim. 23 avr. 1961',
    '23 avril de 1961',
    '23avril1961',
    '23-APR-1961',
    '23/04/1961 !',
    '23/04/1961 (65 ans)',
    '23/04/1961 à Bastia',
    '23/04/19 61',
    '023/04/1961',
    '23/O4/1961',
    '23/04/l961',
    '19610423',
    '1961-04-23 00:00:00.000',
    '1961-04-23T00:00:00+02:00',
    '23/04/1961 0:00',
    '23/4/1961 12:00:00 AM',
  ])('« %s » is 23 April 1961', (text) => {
    expect(readBirthDate(text, NOW)).toEqual({ ok: true, date: '1961-04-23' });
  });

  it.each(['1er mai 1950', '1 er mai 1950', 'Premier mai 1950', '1/MAI/1950', 'mai 1 1950'])(
    '« %s » is 1 May 1950',
    (text) => {
      expect(readBirthDate(text, NOW)).toEqual({ ok: true, date: '1950-05-01' });
    },
  );

  it.each([
    ['23/04/1961 14:30', 'birth_date_shape'],
    ['5 jui 1961', 'birth_date_shape'],
    ['23 rue 04 1961', 'birth_date_shape'],
    ['23/00/1961', 'birth_date_impossible'],
    ['00/13/1961', 'birth_date_impossible'],
    ['1899', 'birth_date_impossible'],
    ['12/2026', 'birth_date_future'],
  ])('« %s » is none: %s', (text, reason) => {
    expect(readBirthDate(text, NOW)).toEqual({ ok: false, reason });
  });

  it.each([
    ['22394', '1961-04-23'],
    ['22394.0', '1961-04-23'],
    ['19610423', '1961-04-23'],
    ['23/04/1961 00:00:00', '1961-04-23'],
    ['1961', '1961-00-00'],
    ['xx/04/1961', '1961-04-00'],
    ['né en 1961', undefined],
    ['1961-04-22T22:00:00Z', undefined],
    ['99999', undefined],
  ])('of the file: « %s » is %s', (text, date) => {
    expect(readFileBirthDate(text, NOW)).toBe(date);
  });
});

describe('e-mail addresses', () => {
  it.each([
    ['\u200bpaul@free.fr', 'paul@free.fr'],
    ['paul@free.fr\u2069 ', 'paul@free.fr'],
    ['paul@free.fr ;', 'paul@free.fr'],
    ['MAILTO:paul@FREE.fr?subject=Bonjour', 'paul@free.fr'],
    ['Paul Rossi <paul@free.fr>.', 'paul@free.fr'],
    ['« paul@free.fr »', 'paul@free.fr'],
    ['(paul@free.fr)', 'paul@free.fr'],
    ['paul＠free.fr', 'paul@free.fr'],
    ['paul@forêt.fr', 'paul@xn--fort-ipa.fr'],
    ["o'neil+test@mail.example.com", "o'neil+test@mail.example.com"],
    ['a{b}|c=d@free.fr', 'a{b}|c=d@free.fr'],
    ['x@exemple.xn--fiqs8s', 'x@exemple.xn--fiqs8s'],
  ])('« %s » is %s', (text, address) => {
    expect(readEmail(text)).toEqual({ ok: true, address });
  });

  it.each([
    ['paul', 'email_no_at'],
    ['@free.fr', 'email_no_name'],
    ['paul@free', 'email_ending'],
    ['paul@1.2.3.4', 'email_ending'],
    ['paul rossi@free.fr', 'email_space'],
    ['rené@free.fr', 'email_letter'],
    ['paul@free.fr ou rose@free.fr', 'email_several'],
    ['paul@free..fr', 'email_shape'],
    ['paul@-free.fr', 'email_shape'],
    [`${'p'.repeat(250)}@free.fr`, 'email_too_long'],
    ['(((('.repeat(4000), 'email_too_long'],
    ['...', 'email_empty'],
  ])('« %s » is none: %s', (text, reason) => {
    expect(readEmail(text)).toMatchObject({ ok: false, reason });
  });

  it.each([
    ['paul@free.fr, rose@free.fr', 'paul@free.fr'],
    ['paul@free / rose@free.fr', 'rose@free.fr'],
    ['paul@free.fr rose@free.fr', 'paul@free.fr'],
    ['paul rossi@free.fr', undefined],
    ['NC', undefined],
  ])('of a cell « %s » the first is %s', (cell, address) => {
    expect(firstEmail(cell)).toBe(address);
  });
});

describe('companies', () => {
  const row = (raison_sociale: string) => ({
    ...clientRow({ profil: 'fournisseur', reference: 'F-77', raison_sociale, siret: '80123456700042' }),
    leftAt: null,
  });
  const asked = (companyName: string, siret = '80123456700042') =>
    ({ kind: 'supplier', reference: 'F77', companyName, siret }) as const;

  it.each([
    ['MENUISERIE GRAZIANI', 'S.A.R.L. Menuiserie Graziani'],
    ['MENUISERIE GRAZIANI', 's à r l Graziani Menuiserie'],
    ['MENUISERIE GRAZIANI', 'Société par actions simplifiée Menuiserie Graziani'],
    ['SAS MENUISERIE GRAZIANI', 'Menuiserie Graziani SASU'],
    ['GRAZIANI PAUL', 'M. Paul Graziani'],
    ['GRAZIANI PAUL', 'Paul Graziani auto-entrepreneur'],
    ['EI GRAZIANI PAUL', 'Paul Graziani Entrepreneur Individuel'],
    ['A.B.C. NETTOYAGE', 'Abc nettoyage'],
    ['GRAZIANI & FILS', 'Graziani et fils'],
    ['GAEC DE L’ORTOLO', 'De l ortolo'],
    ['SOCIETE COOPERATIVE', 'société coopérative'],
  ])('%s is « %s »', (company, name) => {
    const known = row(company);
    expect(findClient(asked(name), [known])).toBe(known);
  });

  it.each(['Menuiserie', 'Menuiserie Graziana', 'SARL'])('MENUISERIE GRAZIANI is not « %s »', (name) => {
    expect(findClient(asked(name), [row('MENUISERIE GRAZIANI')])).toBeUndefined();
  });

  it.each([
    '801 234 567 00042',
    'SIRET : 801.234.567-00042',
    '80123456700042.',
    '８０１２３４５６７０００４２',
    '8O123456700042',
    '\u200e80123456700042',
  ])('SIRET « %s »', (text) => {
    expect(readSiret(text)).toBe('80123456700042');
  });

  it('the check digit is told', () => {
    expect([isCheckedSiret('73282932000074'), isCheckedSiret('73282932000075')]).toEqual([true, false]);
  });
});

describe('references', () => {
  it.each([
    ['N° 620', ['620', '62']],
    ['6O2I5', ['625', '60215', '62', '6021']],
    ['62O', ['62', '6']],
    ['L620', ['620', '62']],
    ['٦٢٠', ['620', '62']],
  ])('« %s » denotes %j', (text, keys) => {
    expect(possibleReferenceKeys(text)).toEqual(keys);
  });
});

describe('greetings', () => {
  it.each([
    ['DO', 'MAI', 'Mai Do'],
    ['TRAN', 'VAN BINH', 'Van Binh Tran'],
    ['MME EP', 'SOPHEA', 'Sophea Ep'],
    ['MME ET M GRAZIANI', 'ANGE', 'Ange Graziani'],
    ['M. et/ou Mme GRAZIANI', 'ANGE', 'Ange Graziani'],
    ['GRAZIANI OU LUCCIONI', 'ANGE', 'Ange Graziani'],
    ['GRAZIANI (NEE LUCCIONI)', 'ROSE', 'Rose Graziani'],
    ["ISTRIA (D')", 'ROSE', 'Rose d’Istria'],
    ['VAN DER MEER', 'KAREL', 'Karel van der Meer'],
    ["KERVAREC'H", 'LOIC', 'Loic Kervarec’h'],
    ['GRAZIANI', 'PAUL ET ROSE', 'Paul et Rose Graziani'],
    ['SUHARTO', 'XXX', 'Suharto'],
    ['GRAZIANI 2', 'ROSE', 'Rose Graziani'],
  ])('%s, %s: « Bonjour %3$s »', (familyName, givenName, greeting) => {
    expect(fullName({ familyName, givenName, companyName: null })).toBe(greeting);
  });

  it('a lessee that is no person is greeted by its name', () => {
    expect(fullName({ familyName: 'ASSOCIATION SPORTIVE', givenName: null, companyName: null })).toBe(
      'Association Sportive',
    );
  });
});

describe('what is copied with something around it', () => {
  const token = `${'aB3_'.repeat(10)}x-9`;

  it.each(['', '.', ')', '>', '"', ' ', '\r\n', '=', '&utm=1', '…', '_', '-'])(
    'a link with « %s » behind it',
    (tail) => {
      expect(tokenIn(token + tail)).toBe(token);
    },
  );

  it('a link that is cut, or that something grew on, is none', () => {
    expect([tokenIn(token.slice(1)), tokenIn(`${token.slice(1)}.`), tokenIn(`${token}a`)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    'abcd-EFGH-jkmn.',
    'abcd–EFGH–jkmn',
    '« abcd EFGH jkmn »',
    'abcd-EFGH-jkmn\u200b',
    ' abcdEFGHjkmn ',
  ])('a provisional password as « %s »', (text) => {
    expect(readProvisional(text)).toBe('abcdEFGHjkmn');
  });
});

it('the words of a field are all that comparing sees', () => {
  expect(nameWords('Mme d’Ornano-Müller')).toEqual([
    'MME',
    'D',
    'ORNANO',
    'MULLER',
    'MME',
    'D',
    'ORNANO',
    'MUELLER',
  ]);
});
