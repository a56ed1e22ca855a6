import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'build/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'test-data/**/*.test.ts',
      'test-images/**/*.test.ts',
    ],
    // Resolving the real data folder or the default ports in a test run throws; see src/core/settings.
    // Who runs the tests, a person or an agent, changes nothing of what commands print.
    env: { WATCHTOWER_TEST: '1', WATCHTOWER_AGENT: '0' },
    // Its test reads the theme's text.
    css: { include: /theme\.css/ },
    // What is awaited comes in a fraction of this; a busy machine is no reason to fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Many tests wait for processes and containers more than they work.
    maxWorkers: 3,
  },
});
