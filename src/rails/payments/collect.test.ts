import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../ground/clock.ts';
import { ask, asked, depositStage, eventsOf, paymentOf, send } from '../testing/deposit-stage.ts';
import { SEND_COMMANDS } from './payment-jobs.ts';

test('a deposit is written with its instruction, and nothing is sent', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  expect(await paymentOf(stage, id)).toMatchObject({
    state: 'created',
    amount: 10_000n,
    quotedFee: 150n,
    wantedCredit: 9_850n,
    credited: undefined,
    providerReference: undefined,
  });
  expect(stage.ground.queue.asked.map((wish) => wish.job)).toEqual([SEND_COMMANDS]);
  expect(await eventsOf(stage, id)).toEqual(['payment.created']);
  expect(stage.provider.creates).toBe(0);
});

test.each<['visa' | 'wave', number]>([
  ['visa', 30 * MINUTE_MS],
  ['wave', 15 * MINUTE_MS],
])('by %s the payer has %i ms', async (method, lifetime_ms) => {
  const stage = await depositStage({ service: { method } });
  const payment = await paymentOf(stage, await asked(stage));
  expect(payment.expiresAt.getTime() - payment.createdAt.getTime()).toBe(lifetime_ms);
});

test('an operator that wants a code is not asked before the code is there', async () => {
  const stage = await depositStage({ service: { needsOtp: true } });
  const id = await asked(stage);
  expect(await send(stage)).toBe(0);
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'action-required', needsOtp: true });
});

test('an id that is taken is refused, whoever took it', async () => {
  const stage = await depositStage();
  const paymentId = await asked(stage);
  const again = await ask(stage, { paymentId, ownerId: 'per_kofi' });
  expect(again).toMatchObject({ ok: false, refusal: { code: 'payment-id-taken', kind: 'conflict' } });
});

test.each([
  ['of the day before', DAY_MS + 1, false],
  ['of this morning', DAY_MS, true],
  ['from a clock a minute ahead', -MINUTE_MS, true],
  ['from the future', -MINUTE_MS - 1, false],
])('a form %s', async (_when, age_ms, taken) => {
  const stage = await depositStage();
  const paymentId = stage.ground.ids.next('pay');
  stage.clock.advance(age_ms);
  const answer = await ask(stage, { paymentId });
  expect(answer.ok ? 'taken' : answer.refusal.code).toBe(taken ? 'taken' : 'payment-form-too-old');
});
