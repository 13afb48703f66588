// A phone that holds one passkey: it answers as a browser's `PublicKeyCredential.toJSON()` does, and can be told to lie.

import { createHash } from 'node:crypto';

const utf8 = new TextEncoder();
const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (text: string | Uint8Array) => new Uint8Array(createHash('sha256').update(text).digest());

/** What it says; a test names what it wants otherwise. */
export type Said = {
  challenge: string;
  origin: string;
  rpId: string;
  type: string;
  crossOrigin: boolean;
  /** UP is 1, UV is 4. */
  flags: number;
  counter: number;
  userHandle: string;
  algorithm: 'ES256' | 'RS256' | 'EdDSA';
};

const ALGORITHMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  EdDSA: { name: 'Ed25519', hash: '' },
};

/** What the script reads out of a page: the options it hands to `navigator.credentials.create()`. */
export function optionsIn({ html }: { html: string }) {
  const [, json = ''] = /data-make="([^"]*)"/.exec(html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"'));
}

export class Authenticator {
  readonly id: string;
  readonly #keys: CryptoKeyPair;
  readonly #usual: Said;
  /** Synced keys always say 0. */
  counter = 0;

  private constructor(keys: CryptoKeyPair, usual: Said) {
    this.id = url(crypto.getRandomValues(new Uint8Array(20)));
    this.#keys = keys;
    this.#usual = usual;
  }

  static async make(origin: string, algorithm: Said['algorithm'] = 'ES256'): Promise<Authenticator> {
    const keys = await crypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify']);
    return new Authenticator(keys as CryptoKeyPair, {
      challenge: '',
      origin,
      rpId: new URL(origin).hostname,
      type: '',
      crossOrigin: false,
      flags: 5,
      counter: 0,
      userHandle: '',
      algorithm,
    });
  }

  /** The answer to `navigator.credentials.create()`. */
  async create(challenge: string, other: Partial<Said> = {}): Promise<string> {
    const said = { ...this.#usual, type: 'webauthn.create', counter: this.counter, challenge, ...other };
    const id = Buffer.from(this.id, 'base64url');
    const credential = [
      ...new Uint8Array(16),
      0,
      id.length,
      ...id,
      ...cbor(await this.#coseKey(said.algorithm)),
    ];
    const authData = new Uint8Array([...header(said, 0x40), ...credential]);
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return this.#json({
      clientDataJSON: url(clientData(said)),
      attestationObject: url(new Uint8Array(attestationObject)),
    });
  }

  /** The answer to `navigator.credentials.get()`. */
  async get(challenge: string, userHandle: string, other: Partial<Said> = {}): Promise<string> {
    const said = {
      ...this.#usual,
      type: 'webauthn.get',
      counter: this.counter,
      challenge,
      userHandle,
      ...other,
    };
    const authenticatorData = header(said, 0);
    const client = clientData(said);
    const message = new Uint8Array([...authenticatorData, ...sha256(client)]);
    const algorithm = ALGORITHMS[said.algorithm];
    const raw = new Uint8Array(await crypto.subtle.sign(algorithm, this.#keys.privateKey, message));
    return this.#json({
      clientDataJSON: url(client),
      authenticatorData: url(authenticatorData),
      signature: url(said.algorithm === 'ES256' ? der(raw) : raw),
      userHandle: said.userHandle,
    });
  }

  #json(response: Record<string, string>): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: 'public-key', response });
  }

  async #coseKey(algorithm: Said['algorithm']): Promise<Map<number, unknown>> {
    const { x, y, n, e } = (await crypto.subtle.exportKey('jwk', this.#keys.publicKey)) as JsonWebKey;
    const bytes = (text?: string) => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
    const entries: Record<Said['algorithm'], [number, unknown][]> = {
      ES256: [
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ],
      RS256: [
        [1, 3],
        [3, -257],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ],
      EdDSA: [
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes(x)],
      ],
    };
    return new Map(entries[algorithm]);
  }
}

function clientData({ type, challenge, origin, crossOrigin }: Said): Uint8Array {
  return utf8.encode(JSON.stringify({ type, challenge, origin, crossOrigin }));
}

function header({ rpId, flags, counter }: Said, more: number): Uint8Array {
  const rest = new DataView(new ArrayBuffer(5));
  rest.setUint8(0, flags | more);
  rest.setUint32(1, counter);
  return new Uint8Array([...sha256(rpId), ...new Uint8Array(rest.buffer)]);
}

/** CBOR of what authenticators write: small numbers, bytes, texts, maps. */
function cbor(value: unknown): number[] {
  const head = (kind: number, size: number) =>
    size < 24
      ? [(kind << 5) | size]
      : size < 256
        ? [(kind << 5) | 24, size]
        : [(kind << 5) | 25, size >> 8, size & 255];
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return [...head(3, value.length), ...utf8.encode(value)];
  if (value instanceof Uint8Array) return [...head(2, value.length), ...value];
  const entries = [...(value as Map<unknown, unknown>)];
  return [...head(5, entries.length), ...entries.flatMap((entry) => entry.flatMap(cbor))];
}

/** DER of both halves of an ECDSA signature: without leading zeros, with one where the number would look negative. */
function der(raw: Uint8Array): Uint8Array {
  const integer = (half: Uint8Array) => {
    const digits = [...half.subarray(half.findIndex((byte) => byte !== 0))];
    const number = (digits[0] ?? 0) > 127 ? [0, ...digits] : digits;
    return [2, number.length, ...number];
  };
  const both = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))];
  return new Uint8Array([0x30, both.length, ...both]);
}
