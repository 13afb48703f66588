// What the tests are given beside the portal's own bindings.

import '@cloudflare/vitest-pool-workers/types';
import type { D1Migration } from '@cloudflare/vitest-pool-workers';
import type { Env as PortalEnv } from '../../src/env.ts';

declare global {
  namespace Cloudflare {
    interface Env extends PortalEnv {
      MIGRATIONS: D1Migration[];
      /** The statements that make the tables of src/schema.ts in an empty database. */
      SCHEMA: string[];
      PORTAL_ORIGIN: string;
      PORTAL_SECRET: string;
      MAIL_API: Fetcher;
      CLIENTS_API_KEY: string;
      FUZZ_TIMES: string;
      FUZZ_SEED: string;
      RACES: string;
    }
  }
}
