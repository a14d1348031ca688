import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { collectGarbage, INSPECTED } from './collect-garbage.ts';

/** Drops something and says when that was collected. */
const DROPS = `
  const seen = new FinalizationRegistry(() => console.log('collected'));
  seen.register({ dropped: true }, '');
  setInterval(() => {}, 1000);
  console.log('ready');
`;

test('what a process has dropped is collected when it is asked to', async () => {
  const child = spawn(process.execPath, [INSPECTED, '--eval', DROPS]);
  onTestFinished(() => void child.kill());
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  await expect.poll(() => output).toContain('ready');
  expect(output).not.toContain('collected');
  await collectGarbage({ output: () => output });
  await expect.poll(() => output).toContain('collected');
});

test('a process without an inspector cannot be asked', async () => {
  await expect(collectGarbage({ output: () => 'ready' })).rejects.toThrow('not started with an inspector');
});
