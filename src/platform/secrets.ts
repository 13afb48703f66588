// Random secrets, their hashes, and secrets derived from PORTAL_SECRET. The only file that knows oslo: from there come the
// HMAC, the comparison and the encodings; the rest is the platform's own Web Crypto.

import { constantTimeEqual, HMAC } from 'oslo/crypto';
import { base64, base64url, encodeHex } from 'oslo/encoding';
import { SECRET_BYTES } from '../numbers.ts';

const utf8 = new TextEncoder();

/** A fresh secret of 32 bytes, base64url without padding (43 characters). */
export function randomSecret(): string {
  return encodeUrl(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** So many signs of an alphabet of 256 at most, each drawn at random and as likely as any other. */
export function randomSigns(alphabet: string, length: number): string {
  // Bytes past the last whole multiple are drawn again, or the first signs would come more often.
  const even = 256 - (256 % alphabet.length);
  let signs = '';
  while (signs.length < length) {
    const [byte = even] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < even) signs += alphabet[byte % alphabet.length];
  }
  return signs;
}

/** SHA-256 of a text, 32 bytes. */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
}

/** SHA-256 of a secret, in hex: the only form in which a token or a session id is kept. */
export async function hashSecret(secret: string): Promise<string> {
  return encodeHex(await sha256(secret));
}

/** SHA-256 of a style or a script, base64 with padding, as a Content-Security-Policy asks for it. */
export async function policyHash(text: string): Promise<string> {
  return base64.encode(await sha256(text));
}

/**
 * HMAC-SHA256 of the parts for one purpose, base64url (43 characters).
 * Purpose and parts are joined as JSON, so that no two different lists give one message.
 */
export async function derive(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  const message = utf8.encode(JSON.stringify([purpose, ...parts]));
  return encodeUrl(new Uint8Array(await new HMAC('SHA-256').sign(utf8.encode(secret), message)));
}

/** Compares two derived values without telling by time where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return constantTimeEqual(utf8.encode(a), utf8.encode(b));
}

// A dash or an underscore behind it may be either's: the token's length decides.
const TOKEN = /(?<![\w-])[\w-]{43}(?=$|[^\w-]|[-_]+$)/;

/**
 * The token in the last part of a mailed link's address, without the signs that a mail reader or a finger put around it: a full stop, a
 * bracket, a blank, `&utm=…`. Undefined when it was cut.
 */
export function tokenIn(part: string): string | undefined {
  return TOKEN.exec(part)?.[0];
}

/** Bytes as base64url, without padding. */
export function encodeUrl(bytes: Uint8Array): string {
  return base64url.encode(bytes, { includePadding: false });
}

/** The bytes that base64url stands for. @throws when it is none */
export function decodeUrl(text: string): Uint8Array {
  return base64url.decode(text, { strict: false });
}
