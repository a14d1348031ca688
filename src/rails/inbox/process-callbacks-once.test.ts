import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { listEventsOf } from '../../ground/events/event.rows.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { SEND_LEASE_MS } from '../outbox/send-command.ts';
import {
  AWA,
  acceptedDeposit,
  approve,
  asked,
  balanceOf,
  callbackStates,
  depositStage,
  eventsOf,
  expectBooksInOrder,
  FLOAT,
  follow,
  hangWhileSending,
  NET,
  paidDeposit,
  paymentOf,
  poll,
  restart,
  SUSPENSE,
  send,
  tell,
} from '../testing/deposit-stage.ts';
import { scriptedProvider } from '../testing/scripted-provider.ts';
import { markCallbackDone, markCallbackParked } from './provider-callback.rows.ts';

const FIRST = 'MPAYIN_000001 success';

test('a callback is a hint: the status decides, asked by our own references', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  await tell(stage, undefined, FIRST);
  await follow(stage);
  expect((await paymentOf(stage, id)).state).toBe('pending');
  expect(await callbackStates(stage)).toEqual(['ignored']);
  approve(stage);
  stage.clock.advance(3 * SECOND_MS);
  await tell(stage, undefined, FIRST);
  await follow(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
  expect(await callbackStates(stage)).toEqual(['applied']);
});

test('twenty identical callbacks and five workers at once: one question, one credit', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  await Promise.all(Array.from({ length: 20 }, async () => tell(stage, id, FIRST)));
  await Promise.all(Array.from({ length: 5 }, async () => follow(stage)));
  expect(stage.provider.statusReads).toBe(1);
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test('twenty different callbacks and the poller at once: one credit', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  stage.clock.advance(10 * SECOND_MS);
  for (let count = 0; count < 20; count++) await tell(stage, id, `${FIRST} ${count}`);
  await Promise.all([follow(stage), poll(stage), follow(stage), poll(stage)]);
  expect(await balanceOf(stage, AWA)).toBe(NET);
  expect((await eventsOf(stage, id)).filter((name) => name === 'payment.succeeded')).toHaveLength(1);
  await expectBooksInOrder(stage);
});

test('a flood of made-up callbacks does not make us ask more than once in three seconds', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  for (let count = 0; count < 10; count++) {
    await tell(stage, id, `${FIRST} ${count}`);
    await follow(stage);
  }
  expect(stage.provider.statusReads).toBe(1);
});

test('a callback before the create call has returned is parked, then settled', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  const hanging = await hangWhileSending(stage);
  approve(stage);
  await tell(stage, id, FIRST);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['parked']);
  await hanging.wake();
  expect(await follow(stage)).toBe(0);
  stage.clock.advance(5 * SECOND_MS);
  await follow(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
});

test('a callback before our own commit is parked and tried again', async () => {
  const stage = await depositStage();
  const paymentId = stage.ground.ids.next('pay');
  await tell(stage, paymentId, FIRST);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['parked']);
  await acceptedDeposit(stage, { paymentId });
  approve(stage);
  stage.clock.advance(5 * SECOND_MS);
  await follow(stage);
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test.each(['crash', 'lose-after'] as const)(
  '%s: our own address in the callback finds what the lost answer hid',
  async (how) => {
    const stage = await depositStage();
    const id = await asked(stage);
    if (how === 'crash') {
      await hangWhileSending(stage);
      restart(stage);
      stage.clock.advance(SEND_LEASE_MS);
    } else stage.provider.nextCreate = how;
    await send(stage);
    expect((await paymentOf(stage, id)).state).toBe('unknown');
    approve(stage);
    await tell(stage, id, FIRST);
    await follow(stage);
    expect(await paymentOf(stage, id)).toMatchObject({
      state: 'succeeded',
      providerReference: 'MPAYIN_000001',
    });
    expect(await eventsOf(stage, id)).toContain('payment.found');
    expect(await balanceOf(stage, AWA)).toBe(NET);
  },
);

test('refused at creation and paid all the same: the late success credits', async () => {
  const stage = await depositStage();
  stage.provider.nextCreate = 'reject';
  const id = await acceptedDeposit(stage);
  const { service } = stage;
  stage.provider.truth.push({
    reference: 'MPAYIN_000001',
    intent: {
      paymentId: id,
      service,
      amount: { amount: 10_000n, currency: 'XOF' },
      phone: '+2250700000001',
      customerName: '',
      description: '',
      callbackUrl: '',
    },
    status: 'succeeded',
    paid: { amount: 10_000n, currency: 'XOF' },
  });
  await tell(stage, id, FIRST);
  await follow(stage);
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'succeeded', reason: 'late-success' });
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test('a reference that nobody knows is tried for a day, then left to reconciliation', async () => {
  const stage = await depositStage();
  await tell(stage, undefined, 'MPAYIN_999999 success');
  let looks = 0;
  for (const wait_ms of [
    0,
    5 * SECOND_MS,
    30 * SECOND_MS,
    2 * MINUTE_MS,
    10 * MINUTE_MS,
    HOUR_MS,
    2 * HOUR_MS,
  ]) {
    stage.clock.advance(wait_ms);
    looks += await follow(stage);
    expect(await callbackStates(stage)).toEqual(['parked']);
  }
  expect(looks).toBe(7);
  stage.clock.advance(DAY_MS);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['unmatched']);
  const row = await stage.db.selectFrom('provider_callbacks').select('id').executeTakeFirstOrThrow();
  expect((await listEventsOf(stage.db, row.id)).map((event) => event.name)).toEqual(['callback.unmatched']);
  expect(stage.provider.statusReads).toBe(0);
});

