/**
 * Stands between a program and PostgreSQL and writes down which statements the program sends, so that a bare server can
 * send exactly the same: what the wallet page asks is read off its wire and not copied by hand.
 *
 * It understands the messages Parse, Bind and Query of the extended protocol and passes every byte on untouched.
 */
import { connect, createServer, type Socket } from 'node:net';

/** A value as it was sent: text, null, or bytes in hexadecimal. */
export type SentValue = string | null | { readonly hex: string };

export interface SentQuery {
  readonly text: string;
  readonly values: readonly SentValue[];
  /** Under which the connection keeps its plan; empty when it is forgotten after the answer. */
  readonly name: string;
}

export interface QueryRecorder {
  /** The database's address through the recorder. */
  readonly url: string;
  /** Forgets what was heard. */
  clear(): void;
  heard(): readonly SentQuery[];
  close(): Promise<void>;
}

export async function recordQueries(databaseUrl: string): Promise<QueryRecorder> {
  const behind = new URL(databaseUrl);
  let heard: SentQuery[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((front) => {
    const back = connect(Number(behind.port), behind.hostname);
    const listen = makeListener((query) => heard.push(query));
    for (const socket of [front, back]) {
      sockets.add(socket);
      socket.once('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    front.on('data', (bytes) => {
      listen(bytes);
      back.write(bytes);
    });
    back.on('data', (bytes) => front.write(bytes));
    front.once('close', () => back.destroy());
    back.once('close', () => front.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: url.href,
    clear: () => {
      heard = [];
    },
    heard: () => heard,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Takes what a client sends, in pieces of any size, and tells each statement once its values are there. */
export function makeListener(tell: (query: SentQuery) => void): (bytes: Buffer) => void {
  let waiting = Buffer.alloc(0);
  let isStarted = false;
  const prepared = new Map<string, string>();
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (;;) {
      // The first message of a connection has no letter before its length.
      const head = isStarted ? 1 : 0;
      if (waiting.length < head + 4) return;
      const end = head + waiting.readUInt32BE(head);
      if (waiting.length < end) return;
      const kind = isStarted ? String.fromCharCode(waiting[0] ?? 0) : '';
      const body = waiting.subarray(head + 4, end);
      waiting = waiting.subarray(end);
      isStarted = true;
      if (kind === 'P') {
        const [name, rest] = cutText(body);
        prepared.set(name, cutText(rest)[0]);
      } else if (kind === 'B') {
        const [, rest] = cutText(body);
        const [name, bound] = cutText(rest);
        tell({ text: prepared.get(name) ?? '', values: valuesIn(bound), name });
      } else if (kind === 'Q') tell({ text: cutText(body)[0], values: [], name: '' });
    }
  };
}

function cutText(bytes: Buffer): [string, Buffer] {
  const end = bytes.indexOf(0);
  return [bytes.toString('utf8', 0, end), bytes.subarray(end + 1)];
}

/** Formats first (none: all text; one: for all), then each value with its length; a length of −1 is null. */
function valuesIn(bytes: Buffer): SentValue[] {
  const formats = Array.from({ length: bytes.readUInt16BE(0) }, (_, place) =>
    bytes.readUInt16BE(2 + 2 * place),
  );
  let at = 2 + 2 * formats.length;
  const count = bytes.readUInt16BE(at);
  at += 2;
  return Array.from({ length: count }, (_, place): SentValue => {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    const value = bytes.subarray(at, at + length);
    at += length;
    const isBinary = (formats.length === 1 ? formats[0] : formats[place]) === 1;
    return isBinary ? { hex: value.toString('hex') } : value.toString('utf8');
  });
}
