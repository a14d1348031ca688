import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { httpGateway } from './http-gateway.ts';

interface Relay {
  readonly url: string;
  readonly received: { readonly authorization: string | undefined; readonly body: string }[];
}

async function openRelay(status: number): Promise<Relay> {
  const received: Relay['received'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      received.push({ authorization: request.headers.authorization, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => await new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, received };
}

const MESSAGE = { to: '+2250700000000', text: 'Tontine Pro: 123456' };

test('a message that the relay takes is sent once, with the token', async () => {
  const relay = await openRelay(202);
  const failures: string[] = [];
  const gateway = httpGateway({
    url: relay.url,
    token: 'relay-token',
    onFailure: (why) => failures.push(why),
  });
  expect(await gateway.send(MESSAGE)).toBe('sent');
  expect(relay.received).toEqual([{ authorization: 'Bearer relay-token', body: JSON.stringify(MESSAGE) }]);
  expect(failures).toEqual([]);
});

test('a message that the relay refuses has failed, is not repeated, and its text is in no report', async () => {
  const relay = await openRelay(500);
  const failures: string[] = [];
  const gateway = httpGateway({ url: relay.url, onFailure: (why) => failures.push(why) });
  expect(await gateway.send(MESSAGE)).toBe('failed');
  expect(relay.received).toHaveLength(1);
  expect(failures).toEqual(['status 500']);
});

test('a relay that is not there is a failure and not an exception', async () => {
  const failures: string[] = [];
  const gateway = httpGateway({ url: 'http://127.0.0.1:1/', onFailure: (why) => failures.push(why) });
  expect(await gateway.send(MESSAGE)).toBe('failed');
  expect(failures).toHaveLength(1);
});
