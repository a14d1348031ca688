import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { signCallback } from './signature.ts';
import { PAYIN_HEADERS, payinBody, testSimulator, WEBHOOK_SECRET } from './testing/test-simulator.ts';

interface Heard {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A merchant on a real port, who resolves `first` with the first callback it hears. */
async function merchant(status: number): Promise<{ url: string; first: Promise<Heard> }> {
  let hear: (heard: Heard) => void = () => undefined;
  const first = new Promise<Heard>((resolve) => {
    hear = resolve;
  });
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end();
      hear({ body, headers: request.headers });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/`, first };
}

test('the running server sends signed callbacks over HTTP by itself', async () => {
  const { url, first } = await merchant(200);
  const simulator = await testSimulator({ callbacks: 'http', pace_ms: 5 });
  await simulator.call('/payins', payinBody('0001', { callback_url: url }), PAYIN_HEADERS);
  const { body, headers } = await first;
  const hex = signCallback(body, String(headers['x-getmipay-timestamp']), WEBHOOK_SECRET, 'timestamp.body');
  expect(headers['x-getmipay-signature']).toBe(`sha256=${hex}`);
  expect(headers['content-type']).toBe('application/json');
});

test.each([
  [302, 'HTTP 302'],
  [500, 'HTTP 500'],
])('a merchant who answers %i will be asked again', async (status, evidence) => {
  const { url } = await merchant(status);
  const simulator = await testSimulator({ callbacks: 'http' });
  await simulator.call('/payins', payinBody('0001', { callback_url: url }), PAYIN_HEADERS);
  await simulator.step();
  const [transaction] = simulator.books.list();
  expect(simulator.books.callbacksOf(transaction?.reference ?? '')).toMatchObject([
    { attempts: 1, evidence, acceptedAt: undefined },
  ]);
});

test('a merchant who is not there will be asked again', async () => {
  const simulator = await testSimulator({ callbacks: 'http' });
  await simulator.call('/payins', payinBody('0001', { callback_url: 'http://127.0.0.1:9/' }), PAYIN_HEADERS);
  await simulator.step();
  const [transaction] = simulator.books.list();
  const [callback] = simulator.books.callbacksOf(transaction?.reference ?? '');
  expect(callback).toMatchObject({ attempts: 1, acceptedAt: undefined });
  expect(callback?.nextAt).toBeDefined();
});

test('twenty requests at once are twenty payments, and steps at once send each callback once', async () => {
  const simulator = await testSimulator();
  await Promise.all(
    Array.from({ length: 20 }, async () => await simulator.call('/payins', payinBody('0001'), PAYIN_HEADERS)),
  );
  await Promise.all([simulator.step(), simulator.step(), simulator.step()]);
  expect(simulator.books.list()).toHaveLength(20);
  expect(simulator.received).toHaveLength(20);
  expect(simulator.books.balance('XOF').amount).toBe(20n * 4_915n);
});

test('closing does not wait for a slow answer', async () => {
  const simulator = await testSimulator({ slowAnswer_ms: 3_600_000 });
  const answer = simulator.call('/payins', payinBody('0015'), PAYIN_HEADERS).then(
    ({ status }) => status,
    () => 'broken',
  );
  while (simulator.books.list().length === 0) await new Promise((resolve) => setImmediate(resolve));
  await simulator.close();
  expect([200, 'broken']).toContain(await answer);
});
