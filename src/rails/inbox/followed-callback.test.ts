import { expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../ground/clock.ts';
import {
  AWA,
  approve,
  asked,
  balanceOf,
  depositStage,
  expectBooksInOrder,
  follow,
  hangWhileSending,
  NET,
  paidDeposit,
  paymentOf,
  restart,
  type Stage,
  send,
  tell,
} from '../testing/deposit-stage.ts';

async function callbackStates(stage: Stage): Promise<string[]> {
  const rows = await stage.db.selectFrom('provider_callbacks').select('state').orderBy('id').execute();
  return rows.map((row) => row.state);
}

test('a sender died, and everything stood still for two days: the callback looked at first is kept for it', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  await hangWhileSending(stage);
  restart(stage);
  approve(stage);
  await tell(stage, id, 'MPAYIN_000001 success');
  stage.clock.advance(2 * DAY_MS);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['parked']);
  await send(stage);
  expect((await paymentOf(stage, id)).state).toBe('unknown');
  stage.clock.advance(5 * SECOND_MS);
  await follow(stage);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
  expect(await balanceOf(stage, AWA)).toBe(NET);
  await expectBooksInOrder(stage);
});

test('a word nobody knows keeps the callback of what is settled: it may tell of money taken back', async () => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  const [paid] = stage.provider.truth;
  if (paid === undefined) throw new Error('nothing was paid');
  stage.provider.statusInstead = {
    found: 'yes',
    status: 'unrecognised',
    word: 'TREATED',
    references: { reference: paid.reference },
  };
  await tell(stage, id, 'MPAYIN_000001 reversed');
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['parked']);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
  stage.provider.statusInstead = undefined;
  stage.provider.truth[0] = { ...paid, status: 'reversed' };
  stage.clock.advance(5 * SECOND_MS);
  await follow(stage);
  expect(await callbackStates(stage)).toEqual(['applied']);
  expect((await paymentOf(stage, id)).state).toBe('reversed');
  expect(await balanceOf(stage, AWA)).toBe(0n);
  await expectBooksInOrder(stage);
});
