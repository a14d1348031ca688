/**
 * Lets the provider's side live: payers decide, networks change their minds, callbacks come, come twice, and are forged.
 */
import { createHmac } from 'node:crypto';
import { MINUTE_MS } from '../src/ground/clock.ts';
import type { Answer } from '../src/ground/refusal.ts';
import { readArrival } from '../src/rails/inbox/callback-arrival.ts';
import { openCallbackLane } from '../src/rails/inbox/callback-lane.ts';
import { readCallbackToken } from '../src/rails/inbox/callback-token.ts';
import { count } from './coverage.ts';
import { happens, maybeOneOf, oneOf } from './dice.ts';
import {
  callbackAbout,
  canBecome,
  type TrueCallback,
  type TrueState,
  type TrueTransaction,
} from './provider-truth.ts';
import { runOn } from './run-on.ts';
import { CALLBACK_KEY, PREVIOUS_SECRET, processOf, WEBHOOK_SECRET, type World } from './world.ts';

/** Some of the open transactions are decided, most of them well. */
export function payersDecide(world: World): void {
  for (const transaction of world.truth.transactions) {
    if (transaction.state !== 'pending' || transaction.closed || happens(world.chance, 25)) continue;
    const draw = world.chance.below(10);
    become(world, transaction, draw < 7 ? 'success' : draw < 9 ? 'failed' : 'expired');
  }
}

/** What had failed succeeds after all; what had succeeded is taken back. */
export function mindChanges(world: World): void {
  const candidates = world.truth.transactions.filter(
    (one) => !one.closed && ['failed', 'expired', 'success'].includes(one.state),
  );
  const transaction = maybeOneOf(world.chance, candidates);
  if (transaction === undefined) return;
  if (happens(world.chance, 25) && isBooked(world, transaction)) {
    takeBackTheWord(world, transaction);
    return;
  }
  const to = transaction.state === 'success' ? 'reversed' : 'success';
  count(
    world.coverage,
    `fault ${transaction.direction === 'in' ? 'deposit' : 'pay-out'} ${transaction.state} then ${to}`,
  );
  become(world, transaction, to);
}

function isBooked(world: World, { reference, state }: TrueTransaction): boolean {
  const payment = world.books.payments.find((one) => one.providerReference === reference);
  return state === 'success' && payment?.state === 'succeeded';
}

/** Out of order: what had succeeded, and still has, is called failed. */
function takeBackTheWord(world: World, transaction: TrueTransaction): void {
  count(world.coverage, 'fault success then "failed"');
  transaction.word = 'failed';
  world.truth.addCallback(callbackAbout(transaction));
  world.story.push(`the provider now calls ${transaction.reference} (${transaction.about}) failed`);
}

export function become(world: World, transaction: TrueTransaction, to: TrueState): void {
  if (!canBecome(transaction, to)) return;
  world.truth.change(transaction, to);
  world.story.push(`at the provider ${transaction.reference} (${transaction.about}) becomes ${to}`);
}

/** The provider delivers what it has to tell, in any order. Some get lost, and come again another time. */
export async function callbacksCome(world: World): Promise<void> {
  const waiting = world.truth.callbacks.filter((one) => !one.accepted);
  const limit = 1 + world.chance.below(4);
  for (let sent = 0; sent < limit && waiting.length > 0; sent++) {
    const [callback] = waiting.splice(world.chance.below(waiting.length), 1);
    if (callback === undefined) return;
    if (happens(world.chance, world.network.weather['callback-lost'])) {
      count(world.coverage, 'fault callback-lost');
      continue;
    }
    await deliver(world, callback);
  }
}

