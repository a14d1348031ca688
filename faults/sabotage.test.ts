/**
 * Takes a few protections out, to see that the simulator notices; all of them are tried by `npm run simulate --
 * --sabotage`.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requireFit } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';

test('every mutation still fits the source', () => {
  for (const mutation of MUTATIONS) requireFit(mutation);
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(16);
});

test('three protections are missed when they are gone', () => {
  const simulate = fileURLToPath(new URL('./simulate.ts', import.meta.url));
  const only = [
    'transfer ids made from the payment',
    'one fact is one message',
    'a burst looks at the state',
  ];
  const run = spawnSync(
    process.execPath,
    // With everything in place, that is what `scenarios.test.ts` and `universes.test.ts` play.
    [simulate, '--sabotage', '--known-sound', ...only.flatMap((name) => ['--only', name])],
    {
      encoding: 'utf8',
    },
  );
  expect(run.stdout.trim().split('\n').at(-1)).toBe('3 protections, 3 caught, 0 missed');
  expect(run.status).toBe(0);
}, 300_000);
