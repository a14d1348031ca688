import { expect, test } from 'vitest';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { SEND_LEASE_MS } from '../outbox/send-command.ts';
import {
  acceptedDeposit,
  asked,
  depositStage,
  eventsOf,
  follow,
  hangWhileSending,
  letQuietTimePass,
  paymentOf,
  poll,
  send,
  tell,
} from '../testing/deposit-stage.ts';
import { ENQUIRE_PAYMENTS } from './payment-jobs.ts';

test('accepted: its references and fee are kept, and the first question is planned for its very moment', async () => {
  const stage = await depositStage();
  const payment = await paymentOf(stage, await acceptedDeposit(stage));
  expect(payment).toMatchObject({ state: 'pending', providerReference: 'MPAYIN_000001', fee: 150n });
  const wish = stage.ground.queue.asked.findLast((candidate) => candidate.job === ENQUIRE_PAYMENTS);
  expect(wish?.startAfter).toEqual(payment.nextActionAt);
});

test('rejected: failed with the reason, and nobody asks again', async () => {
  const stage = await depositStage();
  stage.provider.nextCreate = 'reject';
  const id = await acceptedDeposit(stage);
  expect(await paymentOf(stage, id)).toMatchObject({
    state: 'failed',
    reason: 'PAYER_NOT_FOUND',
    nextActionAt: undefined,
  });
  await letQuietTimePass(stage);
  expect(stage.provider).toMatchObject({ creates: 1, statusReads: 0 });
});

test.each(['lose-after', 'lose-before', 'throw'] as const)(
  '%s: unknown, never failed, never sent again, and its time says expired a day later',
  async (script) => {
    const stage = await depositStage();
    stage.provider.nextCreate = script;
    const id = await acceptedDeposit(stage);
    const payment = await paymentOf(stage, id);
    expect(payment).toMatchObject({
      state: 'unknown',
      nextActionAt: after(payment.expiresAt, DAY_MS),
    });
    stage.clock.set(after(payment.expiresAt, DAY_MS - 1));
    await poll(stage);
    expect((await paymentOf(stage, id)).state).toBe('unknown');
    stage.clock.advance(1);
    await poll(stage);
    expect(await paymentOf(stage, id)).toMatchObject({ state: 'expired', reason: 'answer-lost' });
    expect(stage.provider.creates).toBe(1);
  },
);

test('not sent: tried again four times with growing waits, then the rail counts as down', async () => {
  const stage = await depositStage();
  stage.provider.nextCreate = 'not-sent';
  const id = await acceptedDeposit(stage);
  for (const wait_ms of [5, 15, 30, 60].map((seconds) => seconds * SECOND_MS)) {
    expect((await paymentOf(stage, id)).state).toBe('created');
    stage.clock.advance(wait_ms - 1);
    expect(await send(stage)).toBe(0);
    stage.clock.advance(1);
    expect(await send(stage)).toBe(1);
  }
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'failed', reason: 'RAIL_DOWN' });
  expect(stage.provider.creates).toBe(5);
});

test('not sent, then accepted: one payment at the provider', async () => {
  const stage = await depositStage();
  stage.provider.nextCreate = 'not-sent';
  const id = await acceptedDeposit(stage);
  stage.provider.nextCreate = 'accept';
  stage.clock.advance(MINUTE_MS);
  await send(stage);
  expect((await paymentOf(stage, id)).state).toBe('pending');
  expect(stage.provider.truth).toHaveLength(1);
});

test('a sender that hangs is given up as lost; its late answer still brings the references', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  const hanging = await hangWhileSending(stage);
  stage.clock.advance(SEND_LEASE_MS - 1);
  expect(await send(stage)).toBe(0);
  stage.clock.advance(1);
  expect(await send(stage)).toBe(1);
  expect((await paymentOf(stage, id)).state).toBe('unknown');
  await hanging.wake();
  expect(await paymentOf(stage, id)).toMatchObject({
    state: 'pending',
    providerReference: 'MPAYIN_000001',
  });
  expect(stage.provider.creates).toBe(1);
});

test('an acceptance under another name than the callback told is written down, and changes nothing', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  const hanging = await hangWhileSending(stage);
  stage.clock.advance(SEND_LEASE_MS);
  await send(stage);
  await tell(stage, id, 'MPAYIN_OTHER');
  await follow(stage);
  await hanging.wake();
  expect((await paymentOf(stage, id)).providerReference).toBe('MPAYIN_OTHER');
  expect(await eventsOf(stage, id)).toContain('payment.contradicted');
});

test('one transaction of the provider for two of our payments: the second is reviewed', async () => {
  const stage = await depositStage();
  await acceptedDeposit(stage);
  stage.provider.truth.length = 0;
  const second = await acceptedDeposit(stage);
  expect(await paymentOf(stage, second)).toMatchObject({ state: 'review', reason: 'reference-reused' });
});

test('an outcome told at creation is read again at once, by the one path that settles', async () => {
  const stage = await depositStage();
  const slow = { ...stage.provider };
  stage.provider.createDeposit = async (intent) => {
    const answer = await slow.createDeposit(intent);
    for (const payment of stage.provider.truth) payment.status = 'succeeded';
    return answer.answer === 'accepted' ? { ...answer, status: 'succeeded' } : answer;
  };
  const id = await acceptedDeposit(stage);
  expect((await paymentOf(stage, id)).state).toBe('pending');
  await poll(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
});
