/**
 * Plays the faults of withdrawals on their way: a low float, an equal one still open, calling off, answers that come
 * after people or a second try have decided, and codes typed wrong.
 */
import { MINUTE_MS } from '../../src/ground/clock.ts';
import type { Scenario } from '../stage.ts';
import { paidWithdrawal, sentWithdrawal } from './reversals.ts';

export const ON_THE_WAY_SCENARIOS: readonly Scenario[] = [
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
      await stage.wait(3 * MINUTE_MS);
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
      await stage.wait(MINUTE_MS);
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
      await stage.wait(5 * MINUTE_MS);
      await stage.job('send', 0);
      await stage.state(id, 'review');
      const { decideWith } = await import('../operator-steps.ts');
      await decideWith(stage.world, id, 'failed');
      await stage.state(id, 'failed');
      await stage.letGo();
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(MINUTE_MS);
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
      await stage.wait(5 * MINUTE_MS);
      await stage.job('send', 0);
      for (let asked = 0; asked < 2; asked++) {
        await stage.wait(3 * MINUTE_MS);
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
        await stage.wait(MINUTE_MS);
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
