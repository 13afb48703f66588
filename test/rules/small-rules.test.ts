import { describe, expect, it, onTestFinished } from 'vitest';
import { deviceOf } from '../../src/account/device.ts';
import { drawIdentifierNumbers, groupIdentifier, readIdentifier } from '../../src/account/identifier.ts';
import { waitAfterFailure } from '../../src/account/lock-out.ts';
import { missingPasswordLines } from '../../src/account/password/rule.ts';
import { readBirthDate, readFileBirthDate } from '../../src/client/birth-date.ts';
import { fullName } from '../../src/client/names.ts';
import { isLeaseReference } from '../../src/client/reference.ts';
import { nextMailAt } from '../../src/mail/kinds.ts';
import { DAY, MINUTE } from '../../src/numbers.ts';
import { networkOf } from '../../src/platform/network.ts';
import { hashPassword, verifyPassword } from '../../src/platform/password-hash.ts';
import { isLocalPath } from '../../src/web/local-path.ts';
import {
  countInWords,
  frenchDateTime,
  frenchLength,
  frenchMoment,
  lengthInWords,
  ofLength,
  withinLength,
} from '../../src/words/times.ts';
import { payFullCost, payLowCost } from '../support/hashing.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 42);
const PARIS = 'Europe/Paris';

describe('birth dates', () => {
  it.each([
    ['31/02/1990', 'birth_date_impossible'],
    ['29/02/1999', 'birth_date_impossible'],
    ['12/00/1950', 'birth_date_impossible'],
    ['14/07/1856', 'birth_date_impossible'],
    ['14/07/56', 'birth_date_year'],
    ['140756', 'birth_date_year'],
    ['24/11/2026', 'birth_date_future'],
    ['juillet 56', 'birth_date_shape'],
    ['14/07', 'birth_date_shape'],
    ['hier', 'birth_date_shape'],
  ])('refuses %s: %s', (typed, reason) => {
    expect(readBirthDate(typed, NOW)).toEqual({ ok: false, reason });
  });

  it.each(['1er août 1960', '1 AOUT 1960', '01/08/1960'])('reads %s', (typed) => {
    expect(readBirthDate(typed, NOW)).toEqual({ ok: true, date: '1960-08-01' });
  });

  it('keeps what the landlord’s file does not know as 00', () => {
    expect(readFileBirthDate('00/00/1950', NOW)).toBe('1950-00-00');
    expect(readFileBirthDate('00/07/1950', NOW)).toBe('1950-07-00');
    expect(readFileBirthDate('12/00/1950', NOW)).toBeUndefined();
    expect(readFileBirthDate('31/02/1950', NOW)).toBeUndefined();
  });
});

describe('identifiers', () => {
  it.each([
    'NHCAPAL123456',
    'nhcapal123456',
    ' NHCAPAL 123 456 ',
    'nhcapal.123.456',
    'L123456',
    'NHCAPALI23456',
  ])('reads %s', (typed) => {
    const candidates = ['NHCAPAL123456', 'NHCAPAF123456'];
    expect(readIdentifier(typed, 'NHCAPA')).toEqual({ fingerprint: '123456', candidates });
  });

  it('reads O as 0, and either letter or none as either kind: a number is given once', () => {
    for (const typed of ['NHCAPAF1O2O3O', 'NHCAPAL102030', '102030'])
      expect(readIdentifier(typed, 'NHCAPA').candidates).toEqual(['NHCAPAL102030', 'NHCAPAF102030']);
  });

  it('reads one that was given under another prefix', () => {
    expect(readIdentifier('nhcapal 123 456', 'GRANIT')).toEqual({
      fingerprint: '123456',
      candidates: ['NHCAPAL123456', 'GRANITL123456', 'GRANITF123456'],
    });
  });

  it('reads a prefix that itself holds an O or an I', () => {
    expect(readIdentifier('ophioL123456', 'OPHIO').candidates).toContain('OPHIOL123456');
  });

  it.each(['marie@example.fr', '123456@example.fr', '', '12345', '12345678', 'NHCAPAL23456', 'l23456'])(
    'finds none in « %s »',
    (typed) => {
      expect(readIdentifier(typed, 'NHCAPA').candidates).toEqual([]);
    },
  );

  it('are shown in groups, and drawn at random', () => {
    expect(groupIdentifier('NHCAPAL123456')).toEqual(['NHCAPAL', '123', '456']);
    expect(groupIdentifier('NHCAPAL1234567')).toEqual(['NHCAPAL', '1234', '567']);
    const drawn = Array.from({ length: 125 }, () => drawIdentifierNumbers(6)).flat();
    expect(drawn.every((number) => /^\d{6}$/.test(number))).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(990);
  });
});

