// What a passkey says is believed only when every part of it is as it was asked for.

import { describe, expect, it } from 'vitest';
import { checkMade, checkUsed, type NewPasskey, readAssertion } from '../src/account/webauthn.ts';
import { Authenticator, type Said } from './support/authenticator.ts';

const ORIGIN = 'https://portail.example.fr';
const CHALLENGE = 'A'.repeat(43);
const expected = { challenge: CHALLENGE, origin: ORIGIN };

/** A phone, and its passkey as the portal keeps it. */
async function enrolled(algorithm: Said['algorithm'] = 'ES256') {
  const phone = await Authenticator.make(ORIGIN, algorithm);
  const kept = (await checkMade(await phone.create(CHALLENGE), expected)) as NewPasskey;
  return { phone, kept };
}

function check(posted: string, { publicKey }: NewPasskey) {
  const assertion = readAssertion(posted);
  return assertion ? checkUsed(assertion, { publicKey, holder: 'holder' }, expected) : 'unreadable';
}

/** Each lie, and the name of what it is found out by. */
const LIES: [Partial<Said>, string][] = [
  [{ challenge: 'E'.repeat(43) }, 'wrong_challenge'],
  [{ challenge: '' }, 'wrong_challenge'],
  [{ origin: 'https://portail.example.com' }, 'wrong_origin'],
  [{ origin: 'https://portail.example.fr.evil.example' }, 'wrong_origin'],
  [{ origin: 'http://portail.example.fr' }, 'wrong_origin'],
  [{ crossOrigin: true }, 'wrong_origin'],
  [{ rpId: 'example.fr' }, 'wrong_host'],
  [{ flags: 4 }, 'nobody_there'],
  [{ flags: 1 }, 'not_verified'],
];

describe.each(['ES256', 'RS256'] as const)('a passkey of %s', (algorithm) => {
  it('is made, and opens again and again', async () => {
    const { phone, kept } = await enrolled(algorithm);
    expect(kept).toEqual({ id: phone.id, publicKey: expect.stringContaining(algorithm), counter: 0 });
    for (phone.counter of [0, 7])
      expect(await check(await phone.get(CHALLENGE, 'holder'), kept)).toEqual({ counter: phone.counter });
  });

  it.each(LIES)('made with %o is refused: %s', async (lie, fault) => {
    const phone = await Authenticator.make(ORIGIN, algorithm);
    expect(await checkMade(await phone.create(CHALLENGE, lie), expected)).toBe(fault);
  });

  it.each([...LIES, [{ userHandle: 'another' }, 'wrong_holder'] as const])(
    'used with %o is refused: %s',
    async (lie, fault) => {
      const { phone, kept } = await enrolled(algorithm);
      expect(await check(await phone.get(CHALLENGE, 'holder', lie), kept)).toBe(fault);
    },
  );

  it('signed by another key, or changed after it was signed, is refused', async () => {
    const [{ phone, kept }, other] = [await enrolled(algorithm), await enrolled(algorithm)];
    expect(await check(await other.phone.get(CHALLENGE, 'holder'), kept)).toBe('wrong_signature');
    const later = JSON.parse(await phone.get(CHALLENGE, 'holder', { counter: 1 }));
    const posted = JSON.parse(await phone.get(CHALLENGE, 'holder'));
    posted.response.authenticatorData = later.response.authenticatorData;
    expect(await check(JSON.stringify(posted), kept)).toBe('wrong_signature');
  });
});

it('an answer to the other question is refused: made for used, used for made', async () => {
  const { phone, kept } = await enrolled();
  expect(await check(await phone.get(CHALLENGE, 'holder', { type: 'webauthn.create' }), kept)).toBe(
    'wrong_type',
  );
  expect(await checkMade(await phone.create(CHALLENGE, { type: 'webauthn.get' }), expected)).toBe(
    'wrong_type',
  );
});

it('a key of a kind that was not asked for is refused', async () => {
  const phone = await Authenticator.make(ORIGIN, 'EdDSA');
  expect(await checkMade(await phone.create(CHALLENGE), expected)).toBe('wrong_algorithm');
});

it('a passkey under another id than its own is refused', async () => {
  const phone = await Authenticator.make(ORIGIN);
  const posted = { ...JSON.parse(await phone.create(CHALLENGE)), id: 'another' };
  expect(await checkMade(JSON.stringify(posted), expected)).toBe('malformed');
});

// One signature in 256 has a first number that is short, one in 256 a short second one.
it('every signature is read, however short its numbers', async () => {
  const { phone, kept } = await enrolled();
  const shortest = [32, 32];
  for (let nth = 0; Math.max(...shortest) === 32 && nth < 20_000; nth++) {
    const posted = await phone.get(CHALLENGE, 'holder', { counter: nth });
    const signature = Buffer.from(JSON.parse(posted).response.signature, 'base64url');
    const [r = 0, s = 0] = [signature[3], signature[5 + (signature[3] ?? 0)]];
    const isShort = r < 32 || s < 32;
    shortest[0] = Math.min(shortest[0] ?? 32, r);
    shortest[1] = Math.min(shortest[1] ?? 32, s);
    if (isShort) expect(await check(posted, kept)).toEqual({ counter: nth });
  }
  expect(Math.max(...shortest)).toBeLessThan(32);
});

const NONSENSE = ['', 'NotAllowedError', '{}', 'null', '[]', '{"id":"a","type":"public-key","response":{}}'];

it.each([...NONSENSE, '{"id":"a","type":"public-key","response":{"clientDataJSON":"é"}}'])(
  'what is no answer of a browser is nothing: %s',
  async (posted) => {
    expect(readAssertion(posted)).toBeUndefined();
    expect(await checkMade(posted, expected)).toBe('malformed');
  },
);

it('bytes that are cut anywhere are refused, and break nothing', async () => {
  const { phone, kept } = await enrolled();
  const [used, made] = [
    JSON.parse(await phone.get(CHALLENGE, 'holder')),
    JSON.parse(await phone.create(CHALLENGE)),
  ];
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature'])
    for (let length = 2; length < used.response[part].length - 2; length += 7) {
      const response = { ...used.response, [part]: used.response[part].slice(0, length) };
      expect(typeof (await check(JSON.stringify({ ...used, response }), kept))).toBe('string');
    }
  for (let length = 2; length < made.response.attestationObject.length - 2; length += 7) {
    const response = {
      ...made.response,
      attestationObject: made.response.attestationObject.slice(0, length),
    };
    expect(typeof (await checkMade(JSON.stringify({ ...made, response }), expected))).toBe('string');
  }
});
