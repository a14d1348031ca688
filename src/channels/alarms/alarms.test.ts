import { createHmac } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { AlertMessage } from '../../oversight/alerts/alert-gateway.ts';
import { emailGateway } from './email-gateway.ts';
import { webhookGateway } from './webhook-gateway.ts';

const AT = new Date('2026-01-05T08:00:00Z');
const MESSAGE: AlertMessage = {
  id: 'alr_1-raised-7',
  what: 'raised',
  toldAt: AT,
  alert: {
    id: 'alr_1',
    rule: 'float-low',
    subject: 'XOF',
    measured: '900',
    state: 'raised',
    times: 3,
    firstAt: AT,
    lastAt: AT,
    toldAt: AT,
    silencedUntil: undefined,
    acknowledgedBy: undefined,
    resolvedBy: undefined,
    resolvedAt: undefined,
  },
};

/** A mail server that takes everything, and keeps what it was told. */
async function openMailServer(greeting = '220 mail ready'): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    let inBody = false;
    socket.write(`${greeting}\r\n`);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const line of bytes.toString('utf8').split('\r\n').slice(0, -1)) {
        heard.push(line);
        if (inBody && line !== '.') continue;
        if (line === 'DATA') socket.write('354 go on\r\n');
        else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
        inBody = line === 'DATA';
      }
    });
  });
  return { port: await listen(server), heard };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

test('an alarm is an e-mail in both languages, with an id that stays the same', async () => {
  const { port, heard } = await openMailServer();
  const failures: string[] = [];
  const gateway = emailGateway({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'console@tontine.example',
    to: ['night@tontine.example', 'day@tontine.example'],
    consoleUrl: 'https://tontine.example/console/',
    onFailure: (reason) => failures.push(reason),
  });
  expect(await gateway.send(MESSAGE)).toBe('sent');
  const mail = heard.join('\n');
  expect(mail).toContain('RCPT TO:<night@tontine.example>');
  expect(mail).toContain('RCPT TO:<day@tontine.example>');
  expect(mail).toContain('Message-ID: <alr_1-raised-7@tontine-pro>');
  expect(mail).toContain('https://tontine.example/console/');
  expect(failures).toEqual([]);
});

test('a mail server that refuses is a failure that is told without the content', async () => {
  const { port } = await openMailServer('554 go away');
  const failures: string[] = [];
  const gateway = emailGateway({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'a@tontine.example',
    to: ['b@tontine.example'],
    consoleUrl: '',
    onFailure: (reason) => failures.push(reason),
  });
  expect(await gateway.send(MESSAGE)).toBe('failed');
  expect(failures).toEqual(['Error']);
});

test('a webhook is signed over its id, its moment and its bytes', async () => {
  const secret = 'a webhook secret for tests';
  const heard: { headers: Record<string, unknown>; body: string }[] = [];
  let status = 204;
  const server = createHttpServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  const port = await listen(server);
  const failures: string[] = [];
  const url = `http://127.0.0.1:${port}/alarms`;
  const gateway = webhookGateway({ url, secret, onFailure: (reason) => failures.push(reason) });
  expect(await gateway.send(MESSAGE)).toBe('sent');
  status = 500;
  expect(await gateway.send(MESSAGE)).toBe('failed');
  expect(failures).toEqual(['status 500']);
  const [first] = heard;
  const seconds = AT.getTime() / 1000;
  const expected = createHmac('sha256', secret)
    .update(`alr_1-raised-7.${seconds}.${first?.body}`)
    .digest('base64');
  expect(first?.headers).toMatchObject({
    'webhook-id': 'alr_1-raised-7',
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${expected}`,
  });
  expect(JSON.parse(first?.body ?? '{}')).toMatchObject({
    type: 'alert.raised',
    data: { rule: 'float-low', subject: 'XOF', measured: '900' },
  });
  server.closeAllConnections();
});
