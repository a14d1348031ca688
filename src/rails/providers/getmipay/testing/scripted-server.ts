/**
 * Is a real HTTP server that answers each path as a test tells it to, well or badly, and remembers what it was asked.
 *
 * Replies to a path are used up in order and the last one repeats. A path without a reply answers 404.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'silence' // takes the request and never answers
  | 'reset' // takes the request and breaks the connection
  | 'half-body' // begins a 200 and never ends it
  | ((seen: Seen) => Reply); // decides when the request is there

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** The requests to one path, in order. */
  seenAt(path: string): readonly Seen[];
  on(path: string, ...replies: readonly Reply[]): void;
  close(): Promise<void>;
}

export async function openScriptedServer(): Promise<ScriptedServer> {
  const scripts = new Map<string, Reply[]>();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const body = Buffer.concat(chunks).toString('utf8');
      const one: Seen = { method: request.method ?? '', path, headers: request.headers, body };
      seen.push(one);
      const script = scripts.get(path) ?? [];
      give(request, response, one, (script.length > 1 ? script.shift() : script[0]) ?? { status: 404 });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    seenAt: (path) => seen.filter((one) => one.path === path),
    on: (path, ...replies) => {
      scripts.set(path, [...replies]);
    },
    close: async () => await closeServer(server),
  };
}

function give(request: IncomingMessage, response: ServerResponse, seen: Seen, reply: Reply): void {
  if (reply === 'silence') return;
  if (typeof reply === 'function') {
    give(request, response, seen, reply(seen));
  } else if (reply === 'reset') {
    request.socket.resetAndDestroy();
  } else if (reply === 'half-body') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"success":true,"data":');
  } else {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body ?? '');
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
