/**
 * Is the cable between the product and its database, which a story can pull out and put back.
 */

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface CuttableLine {
  /** The database's address at this end of the cable. */
  readonly url: string;
  /** Ends every connection and lets no new one through. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

export async function openLine(databaseUrl: string): Promise<CuttableLine> {
  const there = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host: there.hostname, port: Number(there.port) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const here = new URL(databaseUrl);
  here.host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: here.href, cut, close: cut };
}
