import { expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../ground/clock.ts';
import {
  AWA,
  approve,
  asked,
  balanceOf,
  callbackStates,
  depositStage,
  expectBooksInOrder,
  follow,
  hangWhileSending,
  NET,
  paymentOf,
  restart,
  send,
  tell,
} from '../testing/deposit-stage.ts';

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
