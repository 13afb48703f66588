import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

// Nothing of a test may reach the network: a call that tries fails loudly.
const refuseOutside = (request: { url: string }) => {
  throw new Error(`A test called the outside world: ${request.url}`);
};

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        bindings: {
          MIGRATIONS: await readD1Migrations('./migrations'),
          PORTAL_SECRET: 'a-secret-for-tests-of-at-least-32-characters',
        },
        outboundService: refuseOutside,
      },
    })),
  ],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**', 'test/bench/**'],
    // Without this a style sheet read with ?raw is empty.
    css: true,
    setupFiles: ['test/setup.ts'],
    testTimeout: 30_000,
  },
});
