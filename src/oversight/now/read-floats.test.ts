import { expect, test } from 'vitest';
import type { Balance } from '../../rails/provider.ts';
import {
  acceptedDeposit,
  approve,
  depositStage,
  lastReference,
  NET,
  paidDeposit,
  settleWith,
  trueFloat,
} from '../../rails/testing/deposit-stage.ts';
import { listFloatReadings } from './float-reading.rows.ts';
import { readFloatsOnce } from './read-floats-once.ts';

const OF = { provider: 'scripted', environment: 'sandbox', currency: 'XOF' } as const;

test('one lost answer, and money that comes in while the provider answers, show no difference', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  const paidMeanwhile = await acceptedDeposit(stage);
  const say = (amount: bigint): Balance => ({
    balance: { amount, currency: 'XOF' },
    asOf: stage.clock.now(),
  });
  const answers = [
    async () => undefined,
    async () => {
      const held = trueFloat(stage);
      approve(stage);
      const answer = await stage.provider.readStatus('in', lastReference(stage), stage.service);
      await settleWith(stage, paidMeanwhile, answer);
      return say(held);
    },
    async () => say(trueFloat(stage)),
  ];
  stage.provider.readBalance = async () => await answers.shift()?.();
  await readFloatsOnce(stage.db, stage.ground, stage.rails);
  expect(answers).toHaveLength(0);
  expect(await listFloatReadings(stage.db, OF, 9)).toMatchObject([{ held: 2n * NET, booked: 2n * NET }]);
});

test('a provider that says nothing is asked three times and kept as unknown', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  let asked = 0;
  stage.provider.readBalance = async () => {
    asked += 1;
    return undefined;
  };
  await readFloatsOnce(stage.db, stage.ground, stage.rails);
  expect(asked).toBe(3);
  expect(await listFloatReadings(stage.db, OF, 9)).toMatchObject([{ held: undefined, booked: NET }]);
});
