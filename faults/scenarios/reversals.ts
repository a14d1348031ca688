/**
 * Plays the faults of second thoughts: late success, success then failure, reversals, double releases.
 */
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/ground/clock.ts';
import { callbackAgain } from '../provider-steps.ts';
import type { Scenario, Stage } from '../stage.ts';
import { pendingDeposit } from './callbacks.ts';

export const REVERSAL_SCENARIOS: readonly Scenario[] = [
  {
    id: 'F27',
    fault: 'deposit: failed, and a success after the person was told',
    required: 'one credit',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'failed');
      await stage.wait(10 * SECOND_MS);
      await stage.enquire();
      await stage.state(id, 'failed');
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
      stage.must((await stage.available()) === 4_925n, 'the credit is not 4 925');
    },
  },
  {
    id: 'F28',
    fault: 'success, then "failed" out of order',
    required: 'stays succeeded, the contradiction is noted',
    play: async (stage) => {
      const id = await stage.fund(5_000n);
      stage.truth(id).word = 'failed';
      await stage.wait(MINUTE_MS);
      const { reference, callbackUrl } = stage.truth(id);
      stage.world.truth.addCallback({
        reference,
        url: callbackUrl,
        body: `{"order_id":"${reference}","status":"failed"}`,
        forgery: 'none',
      });
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'succeeded');
      stage.must((await stage.events('payment.contradicted')) === 1, 'the contradiction was not noted');
    },
  },
  {
    id: 'F28 out',
    fault: 'a paid withdrawal, then "failed" out of order',
    required: 'stays paid; the hold is not given back as well',
    play: async (stage) => {
      await stage.fund(10_000n);
      const id = await paidWithdrawal(stage, 5_000n);
      stage.truth(id).word = 'failed';
      await stage.wait(MINUTE_MS);
      const { reference } = stage.truth(id);
      const body = `{"order_id":"${reference}","status":"failed"}`;
      stage.world.truth.addCallback({ reference, url: undefined, body, forgery: 'none' });
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F29',
    fault: 'deposit: success, spent, then taken back by the provider',
    required: 'reversed; what the wallet lacks becomes a claim, never a negative balance',
    play: async (stage) => {
      const id = await stage.fund(5_000n);
      await paidWithdrawal(stage, 4_000n);
      stage.decide(id, 'reversed');
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'reversed');
      stage.must((await stage.available()) === 0n, 'the wallet was not emptied');
      const claim = stage.world.books.accounts.find((one) => one.id.startsWith('receivable:'));
      stage.must(claim?.debitsPosted === 4_040n, `the claim is ${claim?.debitsPosted}`);
    },
  },
  {
    id: 'F30',
    fault: 'pay-out: failed, told twice',
    required: 'one release',
    play: async (stage) => {
      await stage.fund(10_000n);
      const before = await stage.available();
      const id = await sentWithdrawal(stage, 5_000n);
      stage.decide(id, 'failed');
      await stage.callbacks();
      await stage.follow();
      for (let copy = 0; copy < 3; copy++) {
        await stage.wait(MINUTE_MS);
        await callbackAgain(stage.world);
        await stage.follow();
      }
      await stage.state(id, 'failed');
      stage.must((await stage.available()) === before, 'the hold was not given back once');
    },
  },
  {
    id: 'F31',
    fault: 'pay-out: failed, released, the money withdrawn again, then the provider says success',
    required: 'a claim, a freeze, an alarm; no silent negative',
    play: async (stage) => {
      await stage.fund(6_000n);
      const first = await sentWithdrawal(stage, 5_000n);
      stage.decide(first, 'failed');
      await stage.callbacks();
      await stage.follow();
      await paidWithdrawal(stage, 2_000n);
      stage.decide(first, 'success');
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(first, 'succeeded');
      stage.must((await stage.events('payment.paid-after-release')) === 1, 'nobody was alarmed');
      stage.must(stage.world.books.frozen.length === 1, 'nothing was frozen');
    },
  },
  {
    id: 'F32',
    fault: 'pay-out: paid, then returned two days later',
    required: 'one credit back, once',
    play: async (stage) => {
      await stage.fund(10_000n);
      const before = await stage.available();
      const id = await paidWithdrawal(stage, 5_000n);
      await stage.wait(2 * DAY_MS);
      stage.decide(id, 'reversed');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(MINUTE_MS);
      await callbackAgain(stage.world);
      await stage.follow();
      await stage.state(id, 'reversed');
      stage.must((await stage.available()) === before, 'the money did not come back once');
    },
  },
  {
    id: 'resolved, then reversed',
    fault: 'people give a smaller deposit to its payer, and the provider then takes it back',
    required: 'what was given is what is taken back',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).moved = 4_500n;
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'review');
      await decidePaid(stage, id);
      await stage.state(id, 'succeeded');
      stage.decide(id, 'reversed');
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'reversed');
    },
  },
];

export async function sentWithdrawal(stage: Stage, amount: bigint): Promise<string> {
  const id = await stage.withdraw(amount);
  await stage.send();
  await stage.state(id, 'pending');
  return id;
}

export async function paidWithdrawal(stage: Stage, amount: bigint): Promise<string> {
  const id = await sentWithdrawal(stage, amount);
  stage.decide(id, 'success');
  await stage.callbacks();
  await stage.follow();
  await stage.state(id, 'succeeded');
  return id;
}

async function decidePaid(stage: Stage, id: string): Promise<void> {
  const { decideWith } = await import('../operator-steps.ts');
  await decideWith(stage.world, id, 'paid');
}
