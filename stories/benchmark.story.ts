/**
 * Tells that the benchmark works: one cell of it, measured for a moment on a server of its own, judged and written down.
 *
 * What it measures means nothing here; that a measuring instrument is broken must not be found on the day it is needed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Results } from '../bench/results.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');

test('one cell is measured, its books are read, and its goals are judged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tontine-bench-story-'));
  const file = join(folder, 'latest.json');
  const asked = ['lane-32-random', '--rounds', '1', '--seconds', '0.2', '--even-below', '--results', file];
  const program = ['--disable-warning=ExperimentalWarning', 'bench/bench.ts', ...asked];
  const { stdout } = await run(process.execPath, program, { cwd: ROOT });
  expect(stdout).toContain('reading all books of ledger');
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^2 goals, \d met, \d missed$/);
  const results = JSON.parse(await readFile(file, 'utf8')) as Results;
  expect(results.rows.map(({ cell, against }) => [cell, against])).toEqual([
    ['lane-32-random', 'anchor-tpcb'],
    ['lane-32-random', ''],
  ]);
  for (const row of results.rows) expect(row.ratio).toBeGreaterThan(0);
  await rm(folder, { recursive: true, force: true });
});
