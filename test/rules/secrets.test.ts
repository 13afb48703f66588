// What stands in cookies, counters and mailed links: another version of a library must make the very same.
// Vectors of FIPS 180-2 and of openssl: printf '["purpose","a","b"]' | openssl dgst -sha256 -hmac 'a secret of the portal' -binary

import { expect, it } from 'vitest';
import {
  derive,
  hashSecret,
  policyHash,
  randomSecret,
  randomSigns,
  sameSecret,
} from '../../src/platform/secrets.ts';

it('hashes as SHA-256 does anywhere, in hex and in base64', async () => {
  expect(await hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(await policyHash('abc')).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
});

it.each([
  [['purpose', 'a', 'b'], 'yo4MArMbTZabfjsxbXqSVyU94Lupu8ZrnAP2Git9LcQ'],
  [['purpose', 'a,b'], '0IzA6TDIjQBAYGh02sgryHnYoWyHidid8zUWIvV4Kn0'],
  [['purpose', 'é', 'g'], 'D8IhFGLhBBESR_t-PbaVIybR66sx9P_-mBoW_O3PRto'],
] as const)(
  'derives from the secret and %j what HMAC-SHA256 does anywhere',
  async ([purpose, ...parts], value) => {
    expect(await derive('a secret of the portal', purpose, ...parts)).toBe(value);
    expect(await derive('a secret of the porta1', purpose, ...parts)).not.toBe(value);
  },
);

it('compares whole values', () => {
  expect(sameSecret('Été-1', 'Été-1')).toBe(true);
  for (const other of ['Été-2', 'été-1', 'Été-', 'Été-11', ''])
    expect(sameSecret('Été-1', other)).toBe(false);
});

it('draws secrets that nobody could guess', () => {
  const secrets = Array.from({ length: 100 }, randomSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
});

it('draws each sign of an alphabet as often as another', () => {
  const alphabet = Array.from({ length: 192 }, (_, nth) => String.fromCharCode(0x100 + nth)).join('');
  const drawn = randomSigns(alphabet, 19_200);
  expect(drawn).toHaveLength(19_200);
  // A byte has 256 values: were each one taken, the first 64 signs would be half of all, not a third.
  const first = [...drawn].filter((sign) => alphabet.indexOf(sign) < 64).length;
  expect(Math.abs(first - 6400)).toBeLessThan(400);
});
