import { defineConfig } from 'vitest/config';

// Plain Node beside a real portal and a real Chromium; `test/vitest.config.ts` runs the rest inside workerd.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: './test/browser/portal.ts',
    // Two cores: two files at once, each before a portal of its own.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
