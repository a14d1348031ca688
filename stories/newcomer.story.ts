/**
 * Tells the first minutes of somebody who runs the product with no configuration at all.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideOnPhone, drawOtp, topUp, waitFor } from './world/people.ts';
import { type ProductProcess, runToEnd, startProcess, visitorOf } from './world/product-process.ts';
import type { Visitor } from './world/visitor.ts';

const AWA = { phone: '+2250707070707', pin: '4826' };

let folder: string;
let product: ProductProcess;
let awa: Visitor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tontine-newcomer-'));
  product = await startProcess({ DATA_DIR: folder, PORT: '0', SIMULATOR_PORT: '0' });
  awa = visitorOf(product);
});
afterAll(async () => {
  await product.kill();
  await rm(folder, { recursive: true, force: true });
});

async function logInByPin(visitor: Visitor) {
  const pinPage = await visitor.submit(await visitor.open('/login/'), '/login/', {
    phone: AWA.phone,
    way: 'pin',
  });
  return await visitor.submit(pinPage, '/login/pin/', { pin: AWA.pin });
}

describe('one command, and it runs', () => {
  it('prints the address, that it is only for trying out, the logins, the messages and the phone', () => {
    const said = product.output();
    expect(said).toContain(product.url);
    expect(said).toContain('never for real money');
    expect(said).toMatch(/\+225 07 07 07 07 07\s+PIN 4826\s+Awa Koné/);
    expect(said).toContain(`${product.url}/demo/sms/`);
    expect(said).toContain(product.phoneUrl);
  });

  it('prints nothing that looks like a problem', () => {
    expect(product.output()).not.toMatch(/warning|deprecat|error/i);
  });

  it('is ready', async () => {
    const health = await awa.send('/health');
    expect([health.status, JSON.parse(health.html)]).toEqual([200, { ready: true, database: 'up' }]);
  });

  it('lets the newcomer in with the printed PIN', async () => {
    const wallet = await logInByPin(awa);
    expect(wallet.url).toBe(`${product.url}/wallet/`);
    expect(wallet.text).toContain('Bonjour Awa Koné');
  });

  it('recharges 25 000 F by Orange Money, with the code of the phone, and the approval on it', async () => {
    const otp = await drawOtp(awa, product.phoneUrl, AWA.phone);
    const waiting = await topUp(awa, { phone: AWA.phone, method: 'orange_money', amount: '25 000', otp });
    await decideOnPhone(awa, product.phoneUrl, AWA.phone, 'approve');
    const done = await waitFor(awa, waiting, 'Recharge réussie');
    expect(done.text).toContain('24 550 F CFA');
  });

  it('refuses a second start on the same folder, in one clear sentence', async () => {
    const second = await runToEnd({ DATA_DIR: folder, PORT: '0', SIMULATOR_PORT: '0' });
    expect(second.code).toBe(1);
    expect(second.output).toContain(
      `in use by process ${product.pid}. Stop it first, or set DATA_DIR to another folder.`,
    );
    expect(second.output).not.toContain('    at ');
  });

  it('finds everything again after kill -9', async () => {
    await product.kill();
    product = await startProcess({ DATA_DIR: folder, PORT: '0', SIMULATOR_PORT: '0' });
    awa = visitorOf(product);
    const wallet = await logInByPin(awa);
    expect(wallet.text).toContain('Disponible 24 550 F CFA');
  });

  it('stops within ten seconds when asked, with a page still open', async () => {
    const { hostname, port } = new URL(product.url);
    const open = connect({ host: hostname, port: Number(port) });
    await new Promise((resolve) => open.once('connect', resolve));
    open.on('error', () => undefined);
    open.write('GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await new Promise((resolve) => open.once('data', resolve));
    const { code, took_ms } = await product.stop();
    open.destroy();
    expect(code).toBe(0);
    expect(took_ms).toBeLessThan(10_000);
  });
});

describe('a configuration that cannot be used', () => {
  it('a port that another program holds: said in one sentence', async () => {
    const other = createServer();
    other.listen(0, 'localhost');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const refused = await runToEnd({ DATA_DIR: folder, PORT: port, SIMULATOR_PORT: '0' });
    other.close();
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(`Port ${port} is in use by another program.`);
    expect(refused.output).not.toContain('    at ');
  });

  it.each([
    ['a wrong port', { PORT: 'eighty' }, 'PORT'],
    [
      'live keys without PostgreSQL',
      { GETMIPAY_API_KEY: 'pk_live_123456789', GETMIPAY_SECRET_KEY: 'sk_live_123456789' },
      'DATABASE_URL',
    ],
    ['production without https', { MODE: 'production', PUBLIC_URL: 'http://tontine.example' }, 'PUBLIC_URL'],
  ])('%s: the process ends at once and names the variable', async (_name, variables, variable) => {
    const refused = await runToEnd({ DATA_DIR: folder, ...variables });
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(variable);
    expect(refused.output).not.toContain('    at ');
  });
});
