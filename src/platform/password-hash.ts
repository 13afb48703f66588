// How passwords are hashed and checked: argon2id, in WebAssembly (Workers have no native one).

import Argon2 from '@phi-ag/argon2';
import wasm from '@phi-ag/argon2/argon2.wasm';
import { sha256 } from './secrets.ts';

/**
 * First choice of OWASP's password storage sheet and ASVS 5.0 appendix C: memory in KiB, passes.
 * It can be changed for the tests alone, which hash a thousand times; those about hashes pay all of it.
 */
export const PASSWORD_COST = { memoryCost: 19_456, timeCost: 2 };
const SHAPE = { parallelism: 1, hashLength: 32 };
const SALT_BYTES = 16;
const MISMATCH = 'The password does not match the supplied hash';

/** Hashes a password with a fresh salt: a PHC string. About 20 ms of CPU. */
export function hashPassword(password: string): Promise<string> {
  return hashWith(password, crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/**
 * The hash by today's parameters, for a password just verified against an older one; undefined when the stored hash is
 * of today. The salt is drawn from the stored hash, random itself: two sign-ins at once arrive at one hash, so that
 * neither shuts the other out.
 */
export async function upgradedHash(password: string, hash: string): Promise<string | undefined> {
  if (hash.startsWith(phcStart())) return undefined;
  const salt = (await sha256(hash)).slice(0, SALT_BYTES);
  // A failure here costs nothing: the next sign-in tries again.
  return hashWith(password, salt).catch(() => undefined);
}

async function hashWith(password: string, salt: Uint8Array): Promise<string> {
  return (await argon2()).hash(wholeLength(password), { ...SHAPE, ...PASSWORD_COST, salt }).encoded;
}

/**
 * Whether the password gives the stored hash, at the cost the hash was made with. Without a hash (no such account) it
 * does the same work and answers no.
 * @throws when it could not be computed: that is no wrong password
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const { success, error } = (await argon2()).tryVerify(hash ?? dummyHash(), wholeLength(password));
  if (!success && error !== MISMATCH) throw new Error(`argon2: ${error}`);
  return success && hash !== null;
}

/** What a PHC string of today begins with. */
function phcStart(): string {
  const { memoryCost, timeCost } = PASSWORD_COST;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${SHAPE.parallelism}$`;
}

/** Verified when there is no account, so that the answer takes the same time. */
function dummyHash(): string {
  return `${phcStart()}${'A'.repeat(22)}$${'A'.repeat(43)}`;
}

let ready: Promise<Argon2> | undefined;

/** The promise is kept, not its value: two cold requests must not open two memories. */
function argon2(): Promise<Argon2> {
  ready ??= WebAssembly.instantiate(wasm).then((instance) => new Argon2(instance));
  return ready;
}

/**
 * Without this, a password with accents would lose its end: the library hashes as many bytes as the text has UTF-16
 * units, and « é » is one unit of two bytes. The NULs behind the text make up the number and are not hashed.
 * (The tests compare with Node's own argon2.)
 */
function wholeLength(password: string): string {
  const text = normalisePassword(password);
  return text.padEnd(new TextEncoder().encode(text).length, '\0');
}

/** One canonical form, so that two keyboards that compose accents differently agree; never trimmed or cut. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}
