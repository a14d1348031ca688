/**
 * Keeps backups in any store that speaks S3: AWS, a hoster's object storage, MinIO beside the other machine.
 *
 * A backup is written to a temporary file first, because the store wants its length and its hash before the first byte;
 * it then appears there whole or not at all.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request } from 'undici';
import { type BackupStore, measuring } from '../ground/backup/backup-store.ts';
import type { Clock } from '../ground/clock.ts';
import { EMPTY_BODY, type S3Access, type S3Request, signS3, strictly } from './s3-signature.ts';

export interface S3Place extends S3Access {
  /** Such as `https://s3.example`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Put before every name; empty or ending with a slash. */
  readonly prefix: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Between two pieces of an answer, and until the store has taken a large file. */
const PATIENCE_MS = 10 * 60_000;

/** `s3://bucket/some/prefix` in its parts. */
export function readS3Url(url: string): { bucket: string; prefix: string } | undefined {
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  if (bucket === undefined) return undefined;
  const prefix = path.replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

export function s3Store(place: S3Place, clock: Clock): BackupStore {
  const agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  const base = `${place.endpoint.replace(/\/+$/, '')}/${place.bucket}`;
  const urlOf = (name: string): URL =>
    new URL(`${base}/${`${place.prefix}${name}`.split('/').map(strictly).join('/')}`);
  const send = async (asked: S3Request, body?: Readable) => {
    const answer = await request(asked.url, {
      dispatcher: agent,
      method: asked.method,
      headers: signS3(asked, place, clock.now()),
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
      body: body ?? null,
    });
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
    const said = /<Code>(\w+)<\/Code>/.exec(await answer.body.text())?.[1] ?? '';
    throw new Error(`the store answered ${asked.method} with ${answer.statusCode} ${said}`.trim());
  };
  return {
    place: `s3://${place.bucket}/${place.prefix}`,
    async put(name, from, first) {
      const folder = await mkdtemp(join(tmpdir(), 'tontine-backup-'));
      try {
        const file = join(folder, 'backup');
        const meter = measuring();
        await pipeline(from, meter.through, createWriteStream(file, { mode: 0o600 }));
        const measured = meter.measured();
        await first?.(measured);
        const headers = { 'content-length': String(measured.bytes) };
        const asked = { method: 'PUT', url: urlOf(name), bodyHash: measured.sha256, headers } as const;
        await (await send(asked, createReadStream(file))).body.dump();
        return measured;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    get: async (name) => (await send({ method: 'GET', url: urlOf(name), bodyHash: EMPTY_BODY })).body,
    async list() {
      const names: string[] = [];
      let token: string | undefined;
      do {
        const url = new URL(base);
        url.searchParams.set('list-type', '2');
        url.searchParams.set('prefix', place.prefix);
        if (token !== undefined) url.searchParams.set('continuation-token', token);
        const text = await (await send({ method: 'GET', url, bodyHash: EMPTY_BODY })).body.text();
        names.push(...[...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map((found) => plain(found[1] ?? '')));
        token = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
        token = token === undefined ? undefined : plain(token);
      } while (token !== undefined);
      return names.map((name) => name.slice(place.prefix.length)).toSorted((a, b) => (a < b ? -1 : 1));
    },
    remove: async (name) => {
      await (await send({ method: 'DELETE', url: urlOf(name), bodyHash: EMPTY_BODY })).body.dump();
    },
    // Nothing appears there before it is whole; what a killed writer leaves lies in its own temporary folder.
    removeUnfinished: async () => [],
  };
}

function plain(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
