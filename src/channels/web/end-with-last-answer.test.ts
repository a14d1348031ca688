import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { endWithLastAnswer } from './end-with-last-answer.ts';

/** A server that answers when it is told to. */
async function openServer() {
  const app = Fastify({ forceCloseConnections: 'idle' });
  endWithLastAnswer(app);
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  app.get('/', async () => {
    asked.resolve();
    return await answer.promise;
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, asked: asked.promise, answer: answer.resolve };
}

async function dial(app: FastifyInstance, say: string): Promise<{ socket: Socket; heard: Promise<string> }> {
  const taken = once(app.server, 'connection');
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (piece) => (text += String(piece)));
  const heard = new Promise<string>((resolve) =>
    socket.on('error', () => undefined).on('close', () => resolve(text)),
  );
  await taken;
  socket.write(say);
  return { socket, heard };
}

const ASKED = 'GET / HTTP/1.1\r\nhost: here\r\n\r\n';

it.each([
  ['a connection that was opened ahead of need', ''],
  ['half of a first line', 'GET / HT'],
])('%s does not hold the end', async (_story, said) => {
  const { app } = await openServer();
  const { heard } = await dial(app, said);
  await app.close();
  expect(await heard).toBe('');
});

it('a request that has begun is answered, and then everybody goes', async () => {
  const { app, asked, answer } = await openServer();
  const silent = await dial(app, '');
  const asking = await dial(app, ASKED);
  await asked;
  const closed = app.close();
  answer('your money is there');
  await closed;
  expect(await asking.heard).toContain('your money is there');
  expect(await silent.heard).toBe('');
});

it('who has had an answer and keeps the connection does not hold the end', async () => {
  const { app, answer } = await openServer();
  answer('done');
  const { socket, heard } = await dial(app, ASKED);
  await once(socket, 'data');
  await app.close();
  expect(await heard).toContain('done');
});

it('who left before the answer is not waited for', async () => {
  const { app, asked } = await openServer();
  const { socket } = await dial(app, ASKED);
  await asked;
  socket.destroy();
  await app.close();
});
