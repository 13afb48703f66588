import { existsSync, statfsSync } from 'node:fs';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { defineConfig } from 'vitest/config';
import * as schema from '../src/schema.ts';
import { startProvider } from './support/provider.ts';

// D1 and KV lie in memory where Linux has a folder for that, and room in it: they wait for the disk a quarter of the time
// otherwise.
const MEMORY = '/dev/shm';
const ROOM = 512 * 1024 ** 2;
if (existsSync(MEMORY)) {
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize > ROOM) process.env.TMPDIR = MEMORY;
}

// Nothing of a test may reach the network: a call that tries fails loudly.
const refuseOutside = (request: { url: string }) => {
  throw new Error(`A test called the outside world: ${request.url}`);
};

/** What drizzle-kit would write for an empty database: the migrations must have come to the same. */
async function freshSchema(): Promise<string[]> {
  return generateSQLiteMigration(
    await generateSQLiteDrizzleJson({}),
    await generateSQLiteDrizzleJson(schema),
  );
}

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: './wrangler.toml' },
      verbose: false,
      miniflare: {
        bindings: {
          MIGRATIONS: await readD1Migrations('./migrations'),
          SCHEMA: await freshSchema(),
          CLIENTS_API_KEY: 'a-clients-key-for-tests-of-32-characters',
          PORTAL_SECRET: 'a-secret-for-tests-of-at-least-32-characters',
          FUZZ_TIMES: process.env.FUZZ_TIMES ?? '1',
          FUZZ_SEED: process.env.FUZZ_SEED ?? '20261123',
          RACES: process.env.RACES ?? '',
        },
        outboundService: refuseOutside,
        // The mail API over real sockets, to a server that plays the provider.
        serviceBindings: { MAIL_API: { external: { address: await startProvider(), http: {} } } },
      },
    })),
  ],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**', 'test/bench/**'],
    // Without this a style sheet read with ?raw is empty.
    css: true,
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two workerds for all files: one for each would take longer than the tests.
    maxWorkers: 2,
    isolate: false,
    // What the portal logs is shown where a test fails.
    silent: 'passed-only',
  },
});
