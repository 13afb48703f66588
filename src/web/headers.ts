// The headers of every answer of the Worker. Files of public/ get theirs from public/_headers.

import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { PATHS } from '../paths.ts';
import { accentSources } from './accent.ts';

/** Two years, as the preload list asks. */
const HSTS = 'max-age=63072000; includeSubDomains';

/** One set of headers per accent, made once. */
const madeFor = new Map<string, MiddlewareHandler>();

/** The security headers; the policy allows the landlord's accent by its hash and no other inline style. */
export const securityHeaders = createMiddleware<{ Bindings: { ACCENT_COLOR?: string } }>(async (c, next) => {
  const accent = c.env.ACCENT_COLOR ?? '';
  const headers = madeFor.get(accent) ?? withAccent(await accentSources(accent));
  madeFor.set(accent, headers);
  return headers(c, next);
});

function withAccent(accent: string[]): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'", ...accent],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      // The quiet refresh of a mail's way.
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: HSTS,
    xFrameOptions: 'DENY',
    // For browsers and plug-ins that are no more: each costs bytes and time, and protects nobody.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
}

/** The addresses a search engine may list. */
const PUBLIC: string[] = [
  PATHS.signIn,
  PATHS.signUp,
  PATHS.help,
  PATHS.siteMap,
  PATHS.accessibility,
  PATHS.legalNotices,
  PATHS.personalData,
];

/** Keeps everything but the public pages out of search engines. */
export const unlisted = createMiddleware(async (c, next) => {
  await next();
  const isPublic = c.res.status === 200 && PUBLIC.includes(c.req.path);
  if (!isPublic) c.res.headers.set('x-robots-tag', 'noindex');
});
