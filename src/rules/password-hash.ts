// How passwords are hashed and checked: argon2id, in WebAssembly (Workers have no native one).

import type { computeHash } from 'argon2id';
import wasm from 'argon2id/dist/simd.wasm';
import setupArgon2id from 'argon2id/lib/setup.js';
import { constantTimeEqual, sha256 } from 'oslo/crypto';
import { base64 } from 'oslo/encoding';
import { normalisePassword } from './password.ts';

// First choice of OWASP's password storage sheet and ASVS 5.0 appendix C.
const COST = { memorySize: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const SALT_BYTES = 16;
const PHC_START = `$argon2id$v=19$m=${COST.memorySize},t=${COST.passes},p=${COST.parallelism}$`;
// Verified when there is no account, so that the answer takes the same time.
const DUMMY_HASH = `${PHC_START}AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;
// argon2id refuses fewer than 8 bytes. No stored password is that short, so this only costs the time.
const TOO_SHORT = 'too short';
const LEAST_BYTES = 8;

/** Hashes a password with a fresh salt: a PHC string. About 40 ms of CPU. */
export function hashPassword(password: string): Promise<string> {
  return hashWith(password, crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/**
 * The hash by today's parameters, for a password just verified against an older one; undefined when the stored hash is
 * of today. The salt is drawn from the stored hash, random itself: two sign-ins at once arrive at one hash, so that
 * neither shuts the other out.
 */
export async function upgradedHash(password: string, hash: string): Promise<string | undefined> {
  if (hash.startsWith(PHC_START)) return undefined;
  const salt = (await sha256(new TextEncoder().encode(hash))).slice(0, SALT_BYTES);
  // Whatever goes wrong here can wait for the next sign-in.
  return hashWith(password, new Uint8Array(salt)).catch(() => undefined);
}

async function hashWith(password: string, salt: Uint8Array): Promise<string> {
  return `${PHC_START}${encode(salt)}$${encode(await argon2id(normalisePassword(password), salt, COST))}`;
}

/**
 * Whether the password gives the stored hash. Without a hash (no such account) it does the same
 * work and answers no.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, , , cost = '', salt = '', expected = ''] = (hash ?? DUMMY_HASH).split('$');
  const tag = await argon2id(normalisePassword(password), decode(salt), readCost(cost));
  return constantTimeEqual(tag, decode(expected)) && hash !== null;
}

/** `m=19456,t=2,p=1`: the parameters a hash was made with, which may be older than today's. */
function readCost(text: string): typeof COST {
  const [memorySize = 0, passes = 0, parallelism = 0] = (text.match(/\d+/g) ?? []).map(Number);
  return { ...COST, memorySize, passes, parallelism };
}

let ready: Promise<computeHash> | undefined;

async function argon2id(password: string, salt: Uint8Array, cost: typeof COST): Promise<Uint8Array> {
  // The promise is kept, not its value: two cold requests must not open two memories. Every Worker has SIMD, so the
  // second build that argon2id asks for is the same one.
  ready ??= setupArgon2id(instantiate, instantiate);
  const bytes = new TextEncoder().encode(password);
  const usable = bytes.length < LEAST_BYTES ? new TextEncoder().encode(TOO_SHORT) : bytes;
  return (await ready)({ password: usable, salt, ...cost });
}

async function instantiate(imports: WebAssembly.Imports) {
  return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) };
}

function encode(bytes: Uint8Array): string {
  return base64.encode(bytes, { includePadding: false });
}

function decode(text: string): Uint8Array {
  return base64.decode(text, { strict: false });
}
