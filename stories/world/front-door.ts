/**
 * Is the proxy in front of several web processes, as small as it can be: the next one in turn, another one when nobody
 * answers there, and never a request twice that may have arrived once.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FrontDoor {
  readonly url: string;
  readonly port: number;
  /** Ports of the processes behind it; may be changed while it is open. */
  readonly behind: Set<number>;
  /** Requests that had no answer, because the process died with them. */
  lost(): number;
  close(): Promise<void>;
}

export async function openFrontDoor(): Promise<FrontDoor> {
  const behind = new Set<number>();
  let turn = 0;
  let lost = 0;

  const pass = (
    asked: IncomingMessage,
    answer: ServerResponse,
    body: Buffer,
    left: readonly number[],
  ): void => {
    const [port, ...others] = left;
    if (port === undefined) {
      answer.writeHead(503, { 'retry-after': '1' }).end('nobody is there');
      return;
    }
    const headers = { ...asked.headers, connection: 'close' };
    const onwards = request({
      port,
      host: '127.0.0.1',
      path: asked.url,
      method: asked.method,
      headers,
      agent: false,
    });
    onwards.once('response', (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.once('error', () => answer.destroy());
      told.pipe(answer);
    });
    onwards.once('error', (error) => {
      // Refused means that it never arrived: the next process may have it. Everything else may have been done.
      if ('code' in error && error.code === 'ECONNREFUSED') pass(asked, answer, body, others);
      else {
        lost += 1;
        if (answer.headersSent) answer.destroy();
        else answer.writeHead(502).end('the process died with it');
      }
    });
    onwards.end(body);
  };

  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.once('end', () => {
      const ports = [...behind];
      turn += 1;
      const first = ports.length === 0 ? 0 : turn % ports.length;
      pass(asked, answer, Buffer.concat(chunks), [...ports.slice(first), ...ports.slice(0, first)]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    port,
    behind,
    lost: () => lost,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
