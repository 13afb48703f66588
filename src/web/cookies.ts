// The cookies of the portal, all strictly needed, none readable by a script.

import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { readSession, type SignedIn } from '../account/signed-in.ts';
import type { Settings } from '../env.ts';
import { CREATED_COOKIE_LIFETIME, SESSION, WAITING_COOKIE_LIFETIME } from '../numbers.ts';
import { derive, sameSecret } from '../platform/secrets.ts';
import type { PortalContext } from './portal.ts';

/** The token of this browser's session. */
export function sessionToken(c: PortalContext): string | undefined {
  return getCookie(c, 'session', cookieOptions(c).prefix);
}

/** The session of that token with its account and client, while it is neither idle nor over. */
export async function currentSession(c: PortalContext, now: number): Promise<SignedIn | undefined> {
  const token = sessionToken(c);
  return token ? readSession(c.get('db'), token, now) : undefined;
}

/** Begins a session in this browser. The message kept for the sign-in page has served. */
export function setSessionCookie(c: PortalContext, token: string): void {
  setCookie(c, 'session', token, { ...cookieOptions(c), maxAge: SESSION.absolute / 1000 });
  clearFlash(c);
}

/** Ends the session in this browser; its row is ended by `endSession`. */
export function clearSessionCookie(c: PortalContext): void {
  deleteCookie(c, 'session', cookieOptions(c));
}

/** The activation mail this browser waits for. */
export type WaitingFor = { mailId: string; version: number };

/** Lets this browser wait for a mail, for an hour. */
export async function setWaitingCookie(c: PortalContext, { mailId, version }: WaitingFor): Promise<void> {
  // Padded: the cookie has one length, whatever it stands for.
  const value = `${mailId}.${String(version).padStart(10, '0')}`;
  await setSignedCookie(c, 'attente', value, WAITING_COOKIE_LIFETIME);
}

/** The mail this browser waits for; undefined when there is none, or the cookie is forged or over. */
export async function readWaitingCookie(c: PortalContext): Promise<WaitingFor | undefined> {
  const [mailId, version] = (await readSignedCookie(c, 'attente'))?.split('.') ?? [];
  return mailId && version ? { mailId, version: Number(version) } : undefined;
}

/** What has just happened on this browser: said once, on the page that follows. */
export type Happened =
  | 'created'
  | 'created_by_code'
  | 'reset_by_code'
  | 'reset'
  | 'secured'
  | 'changed'
  | 'email_asked'
  | 'email_cancelled'
  | 'key_added'
  | 'key_removed'
  | 'signed_out'
  | 'closed';

/** What has just happened, and to the account of which identifier: that page may show it without it having been typed. */
export type Flash = { happened: Happened; identifier: string };

/** Keeps a message for the next page. */
export async function setFlash(c: PortalContext, happened: Happened, identifier: string): Promise<void> {
  await setSignedCookie(c, 'cree', `${happened}.${identifier}`, CREATED_COOKIE_LIFETIME);
}

/** Forgets the message once it is said: the next person at this device must not read it. */
export function clearFlash(c: PortalContext): void {
  deleteCookie(c, 'cree', cookieOptions(c));
}

/** The message kept for this page; undefined when there is none, or the cookie is forged or over. */
export async function readFlash(c: PortalContext): Promise<Flash | undefined> {
  const [happened, identifier] = (await readSignedCookie(c, 'cree'))?.split('.') ?? [];
  return identifier ? { happened: happened as Happened, identifier } : undefined;
}

/**
 * Keeps a value in the browser that nobody can forge, for a time (ms).
 * Hono's signed cookies percent-encode a base64 signature, so their length would vary; and their lifetime is only the
 * browser's word. Here the time is signed too.
 */
export async function setSignedCookie(
  c: PortalContext,
  name: string,
  value: string,
  lifetime: number,
): Promise<void> {
  const content = `${Date.now() + lifetime}.${value}`;
  const cookie = `${content}.${await signature(c, name, content)}`;
  setCookie(c, name, cookie, { ...cookieOptions(c), maxAge: lifetime / 1000 });
}

/** The value of such a cookie; undefined when there is none, or it is forged or over. */
export async function readSignedCookie(c: PortalContext, name: string): Promise<string | undefined> {
  const [, content, signed] =
    /^(.+)\.([\w-]{43})$/.exec(getCookie(c, name, cookieOptions(c).prefix) ?? '') ?? [];
  if (!content || !signed) return undefined;
  if (!sameSecret(signed, await signature(c, name, content))) return undefined;
  const [until, ...value] = content.split('.');
  return Number(until) > Date.now() ? value.join('.') : undefined;
}

function signature(c: PortalContext, name: string, content: string): Promise<string> {
  return derive(c.get('settings').PORTAL_SECRET, `cookie ${name}`, content);
}

/** `__Host-` on https; on an http origin, as in development, browsers would drop such a cookie. */
export function cookieOptions(c: PortalContext) {
  const secure = isSecure(c.get('settings'));
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure, prefix: secure ? 'host' : undefined } as const;
}

/** What stands before each cookie's name. */
export function cookiePrefix(settings: Settings): string {
  return isSecure(settings) ? '__Host-' : '';
}

function isSecure(settings: Settings): boolean {
  return settings.PORTAL_ORIGIN.startsWith('https:');
}
