import { defineConfig } from 'vitest/config';

// Plain Node beside a real portal and a real Chromium; `vitest.config.ts` runs the rest inside workerd.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: './test/browser/portal.ts',
    // One portal for all: a file takes clients of its own, and changes nothing that another reads.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
