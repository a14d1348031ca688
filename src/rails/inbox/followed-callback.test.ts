import { expect, test } from 'vitest';
import { SECOND_MS } from '../../ground/clock.ts';
import {
  AWA,
  balanceOf,
  callbackStates,
  depositStage,
  expectBooksInOrder,
  follow,
  paidDeposit,
  paymentOf,
  tell,
} from '../testing/deposit-stage.ts';

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
