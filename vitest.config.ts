import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { messageMacro } from './message-macro.ts';
import { CHROMIUM_PATH, LAUNCH_ARGS } from './test-browser.ts';

export default defineConfig({
  test: {
    // One less than the cores is the default, which leaves half of a small machine idle.
    maxWorkers: 2,
    projects: [
      {
        plugins: [messageMacro()],
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{core,replay,borders,adapters,app,ui}/**/*.test.ts'],
          testTimeout: 60_000,
          setupFiles: ['test/seeded-properties.ts'],
          // The tests keep no state in modules; loading them once per worker saves a third of the time.
          isolate: false,
        },
      },
      {
        // What starts programs of its own, commands and compilers: too slow for the quick part.
        test: {
          name: 'programs',
          environment: 'node',
          include: ['test/{cli,firmware-protocol}/**/*.test.ts'],
          testTimeout: 60_000,
          setupFiles: ['test/seeded-properties.ts'],
          isolate: false,
        },
      },
      {
        // without this the packages are found one by one and the page reloads in mid-test
        optimizeDeps: { include: ['dexie', 'fflate', 'zod/mini', 'three'] },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          // A shared machine may stall a whole browser for seconds.
          retry: process.env['CI'] ? 2 : 0,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: CHROMIUM_PATH, args: LAUNCH_ARGS },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
