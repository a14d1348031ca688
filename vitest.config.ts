import { defineConfig } from 'vitest/config';

const database = ['./src/ground/testing/postgres-server.ts'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One worker a core. Left alone it is one less, which on a machine of two cores is one after the other, and stories
    // wait for processes and clocks most of their time.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'house',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          globalSetup: database,
          // Files of one worker share what they import, which is read and translated once: a third less time. What
          // one leaves behind in a module the next one meets, so nothing may be left behind.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: ['stories/**/*.story.ts'],
          globalSetup: database,
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['faults/**/*.test.ts'],
          globalSetup: database,
          testTimeout: 180_000,
        },
      },
      { extends: true, test: { name: 'tidy', include: ['tidy/**/*.test.ts', 'bench/**/*.test.ts'] } },
    ],
  },
});
