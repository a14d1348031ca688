import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { putSmall, readSmall } from '../ground/backup/backup-store.ts';
import { handClock } from '../ground/clock.ts';
import { EMPTY_BODY, signS3 } from './s3-signature.ts';
import { readS3Url, s3Store } from './s3-store.ts';

const NOW = new Date('2026-01-05T08:00:00Z');
/** The keys of the published example, written so that nothing takes them for real ones. */
const ACCESS = {
  region: 'us-east-1',
  accessKeyId: `AKIA${'IOSFODNN7EXAMPLE'}`,
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

test('the published example of the signature', () => {
  const headers = signS3(
    {
      method: 'GET',
      url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
      bodyHash: EMPTY_BODY,
      headers: { range: 'bytes=0-9' },
    },
    ACCESS,
    new Date('2013-05-24T00:00:00Z'),
  );
  expect(headers.authorization).toContain(
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

/** A store that believes a request only when its signature and its body's hash are right; two names per page. */
async function openStore() {
  const objects = new Map<string, Buffer>();
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      const body = Buffer.concat(chunks);
      const url = new URL(asked.url ?? '', `http://${asked.headers.host}`);
      const hash = createHash('sha256').update(body).digest('hex');
      const length = asked.headers['content-length'];
      const expected = signS3(
        {
          method: asked.method as 'GET',
          url,
          bodyHash: hash,
          headers: length === undefined ? {} : { 'content-length': length },
        },
        ACCESS,
        NOW,
      );
      if (expected.authorization !== asked.headers.authorization) {
        answer.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
        return;
      }
      const key = decodeURIComponent(url.pathname).replace('/safe/', '');
      if (url.searchParams.has('list-type')) {
        const prefix = url.searchParams.get('prefix') ?? '';
        const from = Number(url.searchParams.get('continuation-token') ?? 0);
        const all = [...objects.keys()].filter((name) => name.startsWith(prefix)).toSorted();
        const keys = all
          .slice(from, from + 2)
          .map((name) => `<Contents><Key>${name.replaceAll('&', '&amp;')}</Key></Contents>`);
        const more =
          from + 2 < all.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
        answer.end(`<ListBucketResult>${keys.join('')}${more}</ListBucketResult>`);
      } else if (asked.method === 'PUT') {
        objects.set(key, body);
        answer.end();
      } else if (asked.method === 'DELETE') {
        objects.delete(key);
        answer.writeHead(204).end();
      } else {
        const found = objects.get(key);
        if (found === undefined) answer.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
        else answer.end(found);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const place = { ...ACCESS, endpoint, bucket: 'safe', prefix: 'tontine & co/' };
  return { objects, place };
}

test('what is put there comes back, is listed over pages, and can be taken away', async () => {
  const { objects, place } = await openStore();
  objects.set('someone-else', Buffer.from('x'));
  const store = s3Store(place, handClock(NOW));
  const big = Buffer.alloc(300_000, 'tontine');
  const stored = await store.put('b.age', Readable.from([big.subarray(0, 100_000), big.subarray(100_000)]));
  expect(stored).toEqual({ bytes: 300_000, sha256: createHash('sha256').update(big).digest('hex') });
  for (const name of ['a (1).json', 'c.json']) await putSmall(store, name, name);
  expect(await store.list()).toEqual(['a (1).json', 'b.age', 'c.json']);
  expect(await readSmall(store, 'a (1).json')).toBe('a (1).json');
  await store.remove('b.age');
  expect(await store.list()).toEqual(['a (1).json', 'c.json']);
  expect([...objects.keys()]).toContain('someone-else');
  await expect(store.get('b.age')).rejects.toThrow('404 NoSuchKey');
});

test('wrong keys are told by the store’s own word, without the keys', async () => {
  const { place } = await openStore();
  const store = s3Store({ ...place, secretAccessKey: 'wrong' }, handClock(NOW));
  await expect(store.list()).rejects.toThrow('the store answered GET with 403 SignatureDoesNotMatch');
});

test.each([
  ['s3://safe', { bucket: 'safe', prefix: '' }],
  ['s3://safe/a/b/', { bucket: 'safe', prefix: 'a/b/' }],
  ['/var/backups', undefined],
])('%s', (url, parts) => {
  expect(readS3Url(url)).toEqual(parts);
});
