import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import {
  AWA,
  acceptedDeposit,
  approve,
  asked,
  balanceOf,
  depositStage,
  NET,
  paymentOf,
  poll,
} from '../testing/deposit-stage.ts';
import { scriptedProvider } from '../testing/scripted-provider.ts';
import { readStatusOf } from './enquire-once.ts';

test('no callback ever comes: asking settles', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  expect(await poll(stage)).toBe(0);
  stage.clock.advance(6 * SECOND_MS);
  expect(await poll(stage)).toBe(1);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
  expect(await poll(stage)).toBe(0);
});

test('ten processes at once ask once and credit once', async () => {
  const stage = await depositStage();
  await acceptedDeposit(stage);
  approve(stage);
  stage.clock.advance(6 * SECOND_MS);
  const looked = await Promise.all(Array.from({ length: 10 }, async () => poll(stage)));
  expect(looked.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(stage.provider.statusReads).toBe(1);
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test('a process that died while asking is followed by another after a minute', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const awake = { ...stage.provider };
  stage.clock.advance(6 * SECOND_MS);
  await new Promise<void>((resolve, reject) => {
    stage.provider.readStatus = async () => {
      resolve();
      return await new Promise(() => undefined);
    };
    poll(stage).catch(reject);
  });
  stage.provider.readStatus = async (...asking) => await awake.readStatus(...asking);
  approve(stage);
  expect(await poll(stage)).toBe(0);
  stage.clock.advance(MINUTE_MS);
  await poll(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
});

test('not found is not failure: status lags behind creation', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  stage.provider.statusInstead = { found: 'no' };
  for (let round = 0; round < 5; round++) {
    stage.clock.advance(MINUTE_MS);
    await poll(stage);
    expect((await paymentOf(stage, id)).state).toBe('pending');
  }
  stage.provider.statusInstead = undefined;
  approve(stage);
  stage.clock.advance(5 * MINUTE_MS);
  await poll(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
});

test('the end of the payer’s time is told a second after it, on a fresh status and not before', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const { expiresAt } = await paymentOf(stage, id);
  stage.provider.statusInstead = { found: 'unavailable', evidence: 'http-503' };
  stage.clock.set(after(expiresAt, MINUTE_MS));
  await poll(stage);
  expect((await paymentOf(stage, id)).state).toBe('pending');
  stage.provider.statusInstead = undefined;
  stage.clock.advance(20 * MINUTE_MS);
  await poll(stage);
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'expired', reason: 'pending' });
});

test('an adapter that throws has said nothing', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  stage.provider.readStatus = async () => await Promise.reject(new TypeError('a mistake'));
  stage.clock.advance(6 * SECOND_MS);
  await poll(stage);
  expect((await paymentOf(stage, id)).state).toBe('pending');
});

test('one bad row does not keep the others from being settled', async () => {
  const stage = await depositStage();
  const bad = await acceptedDeposit(stage);
  const good = await acceptedDeposit(stage);
  for (const payment of stage.provider.truth) payment.status = 'succeeded';
  await sql`alter table payments add constraint no_luck
    check (id <> ${sql.lit(bad)} or state <> 'succeeded')`.execute(stage.db);
  stage.clock.advance(10 * SECOND_MS);
  await expect(poll(stage)).rejects.toThrow('1 of 2 rows failed');
  expect((await paymentOf(stage, good)).state).toBe('succeeded');
  expect(await balanceOf(stage, AWA)).toBe(NET);
  // Nothing of the bad one was half done, and it is looked at again.
  await sql`alter table payments drop constraint no_luck`.execute(stage.db);
  stage.clock.advance(MINUTE_MS);
  await poll(stage);
  expect((await paymentOf(stage, bad)).state).toBe('succeeded');
  expect(await balanceOf(stage, AWA)).toBe(2n * NET);
});

test('a payment of another environment is asked about nowhere', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  const live = { ...scriptedProvider(stage.clock), environment: 'live' as const };
  const answer = await readStatusOf({ ...stage.rails, provider: live }, await paymentOf(stage, id));
  expect(answer).toMatchObject({ found: 'unavailable' });
  expect(live.statusReads).toBe(0);
});

test('what was never sent has nobody to ask', async () => {
  const stage = await depositStage();
  const payment = await paymentOf(stage, await asked(stage));
  expect(await readStatusOf(stage.rails, payment)).toBeUndefined();
});
