// The public key of a passkey, and what it signed. WebCrypto does the mathematics; it reads keys and signatures in another
// form than authenticators write them.

import {
  type COSEPublicKey,
  coseAlgorithmES256,
  coseAlgorithmRS256,
  coseEllipticCurveP256,
} from '@oslojs/webauthn';
import { encodeUrl } from '../platform/secrets.ts';

/** The public key as WebCrypto reads it; undefined when it is of a kind that was not asked for. */
export function jwkOf(key: COSEPublicKey): JsonWebKey | undefined {
  if (key.algorithm() === coseAlgorithmES256) {
    const { curve, x, y } = key.ec2();
    if (curve !== coseEllipticCurveP256) return undefined;
    return { kty: 'EC', crv: 'P-256', alg: 'ES256', x: encodeNumber(x, 32), y: encodeNumber(y, 32) };
  }
  if (key.algorithm() !== coseAlgorithmRS256) return undefined;
  const { n, e } = key.rsa();
  return { kty: 'RSA', alg: 'RS256', n: encodeNumber(n), e: encodeNumber(e) };
}

/** @param length bytes it must have: a coordinate keeps its leading zeros (RFC 7518, §6.2.1.2) */
function encodeNumber(number: bigint, length = 0): string {
  const digits = number.toString(16);
  const hex = digits.padStart(Math.max(2 * length, digits.length + (digits.length % 2)), '0');
  return encodeUrl(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

/** What is asked of a browser, in the order of preference: every phone knows the first, older Windows the second only. */
export const ALGORITHMS = [coseAlgorithmES256, coseAlgorithmRS256];

const KINDS: Record<string, { name: string; namedCurve?: string; hash: string }> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};

/** @throws when it is no key of its kind, such as a point off the curve */
export function importKey(jwk: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, KINDS[jwk.alg ?? ''] ?? '', false, ['verify']);
}

type Signed = Record<'authenticatorData' | 'clientDataJSON' | 'signature', Uint8Array>;

/** §7.2 steps 19–20: the authenticator signed what it said and what the browser said. */
export async function isSigned({ authenticatorData, clientDataJSON, signature }: Signed, jwk: JsonWebKey) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', clientDataJSON));
  const message = new Uint8Array([...authenticatorData, ...hash]);
  const signed = jwk.alg === 'ES256' ? fixedWidth(signature) : signature;
  return crypto.subtle.verify(KINDS[jwk.alg ?? ''] ?? '', await importKey(jwk), signed, message);
}

/**
 * An ECDSA signature in the fixed width that WebCrypto reads. A browser gives it in DER, where each of its two numbers loses
 * its leading zeros, and has one more when it would look negative. What is no signature gives one that fits nothing.
 */
function fixedWidth(der: Uint8Array): Uint8Array {
  const end = 4 + (der[3] ?? 0);
  const raw = new Uint8Array(64);
  for (const [nth, number] of [der.slice(4, end), der.slice(end + 2)].entries()) {
    const digits = number.slice(-32);
    raw.set(digits, 32 * (nth + 1) - digits.length);
  }
  return raw;
}
