/**
 * Is a slow telephone line between a program and a server: everything arrives late, and only so many bits in a second.
 *
 * It passes bytes on, so that what is measured is a real answer of the real product, and not a sum on paper.
 */
import { connect, createServer, type Socket } from 'node:net';
import { pause } from './measure.ts';

export interface LineSpeed {
  readonly kbit_s: number;
  /** There and back. */
  readonly roundTrip_ms: number;
}

export interface SlowLine {
  readonly url: string;
  close(): Promise<void>;
}

export async function openSlowLine(behind: string, speed: LineSpeed): Promise<SlowLine> {
  const target = new URL(behind);
  const sockets = new Set<Socket>();
  const server = createServer((front) => {
    const back = connect(Number(target.port), target.hostname);
    for (const socket of [front, back]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    // Opening a connection costs a round trip of its own, which a local one does not have.
    carry(front, back, speed, speed.roundTrip_ms);
    carry(back, front, speed, 0);
    front.once('close', () => back.destroy());
    back.once('close', () => front.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function carry(from: Socket, to: Socket, speed: LineSpeed, opening_ms: number): void {
  let free_ms = performance.now() + opening_ms;
  let last = Promise.resolve();
  from.on('data', (bytes: Buffer) => {
    free_ms = arrivalOf(Math.max(free_ms, performance.now()), bytes.length, speed.kbit_s);
    const at_ms = free_ms + speed.roundTrip_ms / 2;
    last = last.then(async () => {
      await pause(at_ms - performance.now());
      if (!to.destroyed) to.write(bytes);
    });
  });
}

/** When so many bytes have left, on a line that is free from `start_ms` on. */
export function arrivalOf(start_ms: number, bytes: number, kbit_s: number): number {
  return start_ms + (bytes * 8) / kbit_s;
}