describe('passwords', () => {
  it.each([
    ['Abc-12', ['length']],
    ['maquis-2a!', ['upper']],
    ['MAQUIS-2A!', ['lower']],
    ['Maquis-aa!', ['digit']],
    ['Maquis2a', ['special']],
    ['Maquis 2a', []],
    ['Été à 10h', []],
    ['Maquis2€', []],
    ['Aa1😀😀😀😀', ['length']],
    ['Aa1😀😀😀😀😀', []],
  ])('« %s » lacks %j', (password, missing) => {
    expect(missingPasswordLines(password)).toEqual(missing);
  });

  it('are kept as argon2id of 19 MiB, two passes, and a salt of their own', async () => {
    payFullCost();
    onTestFinished(payLowCost);
    const [one, other] = await Promise.all([hashPassword('Maquis-2a!'), hashPassword('Maquis-2a!')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
  });

  it('verify whole, whatever the accents are made of, and nothing verifies without an account', async () => {
    const hash = await hashPassword('Été à Ajaccio 2');
    expect(await verifyPassword('Été à Ajaccio 2'.normalize('NFD'), hash)).toBe(true);
    expect(await verifyPassword('Été à Ajaccio 2 ', hash)).toBe(false);
    expect(await verifyPassword('court', hash)).toBe(false);
    expect(await verifyPassword('Été à Ajaccio 2', null)).toBe(false);
    const long = await hashPassword(`${'x'.repeat(119)}A${'x'.repeat(8)}`);
    expect(await verifyPassword(`${'x'.repeat(119)}B${'x'.repeat(8)}`, long)).toBe(false);
  });
});

// As Node's own crypto.argon2Sync hashes them: the salt is « older portal 16b ».
it.each([
  ['Été à 10h €😀', 'tGRdF55Hspd4RiTsZPcieUZh0asKhUKCle1xu60ampY'],
  ['Aé', 'IYIDaS+hjpHRu2dt0eawLp/6n00UASM2p5r+FkoHVEY'],
  ['é'.repeat(128), '9fvqEseMBRZBWJLtmq4CcRrVbAyKScCtT7qu6z33bKI'],
])('the hash of « %s » is the one argon2id has anywhere', async (password, tag) => {
  const hash = `$argon2id$v=19$m=19456,t=2,p=1$b2xkZXIgcG9ydGFsIDE2Yg$${tag}`;
  expect(await verifyPassword(password, hash)).toBe(true);
  expect(await verifyPassword(password.slice(0, -1), hash)).toBe(false);
  expect(await verifyPassword(`${password}\0`, hash)).toBe(false);
});

it('a hash that cannot be read is no wrong password', async () => {
  await expect(verifyPassword('Maquis-2a!', '$argon2id$v=19$m=19456')).rejects.toThrow('argon2');
});

describe('times', () => {
  it('are French, in the landlord’s zone', () => {
    expect(frenchMoment(NOW, NOW, PARIS)).toBe('à\u00a010\u00a0h\u00a042');
    expect(frenchDateTime(Date.UTC(2026, 2, 1, 9, 2), PARIS)).toBe(
      '1er\u00a0mars 2026 à\u00a010\u00a0h\u00a002',
    );
    expect(frenchMoment(NOW + MINUTE, NOW, PARIS)).toBe('à\u00a010\u00a0h\u00a043');
    expect(frenchMoment(NOW + 1, NOW, PARIS)).toBe('à\u00a010\u00a0h\u00a043');
    expect(frenchMoment(NOW - 1, NOW, PARIS)).toBe('à\u00a010\u00a0h\u00a041');
    expect(frenchMoment(NOW + DAY, NOW, PARIS)).toBe(
      'le\u00a024\u00a0novembre 2026 à\u00a010\u00a0h\u00a042',
    );
  });

  it('between two mails: a minute, then three an hour, then ten a day', () => {
    const ago = (...minutes: number[]) => minutes.map((minute) => NOW - minute * MINUTE);
    expect(nextMailAt([], NOW)).toBe(NOW);
    expect(nextMailAt(ago(0), NOW)).toBe(NOW + MINUTE);
    expect(nextMailAt(ago(5, 10), NOW)).toBe(NOW);
    expect(nextMailAt(ago(5, 10, 20), NOW)).toBe(NOW + 40 * MINUTE);
    expect(nextMailAt(ago(70, 71, 72, 73, 74, 75, 76, 77, 78, 79), NOW)).toBe(NOW + DAY - 79 * MINUTE);
  });

  it('after failed sign-ins: none for four, then doubling up to an hour', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 25].map((nth) => waitAfterFailure(nth) / MINUTE);
    expect(minutes).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });
});

