import { defineConfig } from 'vitest/config';

// Plain Node beside a real portal and a real Chromium; `test/vitest.config.ts` runs the rest inside workerd.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: './test/browser/portal.ts',
    // One portal, one mailbox, two cores: files take turns. Two at once are a third quicker, and meet locks and time-outs.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
