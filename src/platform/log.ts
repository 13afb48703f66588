// The log: the portal prints one JSON line per event, and nothing else.

/**
 * Prints one line: the time (UTC), what happened, and plain facts. Never a password, a token, a link, an
 * address, a birth date, an identifier or anything else that was typed (docs/operations.md, « What is logged »).
 */
export function logLine(event: string, facts: Record<string, unknown>): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), event, ...facts }));
}
