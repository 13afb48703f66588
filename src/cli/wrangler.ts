// What wrangler offers to programs. Loading it takes over a second: a command does so once it needs it, and a typing error
// is told at once.

import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

export type Wrangler = typeof import('wrangler');

/** wrangler's functions. */
export function wranglerFunctions(): Wrangler {
  return load('wrangler');
}
