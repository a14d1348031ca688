import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { makeBackupKeys, sealed } from './seal.ts';

test('a source that fails before its sealed stream is read fails the reading, and nothing else', async () => {
  const { recipient } = await makeBackupKeys();
  const stream = await sealed(
    new Readable({
      read() {
        this.destroy(new Error('the source is gone'));
      },
    }),
    [recipient],
  );
  await new Promise((closed) => stream.on('close', closed));
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await expect(pipeline(stream, nowhere)).rejects.toThrow('the source is gone');
});
