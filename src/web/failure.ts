// What was not expected: its line in the log, and the number by which a visitor tells of it.

import { DrizzleQueryError } from 'drizzle-orm';
import { SettingsError } from '../env.ts';
import { logLine } from '../platform/log.ts';
import { drawSigns, groupSigns } from '../platform/signs.ts';
import type { PortalContext } from './portal.ts';
import { requestId, routePattern } from './security-log.ts';

/**
 * Logs a failure. The line names the route's pattern, never the path (tokens stand in paths), and the error's class, never
 * a database message (it quotes what was typed).
 * @returns the number to quote
 */
export function logFailure(c: PortalContext, error: Error): string {
  const number = problemNumber();
  logLine('problem', {
    number,
    method: c.req.method,
    route: routePattern(c),
    request: requestId(c),
    error: describe(error),
    at: frames(error),
  });
  return number;
}

/** `A3F-92K`: short enough to be said on the phone; no 0 O 1 I. */
function problemNumber(): string {
  return groupSigns(drawSigns(6), 3);
}

/** Whether D1 or KV did not answer, as opposed to a fault of ours. */
export function isStoreFailure(error: Error): boolean {
  return error instanceof DrizzleQueryError || /^(D1_|KV )/.test(error.message);
}

function describe(error: Error): string {
  if (error instanceof SettingsError) return error.message;
  const cause = error instanceof DrizzleQueryError ? error.cause : undefined;
  return cause ? `${error.name}: ${cause.message}` : error.name;
}

/** Where it was thrown: the stack without its first line, which is the message. */
function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim());
}
