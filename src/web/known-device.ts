// A device that signed in to an account before: its failures are counted apart, so that strangers, who need only the
// identifier to use up the tries, never keep the holder's own phone out.
//
// The cookie stands for one account, whose identifier is in it as an HMAC only, and for its password: a new one makes
// every device unknown, that of an intruder too.

import { deleteCookie } from 'hono/cookie';
import { readIdentifier } from '../account/identifier.ts';
import { type SignInCount, type TriedSignIn, trySignIn } from '../account/sign-in.ts';
import { KNOWN_DEVICE_LIFETIME, SIGN_IN } from '../numbers.ts';
import { attemptKey } from '../platform/counters.ts';
import { networkKey, partName } from '../platform/network-counters.ts';
import { derive, randomSecret } from '../platform/secrets.ts';
import { cookieOptions, readSignedCookie, setSignedCookie } from './cookies.ts';
import { type PortalContext, requestNetwork } from './portal.ts';

type Device = { id: string; password: string };

/** Lets this browser be known to an account, for half a year from its last sign-in. @param hash of the password in force */
export async function rememberDevice(c: PortalContext, identifier: string, hash: string): Promise<void> {
  const { fingerprint } = readIdentifier(identifier, c.get('settings').IDENTIFIER_PREFIX);
  const id = (await knownDevice(c, fingerprint))?.id ?? randomSecret().slice(0, 22);
  await setSignedCookie(
    c,
    await cookieName(c, fingerprint),
    `${id}.${await markOf(c, hash)}`,
    KNOWN_DEVICE_LIFETIME,
  );
}

/** Counts a sign-in, on this device's own counter when the account knows it, and reads the account. */
export async function trySignInHere(
  c: PortalContext,
  fingerprint: string,
  candidates: string[],
  now: number,
): Promise<TriedSignIn & { count: SignInCount }> {
  const device = await knownDevice(c, fingerprint);
  if (device) {
    const count = { key: await attemptKey(secretOf(c), 'sign-in', fingerprint, device.id) };
    const tried = await trySignIn(c.get('db'), { count, candidates, now });
    const hash = tried.account?.passwordHash;
    if (hash && device.password === (await markOf(c, hash))) return { ...tried, count };
    deleteCookie(c, await cookieName(c, fingerprint), cookieOptions(c));
  }
  const count = await countOfStranger(c, fingerprint);
  return { ...(await trySignIn(c.get('db'), { count, candidates, now })), count };
}

async function countOfStranger(c: PortalContext, fingerprint: string): Promise<SignInCount> {
  const secret = secretOf(c);
  const [key, network, part] = await Promise.all([
    attemptKey(secret, 'sign-in', fingerprint),
    networkKey(secret, 'sign-in', requestNetwork(c)),
    partName(secret, 'sign-in', fingerprint),
  ]);
  return { key, network: { key: network, part, most: SIGN_IN.perNetwork } };
}

async function knownDevice(c: PortalContext, fingerprint: string): Promise<Device | undefined> {
  const [id, password] = (await readSignedCookie(c, await cookieName(c, fingerprint)))?.split('.') ?? [];
  return id && password ? { id, password } : undefined;
}

/** One name for each account, or the second person of a shared phone would make the first a stranger. */
async function cookieName(c: PortalContext, fingerprint: string): Promise<string> {
  return `appareil-${(await derive(secretOf(c), 'device', fingerprint)).slice(0, 8)}`;
}

/** What tells the password in force from another. */
async function markOf(c: PortalContext, hash: string): Promise<string> {
  return (await derive(secretOf(c), 'device password', hash)).slice(0, 16);
}

function secretOf(c: PortalContext): string {
  return c.get('settings').PORTAL_SECRET;
}
