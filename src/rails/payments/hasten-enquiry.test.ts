import { expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import {
  acceptedDeposit,
  approve,
  asked,
  depositStage,
  paidDeposit,
  paymentOf,
  poll,
  type Stage,
} from '../testing/deposit-stage.ts';
import { hastenEnquiry } from './hasten-enquiry.ts';

async function look(stage: Stage, id: string): Promise<boolean> {
  return await inTransaction(stage.db, async (tx) => await hastenEnquiry(tx, stage.ground, id));
}

test('somebody looks: the question is brought forward, and answered', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  approve(stage);
  stage.clock.advance(3 * SECOND_MS);
  expect(await poll(stage)).toBe(0);
  expect(await look(stage, id)).toBe(true);
  expect(await poll(stage)).toBe(1);
  expect((await paymentOf(stage, id)).state).toBe('succeeded');
});

test('fifty pages open at once ask once in three seconds', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  stage.clock.advance(3 * SECOND_MS);
  const looks = await Promise.all(Array.from({ length: 50 }, async () => look(stage, id)));
  expect(looks.filter(Boolean)).toHaveLength(1);
  await poll(stage);
  stage.clock.advance(3 * SECOND_MS - 1);
  expect(await look(stage, id)).toBe(false);
  stage.clock.advance(1);
  expect(await look(stage, id)).toBe(true);
});

test('there is nothing to ask about what was not sent, is over, or does not exist', async () => {
  const stage = await depositStage();
  const unsent = await asked(stage);
  stage.clock.advance(MINUTE_MS);
  expect(await look(stage, unsent)).toBe(false);
  const paid = await paidDeposit(stage);
  stage.clock.advance(MINUTE_MS);
  expect(await look(stage, paid)).toBe(false);
  expect(await look(stage, 'pay_00000000000000000000000000')).toBe(false);
});
