// The door of the desk: it exists only behind Cloudflare Access, for the very application that the settings name. For
// everybody else its addresses are like any that there is not.

import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { logLine } from '../platform/log.ts';
import type { ActKind } from '../schema.ts';
import { agentOf, mayDo } from '../staff/members.ts';
import type { Portal, PortalContext } from '../web/portal.ts';
import { problemPage } from '../web/problem.tsx';
import { requestId, routePattern } from '../web/security-log.ts';

/** Whether an address is one of the desk's. */
export function isDesk(c: PortalContext): boolean {
  return /^\/guichet(\/|$)/.test(new URL(c.req.url).pathname);
}

/** Finds out who comes to the desk; `deskOnly` acts on it, once the guards that stand before every page have had their word. */
export const deskEntry = createMiddleware<Portal>(async (c, next) => {
  const { DESK_AUDIENCE, DESK_MANAGERS } = c.get('settings');
  const { access } = c.executionCtx as ExecutionContext;
  // A rule over the whole account must not open it: the audience is that of its own application.
  if (DESK_AUDIENCE !== '' && access?.aud === DESK_AUDIENCE)
    c.set('agent', agentOf(await access.getIdentity(), DESK_MANAGERS) ?? 'nameless');
  await next();
});

/** Lets in whoever Access let in, and nobody else. */
export const deskOnly = createMiddleware<Portal>(async (c, next) => {
  const agent = c.get('agent');
  if (agent === undefined) return c.notFound();
  if (agent !== 'nameless') return next();
  logLine('desk_refused', { why: 'no e-mail address', route: routePattern(c), request: requestId(c) });
  return problemPage(c, 'nameless');
});

/** Does without a guard for the desk's addresses while its door is shut: what it says would tell that they exist. */
export function unlessShut(guard: MiddlewareHandler): MiddlewareHandler<Portal> {
  return async (c, next) => (isDesk(c) && typeof c.get('agent') !== 'object' ? next() : guard(c, next));
}

/** Does without a guard of forms where an agent sends the client file: that page reads what comes, and as it comes. */
export function unlessFile(guard: MiddlewareHandler): MiddlewareHandler<Portal> {
  return async (c, next) =>
    c.req.path === '/guichet/fichier' && typeof c.get('agent') === 'object' ? next() : guard(c, next);
}

/** Only for agents who may do this; the page says whose task it is. */
export function mayOnly(kind: ActKind) {
  return createMiddleware<Portal>(async (c, next) => {
    if (mayDo(agentIn(c), kind)) return next();
    logLine('desk_refused', { why: 'role', act: kind, route: routePattern(c), request: requestId(c) });
    return problemPage(c, 'managersOnly');
  });
}

/** Who sits at the desk; behind `deskOnly` there is somebody. */
export function agentIn(c: PortalContext) {
  const agent = c.get('agent');
  if (typeof agent !== 'object') throw new Error('Nobody is at the desk');
  return agent;
}
