import { existsSync } from 'node:fs';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

const chromiumPage: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  viewport: { width: 1440, height: 900 },
  launchOptions: {
    ...(chromium && { executablePath: chromium }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  // A trace is asked for by `--trace retain-on-failure`: recording it of every test takes as much of a CPU as the tests.
  use: { trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    // Two hosts and browsers side by side wait more than they work, also on two cores, the smallest machine this must pass on.
    { name: 'browser', testDir: 'e2e/browser', use: chromiumPage },
    // These share what a machine has once: caches of packages, a screen, a container engine.
    { name: 'snippets', testDir: 'e2e/snippets', workers: 1 },
    { name: 'runs', testDir: 'e2e/runs', workers: 1 },
    { name: 'desktop', testDir: 'e2e/desktop', workers: 1 },
    { name: 'stack', testDir: 'e2e/stack', workers: 1, use: chromiumPage },
  ],
});