/** Signs and delivers one callback; it counts as accepted when our 2xx reached the provider. */
export async function deliver(
  world: World,
  callback: TrueCallback,
): Promise<Answer<'new' | 'again'> | undefined> {
  const secret = happens(world.chance, 10) ? PREVIOUS_SECRET : WEBHOOK_SECRET;
  const answer = await arrive(world, callback, { secret, age_ms: 0 });
  world.story.push(
    `a callback about ${callback.reference} comes: ${answer?.ok === true ? 'kept' : 'not kept'}`,
  );
  if (answer?.ok === false && callback.forgery === 'none')
    world.surprises.push(`a true callback about ${callback.reference} was refused: ${answer.refusal.code}`);
  const isHeard = !happens(world.chance, world.network.weather['callback-answer-lost']);
  if (!isHeard) count(world.coverage, 'fault callback-answer-lost');
  if (answer?.ok === true && isHeard) callback.accepted = true;
  return answer;
}

/** Old news, delivered once more with a new signature; and a recording of them, which must be refused. */
export async function callbackAgain(world: World): Promise<void> {
  const callback = maybeOneOf(world.chance, world.truth.callbacks);
  if (callback === undefined) return;
  const times = oneOf(world.chance, [1, 2, 5]);
  world.story.push(`the callback about ${callback.reference} comes ${times} times more`);
  count(world.coverage, 'fault callback-again', times);
  for (let copy = 0; copy < times; copy++)
    await arrive(world, callback, { secret: WEBHOOK_SECRET, age_ms: 0 });
}

/** Somebody who does not know the secret tells of successes: none may be believed. */
export async function forger(world: World): Promise<void> {
  const target = maybeOneOf(world.chance, world.truth.transactions);
  if (target === undefined) return;
  const body = JSON.stringify({
    order_id: target.reference,
    status: 'success',
    amount: Number(target.asked),
    currency: 'XOF',
  });
  const forged: TrueCallback = {
    id: 0,
    reference: target.reference,
    url: target.callbackUrl,
    body,
    forgery: 'signature',
    madeAt: world.clock.now(),
    accepted: false,
  };
  const recipe = oneOf(world.chance, ['secret', 'stale', 'byte'] as const);
  count(world.coverage, `fault forged ${recipe}`);
  const answer =
    recipe === 'secret'
      ? await arrive(world, forged, { secret: 'a guess', age_ms: 0 })
      : recipe === 'stale'
        ? await arrive(world, forged, { secret: WEBHOOK_SECRET, age_ms: 20 * MINUTE_MS })
        : await arrive(world, forged, { secret: WEBHOOK_SECRET, age_ms: 0, alter: true });
  world.story.push(`somebody forges a callback about ${target.reference} (${recipe})`);
  if (answer?.ok === true)
    world.surprises.push(`a forged callback (${recipe}) about ${target.reference} was believed`);
}

export interface Manner {
  readonly secret: string;
  /** How long ago it was signed. */
  readonly age_ms: number;
  /** One byte differs from what was signed. */
  readonly alter?: boolean;
  /** Default: JSON. */
  readonly contentType?: string;
}

/** What the door of the callbacks does, without HTTP around it. */
export async function arrive(
  world: World,
  callback: Pick<TrueCallback, 'body' | 'url' | 'forgery'>,
  manner: Manner,
): Promise<Answer<'new' | 'again'> | undefined> {
  const receivedAt = world.clock.now();
  const timestamp = String(Math.floor((receivedAt.getTime() - manner.age_ms) / 1000));
  const signature = createHmac('sha256', manner.secret)
    .update(`${timestamp}.`)
    .update(callback.body)
    .digest('hex');
  const body = Buffer.from(
    manner.alter === true ? callback.body.replace('success', 'Success') : callback.body,
  );
  const token = callback.url?.split('/').at(-2);
  const paymentId = token === undefined ? undefined : readCallbackToken(CALLBACK_KEY, token);
  const isForgedRail = world.rail === 'idempotent' && callback.forgery !== 'none';
  return await runOn(
    world,
    processOf(world, 0),
    'storeCallbacks',
    async (on) =>
      await openCallbackLane(on.db, world.ground, on.rails).take(
        readArrival(on.rails.provider, {
          paymentId,
          request: {
            body,
            headers: {
              'x-getmipay-signature': isForgedRail ? 'forged' : `sha256=${signature}`,
              'x-getmipay-timestamp': timestamp,
            },
            contentType: manner.contentType ?? 'application/json',
            receivedAt,
          },
        }),
      ),
  );
}
