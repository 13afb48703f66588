// Nobody's account opens to somebody else: searched by generation among people who are nearly one.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findClient, type Identity } from '../../src/client/matching.ts';
import { clientRow } from '../support/client-row.ts';
import { habit, type Person, twoPeople } from '../support/false-people.ts';
import { LONG, runs } from '../support/fuzz.ts';

/** A fifth of what is wanted of a release: `FUZZ_TIMES=5` tries 100,000 pairs. */
const PAIRS = 20_000;

const row = ({ familyName, givenName, birthDate }: Person, reference: string) => ({
  ...clientRow({
    profil: 'locataire',
    reference,
    nom: familyName,
    prenom: givenName,
    date_naissance: birthDate,
  }),
  leftAt: null,
});

// The same number, the one that it is without its last digit, and the next ones.
const references = fc.constantFrom(
  ['471', '471'],
  ['471', '4714'],
  ['4714', '471'],
  ['471', '472'],
  ['47', '471'],
);

it(
  'who is not one of two people never opens the other’s account',
  () => {
    let judged = 0;
    let found = 0;
    fc.assert(
      fc.property(
        twoPeople,
        habit,
        references,
        fc.boolean(),
        fc.boolean(),
        (pair, write, [mine = '', theirs = ''], isThere, isDigit) => {
          const [own, other] = [row(pair.own, mine), row(pair.other, theirs)];
          const typed: Identity = {
            kind: 'tenant',
            reference: isDigit ? `${mine}4` : mine,
            ...write(pair.own),
          };
          const match = findClient(typed, isThere ? [own, other] : [other]);
          expect(match === undefined || match === own).toBe(true);
          judged += 1;
          if (match === own) found += 1;
        },
      ),
      runs(PAIRS),
    );
    console.log(`False matches: ${judged} pairs, none; ${found} found themselves`);
    expect(judged).toBeGreaterThan(PAIRS / 10);
    expect(found).toBeGreaterThan(judged / 4);
  },
  LONG,
);
