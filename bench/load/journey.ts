/**
 * Is one person's way through the product by HTTP: log in, recharge, see the money arrive, contribute, withdraw, look back.
 *
 * Each step is timed from the moment at which the person was ready for it; the first one from the moment at which they
 * were to come, so that a product that stalls cannot hide those who came meanwhile.
 */

import { Agent } from 'undici';
import { invariant } from '../../src/ground/refusal.ts';
import type { Page } from '../../stories/world/page.ts';
import { paymentIdOf, topUp } from '../../stories/world/people.ts';
import { until } from '../../stories/world/until.ts';
import { Visitor } from '../../stories/world/visitor.ts';
import { PIN } from './choose-pins.ts';
import { DUE, type Payer } from './load-people.ts';

export type Step =
  | 'log in' // the number, then the PIN
  | 'ask for money' // the form and its confirmation, until the waiting page
  | 'money arrives' // from the waiting page until it says so
  | 'contribute' // the group's page and the PIN
  | 'withdraw' // the form and the PIN, until its own page
  | 'look back' // the wallet and the history
  | 'whole way'; // all of it, from the moment at which the person was to come

export const STEPS: readonly Step[] = [
  'log in',
  'ask for money',
  'money arrives',
  'contribute',
  'withdraw',
  'look back',
  'whole way',
];

export interface Journey {
  readonly url: string;
  readonly payer: Payer;
  /** The number that pays the recharge: its ending decides how the provider behaves. */
  readonly payingNumber: string;
  readonly withdraws: boolean;
  readonly due_ms: number;
  readonly timed: (step: Step, took_ms: number) => void;
}

/** Below what every provider takes, above what is owed. */
const RECHARGED = DUE + 1_000n;
const WITHDRAWN = 500n;
/** A misbehaving provider is asked for half a minute before it tells. */
const PATIENCE_MS = 180_000;

/** As the proxy in front of an installation: connections stay for whoever comes next. */
const line = new Agent({ connections: 200, keepAliveTimeout: 30_000 });

export async function travel(journey: Journey): Promise<void> {
  const { url, payer, due_ms, timed } = journey;
  const visitor = new Visitor(url, addressOf(payer.place), 'fr', line);
  let ready_ms = due_ms;
  const step = async <T>(name: Step, act: () => Promise<T>): Promise<T> => {
    const result = await act();
    const now_ms = performance.now();
    timed(name, now_ms - ready_ms);
    ready_ms = now_ms;
    return result;
  };
  await step('log in', async () => await logIn(visitor, payer.phone));
  const waiting = await step(
    'ask for money',
    async () =>
      await topUp(visitor, { phone: journey.payingNumber, method: 'wave', amount: String(RECHARGED) }),
  );
  invariant(paymentIdOf(waiting) !== '', 'the recharge has no page');
  await step('money arrives', async () => await waitForMoney(visitor, waiting));
  await step('contribute', async () => await contribute(visitor, payer.groupId));
  if (journey.withdraws) await step('withdraw', async () => await withdraw(visitor, payer.phone));
  await step('look back', async () => {
    for (const path of ['/wallet/', '/wallet/history/']) expectPage(await visitor.open(path), path);
  });
  timed('whole way', performance.now() - due_ms);
}

async function logIn(visitor: Visitor, phone: string): Promise<void> {
  const asked = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'pin' });
  const wallet = await visitor.submit(asked, '/login/pin/', { pin: PIN });
  expectPage(wallet, '/wallet/');
}

async function waitForMoney(visitor: Visitor, waiting: Page): Promise<void> {
  let seen = waiting;
  await until(
    `${waiting.url} says that the money arrived`,
    async () => {
      seen = await visitor.open(waiting.url);
      return seen.heading === 'Recharge réussie';
    },
    { within_ms: PATIENCE_MS, pace_ms: 1_000, seen: () => `${seen.status} ${seen.heading}` },
  );
}

async function contribute(visitor: Visitor, groupId: string): Promise<void> {
  const form = await visitor.open(`/tontines/${groupId}/pay/`);
  const paid = await visitor.submit(form, '/pay/', { amount: String(DUE), pin: PIN });
  invariant(
    /\/tontines\/.*ctr_/.test(paid.url),
    `the contribution ended on ${paid.url}: ${paid.refusals.join()}`,
  );
}

async function withdraw(visitor: Visitor, phone: string): Promise<void> {
  const form = await visitor.open('/wallet/withdraw/');
  const proof = await visitor.submit(form, '/wallet/withdraw/', {
    phone,
    method: 'wave',
    amount: String(WITHDRAWN),
  });
  const own = await visitor.submit(proof, '/confirm/', { pin: PIN });
  invariant(
    /\/wallet\/withdraw\/pay_/.test(own.url),
    `the withdrawal ended on ${own.url}: ${own.refusals.join()}`,
  );
}

function expectPage(page: Page, path: string): void {
  invariant(
    page.status === 200 && new URL(page.url).pathname === path,
    `${path} became ${page.url} (${page.status}): ${page.refusals.join()}`,
  );
}

/** Somebody else's address each time, in the range that is kept for examples. */
function addressOf(place: number): string {
  return `198.18.${Math.floor(place / 250) % 250}.${(place % 250) + 1}`;
}
