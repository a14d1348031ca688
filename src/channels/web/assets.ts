/**
 * Serves the style, the script and the icon under names that change with their content, so that a phone keeps them for
 * a year and never keeps an old one.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
    app.get(asset.path, async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply.type(asset.type).send(asset.bytes);
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
