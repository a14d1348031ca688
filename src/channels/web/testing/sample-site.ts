/**
 * Serves drawn pages to a real browser, under the content security policy of the product.
 *
 * Nothing of the product runs behind it: what a page does by itself is looked at here, what its doors do elsewhere.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SampleSite {
  readonly url: string;
  /** The bodies of the forms received, oldest first. */
  readonly posts: readonly string[];
  /** What an address answers; replaced whenever a test wants the page to change. */
  readonly pages: Map<string, string>;
  close(): Promise<void>;
}

const POLICY =
  "default-src 'none';style-src 'self';script-src 'self';img-src 'self';connect-src 'self';form-action 'self'";
const FILES = [
  ['-style.css', 'style/style.css', 'text/css'],
  ['-tontines.css', 'style/tontines.css', 'text/css'],
  ['-console.css', 'style/console.css', 'text/css'],
  ['.js', 'comfort.client.js', 'text/javascript'],
  ['.svg', 'style/icon.svg', 'image/svg+xml'],
] as const;

export async function serveSamples(): Promise<SampleSite> {
  const pages = new Map<string, string>();
  const posts: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const file = FILES.find(([ending]) => path.endsWith(ending));
    response.setHeader('content-security-policy', POLICY);
    if (file !== undefined) {
      response.setHeader('content-type', file[2]);
      response.end(readFileSync(new URL(`../${file[1]}`, import.meta.url)));
    } else if (request.method === 'POST') {
      // No content: the page stays, and can be sent again by an impatient finger.
      void readBody(request).then((body) => {
        posts.push(body);
        response.writeHead(204).end();
      });
    } else {
      response.statusCode = pages.has(path) ? 200 : 404;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pages.get(path));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
