// Random secrets, their hashes, and secrets derived from PORTAL_SECRET.

import { constantTimeEqual, HMAC, sha256 } from 'oslo/crypto';
import { base64url, encodeHex } from 'oslo/encoding';
import { SECRET_BYTES } from '../numbers.ts';

const utf8 = new TextEncoder();

/** A fresh secret of 32 bytes, base64url without padding (43 characters). */
export function randomSecret(): string {
  return encodeUrl(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** SHA-256 of a secret, in hex: the only form in which a token or a session id is kept. */
export async function hashSecret(secret: string): Promise<string> {
  return encodeHex(await sha256(utf8.encode(secret)));
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
