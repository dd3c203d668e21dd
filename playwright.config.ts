import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_PATH, LAUNCH_ARGS, NO_FIGURE } from './test-browser.ts';

const port = Number(process.env['THORA_TEST_PORT'] ?? 4300);
const baseURL = `http://127.0.0.1:${port}`;

const launchOptions = { executablePath: CHROMIUM_PATH, args: LAUNCH_ARGS };
const desktop = { ...devices['Desktop Chrome'], channel: undefined, viewport: { width: 1280, height: 800 } };

const FIGURE = /(newcomer|session-keyboard)\.spec/;
const RADIO = /emulated-.*\.spec/;

/**
 * The built app in real Chromium; `npm run build` comes first. What holds the machine to a time, be it a person's stopwatch or
 * a radio's milliseconds, says `@alone` in its title: `npm test` runs those afterwards, one at a time.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Half of a test waits: with three of them two processors have work. More of them starve each other.
  workers: 3,
  retries: process.env['CI'] ? 2 : 0,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 240_000,
  // Generous, as all that waits is: a page may be drawn beside two others. What is claimed of time has bounds of its own.
  expect: { timeout: 30_000 },
  reporter: 'line',
  use: {
    baseURL,
    locale: 'en-GB',
    // Tracing draws every frame once more, in software: only what failed is traced, when it is tried again.
    trace: 'on-first-retry',
    // Each test would begin with the copy of the app for later: seconds of two processors. offline.spec.ts wants it.
    serviceWorkers: 'block',
    launchOptions,
  },
  projects: [
    // First: a session at the pace of real boards is the longest of all, and mostly waits.
    { name: 'radio', testMatch: RADIO, use: desktop },
    {
      name: 'desktop',
      testIgnore: [FIGURE, RADIO],
      // Without a graphics card the figure takes a third of the time; the other projects have it.
      use: { ...desktop, launchOptions: { ...launchOptions, args: [...LAUNCH_ARGS, NO_FIGURE] } },
    },
    { name: 'figure', testMatch: FIGURE, use: desktop },
    {
      name: 'phone',
      // What the screen's size does not touch is tried in the other projects alone: radio, files, words, offline, a stopwatch.
      testMatch: /(accessibility|newcomer)\.spec/,
      grepInvert: /the policy|space pauses|who returns/,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort --host 127.0.0.1`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
