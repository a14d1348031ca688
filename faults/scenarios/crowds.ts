/**
 * Plays the faults of many at once: parallel withdrawals, one form twice, one transaction for two payments, a confused
 * provider.
 *
 * Parallel sessions on a real PostgreSQL are in `races.ts`.
 */
import { DAY_MS, MINUTE_MS } from '../../src/ground/clock.ts';
import { arrive } from '../provider-steps.ts';
import type { Scenario } from '../stage.ts';
import { liveRails } from '../strange-steps.ts';
import { processOf, WEBHOOK_SECRET } from '../world.ts';
import { pendingDeposit } from './callbacks.ts';

export const CROWD_SCENARIOS: readonly Scenario[] = [
  {
    id: 'F33',
    fault: 'twenty withdrawals of one balance, and one form five times',
    required: 'the sum never exceeds the balance; one form is one withdrawal',
    play: async (stage) => {
      await stage.fund(10_000n);
      for (let place = 0; place < 20; place++) await stage.withdraw(1_000n + BigInt(place));
      stage.must((await stage.available()) >= 0n, 'more was promised than there is');
      const paymentId = stage.world.ground.ids.next('pay');
      await stage.fund(5_000n, 1);
      for (let copy = 0; copy < 5; copy++) await stage.withdraw(1_000n, { who: 1, paymentId });
      stage.must((await stage.available(1)) === 4_925n - 1_010n, 'one form held more than once');
    },
  },
  {
    id: 'F34',
    fault: 'the same form with another amount, and a form of yesterday',
    required: 'refused',
    play: async (stage) => {
      const paymentId = await stage.deposit(5_000n);
      await stage.deposit(6_000n, { paymentId });
      const { amount } = await stage.payment(paymentId);
      stage.must(amount === 5_000n, 'a changed form was taken');
      const old = stage.world.ground.ids.next('pay');
      await stage.wait(DAY_MS + MINUTE_MS);
      await stage.deposit(5_000n, { paymentId: old });
      stage.must(stage.world.books.payments.length === 1, 'a form of yesterday was taken');
    },
  },
  {
    id: 'F37',
    fault: 'a payment of another environment is asked to move',
    required: 'nothing is sent with keys that are not its own',
    play: async (stage) => {
      const id = await stage.deposit(5_000n);
      const on = processOf(stage.world, 1);
      on.rails = { ...on.rails, provider: { ...on.rails.provider, environment: 'live' } };
      await stage.send();
      await stage.state(id, 'failed');
      stage.must(stage.world.truth.transactions.length === 0, 'play money was sent to a real phone');
      stage.world.processes.splice(1, 1);
    },
  },
  {
    id: 'F37 status',
    fault: 'a reversal is told, and the status answers from another environment',
    required: 'it says nothing about ours; asked again, and then booked',
    rail: 'idempotent',
    play: async (stage) => {
      const id = await stage.fund(5_000n);
      stage.decide(id, 'reversed');
      await stage.callbacks();
      stage.nextRead('read-other-environment');
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
      await stage.wait(10 * MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'reversed');
    },
  },
  {
    id: 'F37 look-up',
    fault: 'a lost answer is looked up with keys of another account',
    required: 'that it knows nothing means nothing: no resend, no release',
    rail: 'idempotent',
    play: async (stage) => {
      await stage.fund(10_000n);
      stage.next('lost-after');
      const id = await stage.withdraw(5_000n);
      await stage.send();
      const on = processOf(stage.world, 1);
      const own = on.rails;
      on.rails = liveRails(own);
      for (let minute = 0; minute < 8; minute++) {
        await stage.wait(MINUTE_MS);
        await stage.enquire();
        await stage.send();
      }
      await stage.state(id, 'unknown');
      on.rails = own;
      await stage.wait(10 * MINUTE_MS);
      await stage.enquire();
      await stage.state(id, 'pending');
    },
  },
  {
    id: 'late look',
    fault: 'a reversal is told, we look at it a day later, and the provider does not answer just then',
    required: 'asked again until it answers; the reversal is booked',
    play: async (stage) => {
      const id = await stage.fund(5_000n);
      stage.decide(id, 'reversed');
      await stage.callbacks();
      await stage.wait(26 * 60 * MINUTE_MS);
      stage.nextRead('read-lost');
      await stage.follow();
      await stage.wait(7 * 60 * MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'reversed');
    },
  },
  {
    id: 'F26 late look',
    fault: 'a reversal is told, and for a while the provider calls it by a word that nobody has seen',
    required: 'asked again until it can be read; the reversal is booked',
    play: async (stage) => {
      const id = await stage.fund(5_000n);
      stage.decide(id, 'reversed');
      stage.truth(id).word = 'TREATED';
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
      stage.truth(id).word = undefined;
      await stage.wait(7 * 60 * MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'reversed');
    },
  },
  {
    id: 'F38 shared',
    fault: 'one provider transaction claimed by two deposits',
    required: 'the second goes to people; one credit',
    play: async (stage) => {
      await stage.fund(5_000n);
      stage.next('other-reference');
      const second = await stage.deposit(5_000n, { who: 1 });
      await stage.send();
      await stage.state(second, 'review');
      stage.must((await stage.available(1)) === 0n, 'somebody else’s money was credited');
    },
  },
  {
    id: 'F39',
    fault: 'a callback as a form, with names in capitals',
    required: 'taken as a hint, settled by the status',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).silent = true;
      stage.decide(id, 'success');
      const { reference, callbackUrl } = stage.truth(id);
      const body = `{"ORDER_ID":"${reference}","Status":"SUCCESS"}`;
      await arrive(
        stage.world,
        { body, url: callbackUrl, forgery: 'none' },
        { secret: WEBHOOK_SECRET, age_ms: 0 },
      );
      await stage.follow();
      await stage.state(id, 'succeeded');
    },
  },
];
