import { defineConfig } from 'vitest/config'

// Two projects: `unit` covers codecs, rules, modules and routes (a real PostgreSQL each file, cloned from one
// migrated template); `e2e` drives the built web in headless Chromium against a started server.
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{contracts,server,web,tools}/**/*.test.{ts,tsx}'],
          globalSetup: ['server/platform/testing/global-setup.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
