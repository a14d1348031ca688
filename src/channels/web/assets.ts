/**
 * Serves the style, the script and the icon under names that change with their content, so that a phone keeps them for
 * a year and never keeps an old one.
 *
 * They are compressed once, as small as can be, when somebody asks first: they are the greater part of a first view, and
 * what is the same for everybody need not be compressed for each.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { AssetPaths } from './layout.tsx';

export type Assets = AssetPaths;

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export async function registerAssets(app: FastifyInstance): Promise<Assets> {
  const css = await readAsset('style/style.css', 'text/css; charset=utf-8');
  const tontinesCss = await readAsset('style/tontines.css', 'text/css; charset=utf-8');
  const consoleCss = await readAsset('style/console.css', 'text/css; charset=utf-8');
  const js = await readAsset('comfort.client.js', 'text/javascript; charset=utf-8');
  const icon = await readAsset('style/icon.svg', 'image/svg+xml');
  for (const asset of [css, tontinesCss, consoleCss, js, icon]) {
    const small = smallest(asset.bytes);
    app.get(asset.path, { compress: false }, async (request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      reply.header('vary', 'accept-encoding').type(asset.type);
      const coding = codingFor(request.headers['accept-encoding']);
      if (coding === undefined) return reply.send(asset.bytes);
      return reply.header('content-encoding', coding).send(await small(coding));
    });
  }
  return {
    css: css.path,
    tontinesCss: tontinesCss.path,
    consoleCss: consoleCss.path,
    js: js.path,
    icon: icon.path,
  };
}

async function readAsset(file: string, type: string): Promise<Asset> {
  const bytes = await readFile(new URL(file, import.meta.url));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const name = file.split('/').at(-1) ?? file;
  return { path: `/assets/${hash}-${name}`, type, bytes };
}

type Coding =
  | 'br' // Brotli, over https
  | 'gzip'; // what every other client takes

const COMPRESS: Readonly<Record<Coding, (bytes: Buffer) => Promise<Buffer>>> = {
  // Its own default is the smallest.
  br: promisify<Buffer, Buffer>(brotliCompress),
  gzip: async (bytes) => await promisify<Buffer, { level: number }, Buffer>(gzip)(bytes, { level: 9 }),
};

/** Compresses the bytes in each way once, however many ask meanwhile. */
function smallest(bytes: Buffer): (coding: Coding) => Promise<Buffer> {
  const made = new Map<Coding, Promise<Buffer>>();
  return async (coding) => {
    let known = made.get(coding);
    if (known === undefined) {
      known = COMPRESS[coding](bytes);
      made.set(coding, known);
    }
    return await known;
  };
}

/** The best of what a client takes; nothing when it names neither, or refuses with `q=0`. */
export function codingFor(accepted: string | undefined): Coding | undefined {
  const takes = (accepted ?? '')
    .split(',')
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((coding) => takes.includes(coding));
}
