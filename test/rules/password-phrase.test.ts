// The example of a password: it must be as good as the rule it stands beside.

import { expect, it } from 'vitest';
import { drawPhrase } from '../../src/account/password/phrase.ts';
import { missingPasswordLines } from '../../src/account/password/rule.ts';
import { passwordWeakness } from '../../src/account/password/weakness.ts';

const MARIE = {
  identifier: 'NHCAPAL482913',
  reference: '471',
  familyName: 'ORSONI',
  givenName: 'MARIE-DOMINIQUE',
  companyName: null,
  landlord: 'OPH de la CAPA',
};
const drawn = Array.from({ length: 2000 }, drawPhrase);

it('keeps the leaflet’s rule, and would not be refused', () => {
  for (const phrase of drawn) {
    expect(phrase).toMatch(/^[A-Z][a-z]{3,8}-[a-z]{4,9}-[a-z]{4,9}\d\d$/);
    expect([phrase, missingPasswordLines(phrase), passwordWeakness(phrase, MARIE)]).toEqual([
      phrase,
      [],
      undefined,
    ]);
  }
});

it('is another one each time, from all 256 words', () => {
  expect(new Set(drawn).size).toBe(drawn.length);
  const words = drawn.flatMap((phrase) => phrase.toLowerCase().replace(/\d/g, '').split('-'));
  expect(new Set(words).size).toBe(256);
});