it.each([
  ['/espace', true],
  ['/espace/mot-de-passe?x=1', true],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['https:evil.example', false],
  ['/\t/evil.example', false],
  ['javascript:alert(1)', false],
  ['', false],
])('a sign-in may lead to %s: %s', (path, allowed) => {
  expect(isLocalPath(path, 'https://portail.example.fr')).toBe(allowed);
});

it('takes an IPv6 line by its /56', () => {
  expect(networkOf('2001:db8:0:1::42')).toBe(networkOf('2001:0db8:0000:00ff:ffff::1'));
  expect(networkOf('2001:db8:0:1::42')).not.toBe(networkOf('2001:db8:0:100::42'));
  expect(networkOf('2001:db8:0:1100::42')).not.toBe(networkOf('2001:db8:0:11::42'));
  expect(networkOf('2001:db8::')).toBe(networkOf('2001:db8:0:1::42'));
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
});

it('knows the lease reference by its twelve digits', () => {
  expect(isLeaseReference('010000010003')).toBe(true);
  expect(isLeaseReference('01 0000 010003')).toBe(true);
  expect(isLeaseReference('471 4')).toBe(false);
});

it.each([
  ['MARIE-DOMINIQUE', 'ORSONI', 'Marie-Dominique Orsoni'],
  ['PIERRE-PAUL', "D'ORNANO", 'Pierre-Paul d’Ornano'],
  ['MARIA DE FATIMA', 'DA SILVA', 'Maria de Fatima da Silva'],
  ['AÏSSATOU', "M'BAYE", 'Aïssatou M’Baye'],
  ['ANGE', 'M. SUSINI', 'Ange Susini'],
  ['JEANNE', 'MME DUPONT NEE MARTIN', 'Jeanne Dupont'],
  ['SERAPHINE', 'VVE GIACOMETTI', 'Seraphine Giacometti'],
  ['LUCIE', 'MORACCHINI / PIETRI', 'Lucie Moracchini'],
  ['LAETITIA', 'FERRANDI ÉPOUSE ROSSI', 'Laetitia Ferrandi'],
  ['Mohamed El Amine', 'Benali', 'Mohamed El Amine Benali'],
])('greets %s %s as %s', (givenName, familyName, name) => {
  expect(fullName({ givenName, familyName, companyName: null })).toBe(name);
});

it('names devices coarsely', () => {
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)')).toBe('iphone');
  expect(deviceOf('Mozilla/5.0 (Linux; Android 9; SM-A105F) Mobile')).toBe('android_phone');
  expect(deviceOf(undefined)).toBe('unknown');
});

it.each([
  [MINUTE, '1 minute'],
  [30 * MINUTE, '30 minutes'],
  [60 * MINUTE, 'une heure'],
  [12 * 60 * MINUTE, '12 heures'],
  [DAY, '24 heures'],
  [3 * DAY, '72 heures'],
  [30 * DAY, '30 jours'],
  [90 * DAY, '90 jours'],
  [183 * DAY, '6 mois'],
])('%d ms is said « %s »', (length, said) => {
  expect(frenchLength(length)).toBe(said.replace(' ', '\u00a0'));
});

it.each([
  [MINUTE, 'une minute', 'de 1\u00a0minute', 'les 1\u00a0minute'],
  [2 * MINUTE, 'deux minutes', 'de 2\u00a0minutes', 'les 2\u00a0minutes'],
  [15 * MINUTE, '15\u00a0minutes', 'de 15\u00a0minutes', 'les 15\u00a0minutes'],
  [60 * MINUTE, 'une heure', 'd’une heure', 'l’heure'],
  [DAY, 'un jour', 'de 24\u00a0heures', 'les 24\u00a0heures'],
  [3 * DAY, 'trois jours', 'de 72\u00a0heures', 'les 72\u00a0heures'],
])('%d ms within a sentence: « %s », « plus %s », « dans %s »', (length, inWords, of, within) => {
  expect([lengthInWords(length), ofLength(length), withinLength(length)]).toEqual([inWords, of, within]);
});

it('counts in words up to ten', () => {
  expect([0, 5, 10, 11].map(countInWords)).toEqual(['zéro', 'cinq', 'dix', '11']);
});
