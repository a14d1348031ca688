/**
 * Starts a simulator for one test: hand clock, seeded chance, free port, and a merchant that notes its callbacks.
 *
 * Nothing happens by itself: the test moves the clock and calls `step`, so no test waits for time to pass.
 */
import { onTestFinished } from 'vitest';
import { seededChance } from '../../../ground/chance.ts';
import { type HandClock, handClock } from '../../../ground/clock.ts';
import { money } from '../../../ground/money/money.ts';
import { openBooks, type SimulatorBooks } from '../books.ts';
import type { PaymentRequest } from '../payment-request.ts';
import type { SignedCallback } from '../send-callbacks-once.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../server.ts';

export const PUBLIC_KEY = 'gmp_pk_rehearsal';
export const SECRET_KEY = 'gmp_sk_rehearsal';
export const WEBHOOK_SECRET = 'gmp_wh_rehearsal';
export const CALLBACK_URL = 'http://merchant.test/webhook/getmipay/';

export interface TestSimulator extends Simulator {
  readonly clock: HandClock;
  /** Callbacks received by the merchant, in order. */
  readonly received: readonly SignedCallback[];
  /** Calls the API with the key in a header, the older generation. */
  call(path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
  /** Calls it with a fresh bearer token, the newer generation. */
  callJwt(path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
}

export function mondayClock(): HandClock {
  return handClock(new Date('2026-01-05T08:00:00.000Z'));
}

export async function testSimulator(options: Partial<SimulatorOptions> = {}): Promise<TestSimulator> {
  const clock = mondayClock();
  const received: SignedCallback[] = [];
  const simulator = await startSimulator({
    port: 0,
    clock,
    chance: seededChance('simulator'),
    publicKey: PUBLIC_KEY,
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    webhookRecipe: 'timestamp.body',
    slowAnswer_ms: 0,
    pace_ms: 0,
    callbacks: async (callback) => {
      received.push(callback);
      return { status: 200 };
    },
    ...options,
  });
  onTestFinished(async () => await simulator.close());
  const call: TestSimulator['call'] = async (path, body, headers = {}) =>
    await send(simulator, path, body, { 'x-api-key': PUBLIC_KEY, ...headers });
  const callJwt: TestSimulator['callJwt'] = async (path, body, headers = {}) => {
    const keys = { public_apikey: PUBLIC_KEY, private_secretkey: SECRET_KEY };
    const answer = await send(simulator, '/action/auth', keys, {});
    const { data } = (await answer.json()) as { data: { token: string } };
    return await send(simulator, path, body, { authorization: `Bearer ${data.token}`, ...headers });
  };
  return { ...simulator, clock, received, call, callJwt };
}

/** GET without a body, POST of JSON with one. */
export async function send(
  simulator: Simulator,
  path: string,
  body: object | string | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  const target = `${simulator.url}/api/v1${path}`;
  if (body === undefined) return await fetch(target, { headers });
  return await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A pay-in of 5 000 F by MTN in Côte d'Ivoire, whose number ends as told. */
export function payinBody(ending = '1234', differences: object = {}): object {
  return {
    amount: 5_000,
    currency: 'XOF',
    wallet: `225050000${ending}`,
    description: 'Recharge',
    customer_name: 'Awa Koné',
    callback_url: CALLBACK_URL,
    ...differences,
  };
}

export const PAYIN_HEADERS = { operation: '2', service: '30' };
export const PAYOUT_HEADERS = { operation: '4', service: '30' };

/** Books alone, for tests of the machine. */
export function testBooks(): { readonly books: SimulatorBooks; readonly clock: HandClock } {
  const clock = mondayClock();
  return { clock, books: openBooks({ clock, chance: seededChance('books') }) };
}

export function payinRequest(differences: Partial<PaymentRequest> = {}): PaymentRequest {
  return {
    direction: 'in',
    service: '30',
    wallet: '+225 05 00 00 12 34',
    amount: money(5_000n, 'XOF'),
    description: 'Recharge',
    customerName: 'Awa Koné',
    callbackUrl: CALLBACK_URL,
    ...differences,
  };
}
