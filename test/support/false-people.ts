// Invented people who share a reference, a name, a birth date or all but one thing, and how each of them writes.

import fc from 'fast-check';

export type Person = { familyName: string; givenName: string; birthDate: string };
/** Two people who are not one, as they stand in the landlord's file. */
export type Two = { kind: string; own: Person; other: Person };

// Names that lie close together on purpose; no two of one list are one person's.
const FAMILIES = [
  'ROSSI',
  'ROSSI-PAOLI',
  'DE ROSSI',
  'LECA',
  'LECCA',
  'MARTIN',
  'MARTINI',
  'MARTINETTI',
  "D'ORNANO",
  'BEN ALI',
  'EP',
  'DU',
  'MME DUPONT NEE MARTIN',
  'SAINT-PIERRE',
  'MÜLLER',
  'NGUYEN',
];
const GIVEN = [
  'PASCAL',
  'PASCALE',
  'JEAN',
  'JEANNE',
  'JEAN-LUC',
  'JEAN-PAUL',
  'JEAN PIERRE',
  'MARIE-ANNE',
  'ANNE-MARIE',
  'MARIE THERESE',
  'MICHEL',
  'MICHELE',
  'PAUL',
  'PAULE',
  'ANGE',
  'ANGELINA',
  'VAN AN',
  'THI HOA',
  'ROSE',
];

const family = fc.constantFrom(...FAMILIES);
const given = fc.constantFrom(...GIVEN);
const year = fc.integer({ min: 1930, max: 2005 });
const birthDate = fc
  .tuple(year, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));
const person = fc.record({ familyName: family, givenName: given, birthDate });

const wordsOf = (name: string) => name.split(/[^A-ZÜ]+/);
/** Names that share a word may be one person's: their holders are told apart by the rest. */
const share = (one: string, other: string) => wordsOf(one).some((word) => wordsOf(other).includes(word));

/** One slip of the finger apart, which is forgiven where all else is exact. */
const NEAR = [
  ['MARTIN', 'MARTINI'],
  ['LECA', 'LECCA'],
];
const isNear = (one: string, other: string) =>
  share(one, other) ||
  NEAR.some((pair) => [one, other].every((name) => pair.some((word) => wordsOf(name).includes(word))));

const two = (kind: string, other: (own: Person) => fc.Arbitrary<Partial<Person>>): fc.Arbitrary<Two> =>
  person.chain((own) => other(own).map((change) => ({ kind, own, other: { ...own, ...change } })));

const anotherDay = (own: Person) => birthDate.filter((date) => date !== own.birthDate);
const anotherGiven = (own: Person) => given.filter((name) => !share(name, own.givenName));

function nearly(date: string): string[] {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const near = [
    [year + 1, month, day],
    [year, (month % 12) + 1, day],
    [year, month, (day % 28) + 1],
    [year, day < 13 ? day : 1, month],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));
  return near.filter((other) => other !== date);
}

/** Couples, twins, father and son of one name, successors born the same day, namesakes, neighbours. */
export const twoPeople: fc.Arbitrary<Two> = fc.oneof(
  two('a couple', (own) => fc.record({ givenName: anotherGiven(own), birthDate: anotherDay(own) })),
  two('twins', (own) => fc.record({ givenName: anotherGiven(own) })),
  two('father and son of one name', (own) => fc.record({ birthDate: anotherDay(own) })),
  two('a successor born the same day', (own) =>
    fc.record({ familyName: family.filter((name) => !isNear(name, own.familyName)) }),
  ),
  two('a neighbour', (own) => person.filter(({ birthDate }) => birthDate !== own.birthDate)),
  // A day, a month or a year beside it, day and month turned round: what a hurried hand may take for the same date.
  two('nearly the same day', ({ birthDate: date }) =>
    fc.constantFrom(...nearly(date)).map((birthDate) => ({ birthDate })),
  ),
);

/** How people write what stands on their own notice. */
export const habit: fc.Arbitrary<(own: Person) => Person> = fc.constantFrom(
  (own) => own,
  (own) => ({ ...own, familyName: own.familyName.toLowerCase(), givenName: own.givenName.toLowerCase() }),
  (own) => ({
    ...own,
    familyName: own.familyName.replace(/[-' ]/g, ' '),
    givenName: own.givenName.replace('-', ' '),
  }),
  (own) => ({ ...own, familyName: own.givenName, givenName: own.familyName }),
  (own) => ({ ...own, familyName: `${own.familyName} ${own.givenName}` }),
  (own) => ({
    ...own,
    familyName: `${own.familyName} ${own.givenName}`,
    givenName: `${own.familyName} ${own.givenName}`,
  }),
  (own) => ({ ...own, familyName: `Mme ${own.familyName} épouse Santini` }),
  (own) => ({ ...own, givenName: `${own.givenName} Dévote` }),
  (own) => ({ ...own, familyName: `${own.familyName}x` }),
  (own) => ({ ...own, familyName: own.familyName.slice(1) }),
);
