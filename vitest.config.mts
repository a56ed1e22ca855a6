import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'build/**/*.test.ts',
      'bench/**/*.test.ts',
      'test-data/**/*.test.ts',
      'test-images/**/*.test.ts',
    ],
    // Resolving the real data folder or the default ports in a test run throws; see src/core/settings.
    env: { WATCHTOWER_TEST: '1' },
    // Its test reads the theme's text.
    css: { include: /theme\.css/ },
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
