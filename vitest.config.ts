import { defineConfig } from 'vitest/config';

/** Pure code: nothing that one test file leaves behind can reach another, so that they share a process. */
const PURE = ['src/ocpp', 'src/session', 'src/workspace', 'src/renderer', 'fixtures'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // As long as a test has: what puts up and takes down servers, workers and certificates is as slow on a busy machine.
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'pure', isolate: false, include: PURE.map((folder) => `${folder}/**/*.test.{ts,tsx}`) },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          // Sockets, processes and files of a busy machine; `npm test` names at its end what needed the second try.
          retry: 1,
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: PURE.map((folder) => `${folder}/**`),
        },
      },
    ],
  },
});
