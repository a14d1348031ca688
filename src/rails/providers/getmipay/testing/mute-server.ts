/**
 * Accepts connections and says nothing on them, so that a TLS handshake with it never ends.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface MuteServer {
  readonly tlsUrl: string;
  close(): Promise<void>;
}

export async function openMuteServer(): Promise<MuteServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    // The other side gives up by breaking the connection, which is what the test is about.
    socket.on('error', () => socket.destroy());
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    tlsUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
