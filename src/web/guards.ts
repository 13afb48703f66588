// What stands between a request and its page.

import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { hasLeft } from '../account/links.ts';
import { hadToChoose, touchSession } from '../account/signed-in.ts';
import { FORM_BODY_BYTES, SCREEN_PERIOD, SESSION } from '../numbers.ts';
import { PATHS } from '../paths.ts';
import { clearSessionCookie, currentSession, sessionToken } from './cookies.ts';
import { aboutIdentifier, afterAnswer, type Portal, type PortalContext, requestNetwork } from './portal.ts';
import { problemPage } from './problem.tsx';
import { readFields } from './read-form.ts';
import {
  choiceOverPage,
  crossSitePage,
  sessionOverPage,
  signInFirst,
  tooManyRequestsPage,
} from './refused-form.tsx';

/** Nothing personal may be kept by a browser or a proxy: only the files of public/ are cached. */
export const neverStored = createMiddleware(async (c, next) => {
  await next();
  c.res.headers.set('cache-control', 'private, no-store');
});

/**
 * Only the portal's own origin: mailed links, cookies and the same-origin check stand on it, and over plain http a
 * password could be read on its way. A page elsewhere leads there; a form elsewhere is not taken.
 */
export const ownHost = createMiddleware<Portal>(async (c, next) => {
  const url = new URL(c.req.url);
  const { PORTAL_ORIGIN } = c.get('settings');
  if (url.origin === PORTAL_ORIGIN) return next();
  if (c.req.method === 'POST') return problemPage(c, 'anotherHost');
  return c.redirect(`${PORTAL_ORIGIN}${url.pathname}${url.search}`, 308);
});

/** An address with a slash behind it leads to the address; never elsewhere, however many stand before it. */
export const finalSlash = createMiddleware<Portal>(async (c, next) => {
  const { pathname, search } = new URL(c.req.url);
  if (!['GET', 'HEAD'].includes(c.req.method) || pathname === '/' || !pathname.endsWith('/')) return next();
  return c.redirect(`/${pathname.split('/').filter(Boolean).join('/')}${search}`, 308);
});

/** The first screen per network: approximate and generous, since offices and homes share one. D1 decides. */
export const screen = createMiddleware<Portal>(async (c, next) => {
  if (c.req.method !== 'POST') return next();
  // When the screen itself fails, the door stays open: the exact counters behind it decide.
  const open = { success: true };
  const { success } = await c.env.SCREEN.limit({ key: requestNetwork(c) }).catch(() => open);
  if (success) return next();
  c.header('retry-after', String(SCREEN_PERIOD / 1000));
  return tooManyRequestsPage(c);
});

/** A form's body is small. */
export const smallBody = bodyLimit({
  maxSize: FORM_BODY_BYTES,
  onError: (c) => problemPage(c as Context<Portal>, 'bodyTooLarge'),
});

/** Browsers send it bare; others may name the character set of our pages, the only one that can be read. */
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;\s*(charset="?utf-8"?\s*)?)?$/i;

/** A form comes from a page of this site. First of all: what another site sends must leave nothing here, not even a count. */
export const ownSite = createMiddleware<Portal>(async (c, next) => {
  return c.req.method !== 'POST' || isSameOrigin(c) ? next() : crossSitePage(c);
});

/** A form is urlencoded, and has no field twice. */
export const ownForm = createMiddleware<Portal>(async (c, next) => {
  if (c.req.method !== 'POST') return next();
  if (!FORM_TYPE.test(c.req.header('content-type') ?? '')) return problemPage(c, 'wrongContentType');
  const names = [...(await readFields(c)).keys()];
  if (new Set(names).size < names.length) return problemPage(c, 'repeatedField');
  return next();
});

/**
 * Whether a POST comes from a page of this site: Sec-Fetch-Site when the browser sends it, else Origin
 * (`null` is refused), else Referer. With none of them it is no browser's cross-site form.
 */
function isSameOrigin(c: PortalContext): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const source = c.req.header('origin') ?? c.req.header('referer');
  return source === undefined || URL.parse(source)?.origin === c.get('settings').PORTAL_ORIGIN;
}

/**
 * Only for who is signed in; others go to the sign-in page and come back to where they were. A form posted after
 * the session ended is not lost silently. Who came with a provisional password may only choose a new one, in time.
 */
export const signedIn = createMiddleware<Portal>(async (c, next) => {
  const now = Date.now();
  const session = await currentSession(c, now);
  if (!session) return withoutSession(c);
  if (hasLeft(session.leftAt, c.get('settings').CLIENT_LEFT_GRACE_DAYS, now)) {
    clearSessionCookie(c);
    return leadToSignIn(c);
  }
  if (session.lastSeenAt <= now - SESSION.touchEvery) {
    afterAnswer(c, 'last_seen', touchSession(c.get('db'), session.id, now));
  }
  if (session.mustChoose && new URL(c.req.url).pathname !== PATHS.spacePassword)
    return c.redirect(PATHS.spacePassword, 303);
  if (await isOfAnother(c, session.identifier)) return sessionOverPage(c);
  c.set('session', session);
  aboutIdentifier(c, session.identifier);
  return next();
});

async function withoutSession(c: PortalContext) {
  const token = sessionToken(c);
  if (!token || !(await hadToChoose(c.get('db'), token))) return leadToSignIn(c);
  clearSessionCookie(c);
  return choiceOverPage(c);
}

/** A page leads to the sign-in page, which says why and clears the cookie. A form answers here, so that nothing typed is lost. */
function leadToSignIn(c: PortalContext) {
  if (c.req.method !== 'POST') return c.redirect(signInFirst(c), 303);
  clearSessionCookie(c);
  return sessionOverPage(c);
}

/**
 * Whether a form does not say that it is this account's: it stands in a tab opened before somebody else signed in here, or
 * is no form of the space at all.
 */
async function isOfAnother(c: PortalContext, identifier: string): Promise<boolean> {
  return c.req.method === 'POST' && (await readFields(c)).get('compte') !== identifier;
}
