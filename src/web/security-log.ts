// One line per form that is posted: what was asked for, how it ended, and a pseudonym of who asked.

import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { logLine } from '../platform/log.ts';
import { derive } from '../platform/secrets.ts';
import { type Portal, type PortalContext, requestNetwork } from './portal.ts';

/** How a form ended, by the status of its answer. */
const OUTCOMES: Record<number, string> = {
  200: 'done',
  303: 'done',
  401: 'session over',
  403: 'from another site',
  409: 'already registered',
  410: 'dead link',
  421: 'another host',
  422: 'refused',
  429: 'too many tries',
};

/** Logs each POST after its answer is made (ASVS 16.3: each authentication event, and each attempt to pass a control). */
export const securityLog = createMiddleware<Portal>(async (c, next) => {
  await next();
  if (c.req.method !== 'POST') return;
  const { status } = c.res;
  logLine('form', {
    form: routePattern(c),
    outcome: OUTCOMES[status] ?? (status >= 500 ? 'failed' : 'malformed'),
    status,
    request: requestId(c),
    who: await pseudonym(c, c.get('who')),
    network: await pseudonym(c, requestNetwork(c)),
  });
});

/** Tells whoever watches the log that a network has met its limit of the day: of wrong identities, sign-ins or requests. */
export async function logNetworkLimit(
  c: PortalContext,
  what: 'identities' | 'sign-in' | 'forgotten' | 'help' | 'code',
): Promise<void> {
  logLine('network_limit', { what, network: await pseudonym(c, requestNetwork(c)), request: requestId(c) });
}

/** The route's pattern, never the path: tokens stand in paths. */
export function routePattern(c: PortalContext): string {
  return routePath(c, -1);
}

/** Cloudflare's own number of the request; a client's word is not believed. */
export function requestId(c: PortalContext): string | undefined {
  return c.req.header('cf-ray');
}

/** The same person, or network, has the same pseudonym on every line; nobody without PORTAL_SECRET can undo it. */
async function pseudonym(c: PortalContext, who: string | undefined): Promise<string | undefined> {
  return who && (await derive(c.get('settings').PORTAL_SECRET, 'log', who)).slice(0, 16);
}
