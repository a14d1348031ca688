/**
 * Plays the faults of many at once and of machines: parallel withdrawals, one form twice, crashes, a database away, two
 * transactions for one payment, a confused provider, a low float.
 *
 * Parallel sessions on a real PostgreSQL are in `races.ts`; statements (F40) come with reconciliation.
 */
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/ground/clock.ts';
import { runJob } from '../machine-steps.ts';
import { arrive } from '../provider-steps.ts';
import { runOn } from '../run-on.ts';
import type { Scenario, Stage } from '../stage.ts';
import { processOf, WEBHOOK_SECRET } from '../world.ts';
import { pendingDeposit } from './callbacks.ts';
import { paidWithdrawal, sentWithdrawal } from './reversals.ts';

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
      stage.wait(DAY_MS + MINUTE_MS);
      await stage.deposit(5_000n, { paymentId: old });
      stage.must(stage.world.books.payments.length === 1, 'a form of yesterday was taken');
    },
  },
  ...Array.from({ length: 12 }, (_, point) => ({
    id: `F35 sender dies at ${point + 1}`,
    fault: 'the sender is killed at this point',
    required: 'restart resumes; nothing is orphaned, nothing is sent twice',
    play: async (stage: Stage) => {
      await stage.fund(10_000n);
      const id = await stage.withdraw(5_000n);
      await stage.deposit(3_000n);
      const on = processOf(stage.world, 1);
      on.dieAfter = point + 1;
      await runOn(stage.world, on, 'send', async () => await runJob(stage.world, on, 'send'));
      stage.wait(5 * MINUTE_MS);
      await stage.send();
      const { state } = await stage.payment(id);
      stage.must(state !== 'submitting', 'an orphan is still being sent');
    },
  })),
  ...Array.from({ length: 8 }, (_, point) => ({
    id: `F35 settler dies at ${point + 1}`,
    fault: 'the process is killed at this point of settling',
    required: 'settled once after the restart',
    play: async (stage: Stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      const on = processOf(stage.world, 1);
      on.dieAfter = point + 1;
      await runOn(stage.world, on, 'follow', async () => await runJob(stage.world, on, 'follow'));
      stage.wait(2 * MINUTE_MS);
      await stage.follow();
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  })),
  {
    id: 'F36',
    fault: 'the database is away while a callback comes; a settlement must be repeated',
    required: 'the provider hears an error and comes again; the settlement is repeated whole',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      const web = processOf(stage.world, 0);
      web.isCutOff = true;
      await stage.callbacks();
      web.isCutOff = false;
      stage.must(
        stage.world.truth.callbacks.every((one) => !one.accepted),
        'a callback was accepted without a row',
      );
      await stage.callbacks();
      processOf(stage.world, 1).conflictAfter = 3;
      await stage.follow();
      await stage.state(id, 'succeeded');
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
    id: 'F38 twice',
    fault: 'two provider transactions for one deposit',
    required: 'the second goes to suspense',
    play: async (stage) => {
      stage.twist('doubled');
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      stage.wait(10 * SECOND_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
      const suspense = stage.world.books.accounts.find(
        (one) => one.id.startsWith('suspense:') && one.id.endsWith('XOF'),
      );
      stage.must(suspense?.creditsPosted === 4_925n, `suspense has ${suspense?.creditsPosted}`);
    },
  },
  {
    id: 'F38 taken back',
    fault: 'the second of two payments goes back to the payer',
    required: 'it leaves suspense again',
    play: async (stage) => {
      stage.twist('doubled');
      const id = await pendingDeposit(stage);
      const second = stage.world.truth.transactions[1];
      if (second === undefined) throw new Error('nobody paid twice');
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      stage.world.truth.change(second, 'reversed');
      await stage.callbacks();
      stage.wait(MINUTE_MS);
      await stage.follow();
      const suspense = stage.world.books.accounts.find(
        (one) => one.id.startsWith('suspense:') && one.id.endsWith('XOF'),
      );
      stage.must(suspense?.debitsPosted === suspense?.creditsPosted, 'suspense is not empty');
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
      stage.wait(26 * 60 * MINUTE_MS);
      stage.nextRead('read-lost');
      await stage.follow();
      stage.wait(7 * 60 * MINUTE_MS);
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
  {
    id: 'float low',
    fault: 'the provider holds less for us than a withdrawal needs',
    required: 'it waits in line, the person is not blamed; with a new float it is paid',
    play: async (stage) => {
      await stage.fund(10_000n);
      stage.world.truth.topUps.set('XOF', -8_000n);
      const id = await stage.withdraw(5_000n);
      await stage.send();
      await stage.state(id, 'created');
      stage.world.truth.topUp('XOF', 100_000n);
      stage.wait(3 * MINUTE_MS);
      await stage.send();
      await stage.state(id, 'pending');
    },
  },
  {
    id: 'twin',
    fault: 'the same amount to the same number while the first is open',
    required: 'the second waits until the first is settled',
    play: async (stage) => {
      await stage.fund(20_000n);
      const first = await sentWithdrawal(stage, 5_000n);
      const second = await stage.withdraw(5_000n);
      await stage.send();
      await stage.state(second, 'created');
      stage.decide(first, 'success');
      await stage.callbacks();
      await stage.follow();
      stage.wait(MINUTE_MS);
      await stage.send();
      await stage.state(second, 'pending');
    },
  },
  {
    id: 'cancel',
    fault: 'calling off before, while and after it is sent',
    required: 'before: the money is back; later: refused',
    play: async (stage) => {
      await stage.fund(20_000n);
      const before = await stage.available();
      const first = await stage.withdraw(5_000n);
      await stage.cancel(first);
      await stage.state(first, 'cancelled');
      stage.must((await stage.available()) === before, 'the money is not back');
      const second = await stage.withdraw(2_000n);
      stage.next('slow-before');
      await stage.send();
      const answer = await stage.cancel(second);
      stage.must(answer?.ok === false, 'one that is being sent was called off');
      await stage.letGo();
      await stage.state(second, 'pending');
      await paidWithdrawal(stage, 1_000n);
    },
  },
  {
    id: 'late answer',
    fault: 'the sender is taken for dead, people close the withdrawal, and then its answer comes',
    required: 'what people decided stays; the money leaves the books once',
    play: async (stage) => {
      await stage.fund(20_000n);
      const id = await stage.withdraw(5_000n);
      stage.next('slow-before');
      await stage.send();
      stage.wait(5 * MINUTE_MS);
      await stage.job('send', 0);
      await stage.state(id, 'review');
      const { decideWith } = await import('../operator-steps.ts');
      await decideWith(stage.world, id, 'failed');
      await stage.state(id, 'failed');
      await stage.letGo();
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      stage.wait(MINUTE_MS);
      await stage.enquire();
      const { reason } = await stage.payment(id);
      stage.must(reason === 'paid-after-release', `it ended as ${reason}`);
    },
  },
  {
    id: 'late refusal',
    fault: 'the first try of a withdrawal is refused when the second is already on its way',
    required: 'the hold stays: what is being sent now decides',
    rail: 'idempotent',
    play: async (stage) => {
      await stage.fund(10_000n);
      const id = await stage.withdraw(5_000n);
      stage.next('slow-before', 'slow-before');
      await stage.send();
      stage.wait(5 * MINUTE_MS);
      await stage.job('send', 0);
      for (let asked = 0; asked < 2; asked++) {
        stage.wait(3 * MINUTE_MS);
        await stage.enquire();
      }
      await stage.send();
      await stage.state(id, 'submitting');
      const topUp = stage.world.truth.topUps.get('XOF') ?? 0n;
      stage.world.truth.topUps.set('XOF', -9_000n);
      await stage.letGo();
      stage.world.truth.topUps.set('XOF', topUp);
      await stage.letGo();
      await stage.state(id, 'pending');
    },
  },
  {
    id: 'late, then returned',
    fault: 'a withdrawal that was paid after its release comes back',
    required: 'the claim on the person ends',
    play: async (stage) => {
      await stage.fund(10_000n);
      const id = await sentWithdrawal(stage, 5_000n);
      for (const state of ['failed', 'success', 'reversed'] as const) {
        stage.decide(id, state);
        await stage.callbacks();
        await stage.follow();
        stage.wait(MINUTE_MS);
      }
      await stage.state(id, 'reversed');
    },
  },
  {
    id: 'wrong codes',
    fault: 'the operator’s code is typed wrong three times',
    required: 'failed, nothing asked of the phone',
    play: async (stage) => {
      const id = await stage.deposit(5_000n, { method: 'orange_money' });
      for (let mistake = 0; mistake < 3; mistake++) await stage.otp(id, '0000');
      await stage.state(id, 'failed');
      const answer = await stage.otp(id, '4321');
      stage.must(answer?.ok === false, 'a fourth code was taken');
    },
  },
];
