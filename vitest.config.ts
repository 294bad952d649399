import { defineConfig } from 'vitest/config';

/** Tests with real sockets, threads and clocks. What a busy machine upset is tried again, and the reporter says so. */
const REAL_CLOCK = ['adapters', 'app', 'bench', 'entry', 'load', 'probes'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const TRIES_AGAIN = 2;

export default defineConfig({
  test: {
    globalSetup: 'test/support/temp-folder.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...REAL_CLOCK],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'loopback',
          include: REAL_CLOCK,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          retry: TRIES_AGAIN,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // Bursts against real gateways, alone and never more than two files at once, because they measure.
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 2,
          maxConcurrency: 4,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          retry: TRIES_AGAIN,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