test('a status that cannot be read keeps the callback', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  stage.provider.statusInstead = { found: 'unavailable', evidence: 'http-503' };
  await tell(stage, id, FIRST);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['parked']);
  stage.provider.statusInstead = undefined;
  stage.clock.advance(5 * SECOND_MS);
  await follow(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
});

test('somebody paid twice: the second transaction goes to suspense, once', async () => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  const first = stage.provider.truth[0];
  if (first === undefined) throw new Error('nothing was paid');
  const second = { ...first, reference: 'MPAYIN_000002', status: 'pending' as const };
  stage.provider.truth.push(second);
  await tell(stage, id, 'MPAYIN_000002 pending');
  await follow(stage);
  // Not final yet: nobody else would ask about it again.
  expect(await callbackStates(stage)).toEqual(['parked']);
  stage.provider.truth[1] = { ...second, status: 'succeeded' };
  stage.clock.advance(5 * SECOND_MS);
  await follow(stage);
  await tell(stage, id, 'MPAYIN_000002 success');
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['applied', 'ignored']);
  expect(await balanceOf(stage, AWA)).toBe(NET);
  expect(await balanceOf(stage, SUSPENSE)).toBe(NET);
  expect(await balanceOf(stage, FLOAT)).toBe(2n * NET);
  await expectBooksInOrder(stage);
});

test('a callback about another payment’s transaction moves nothing', async () => {
  const stage = await depositStage();
  const mine = await paidDeposit(stage);
  const theirs = await paidDeposit(stage, { ownerId: 'per_kofi' });
  await tell(stage, mine, 'MPAYIN_000002 success');
  await follow(stage);
  expect(await balanceOf(stage, SUSPENSE)).toBe(0n);
  expect((await paymentOf(stage, theirs)).state).toBe('succeeded');
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test('what comes from another environment is ignored', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  const provider = { ...stage.provider };
  stage.provider.readCallback = (request) => ({ ...provider.readCallback(request), environment: 'live' });
  await tell(stage, id, FIRST);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['ignored']);
  expect((await paymentOf(stage, id)).state).toBe('pending');
});

test('the address of a payment made with other keys is ignored', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const live = { ...scriptedProvider(stage.clock), environment: 'live' as const };
  stage.rails = { ...stage.rails, provider: live };
  await tell(stage, id, FIRST);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['ignored']);
  expect(live.statusReads).toBe(0);
});

test('one bad row does not keep the others from being followed up', async () => {
  const stage = await depositStage();
  const bad = await acceptedDeposit(stage);
  const good = await acceptedDeposit(stage);
  for (const payment of stage.provider.truth) payment.status = 'succeeded';
  await tell(stage, bad, FIRST);
  await tell(stage, good, 'MPAYIN_000002 success');
  await sql`alter table payments add constraint no_luck
    check (id <> ${sql.lit(bad)} or state <> 'succeeded')`.execute(stage.db);
  await expect(follow(stage)).rejects.toThrow('1 of 2 rows failed');
  expect((await paymentOf(stage, good)).state).toBe('succeeded');
  await sql`alter table payments drop constraint no_luck`.execute(stage.db);
  stage.clock.advance(MINUTE_MS);
  await follow(stage);
  expect((await paymentOf(stage, bad)).state).toBe('succeeded');
});

test('a slower worker does not open again what another one has closed', async () => {
  const stage = await depositStage();
  await tell(stage, undefined, FIRST);
  const { id } = await stage.db.selectFrom('provider_callbacks').select('id').executeTakeFirstOrThrow();
  const now = stage.clock.now();
  await inTransaction(stage.db, async (tx) => await markCallbackDone(tx, id, 'ignored', undefined, now));
  await inTransaction(stage.db, async (tx) => await markCallbackParked(tx, id, now));
  expect(await callbackStates(stage)).toEqual(['ignored']);
});
