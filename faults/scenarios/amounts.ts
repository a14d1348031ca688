/**
 * Plays the faults of figures: another amount, another currency, an amount written as nobody should write it.
 */
import { MINUTE_MS } from '../../src/ground/clock.ts';
import type { Scenario } from '../stage.ts';
import { pendingDeposit } from './callbacks.ts';

export const AMOUNT_SCENARIOS: readonly Scenario[] = [
  ...([-500n, 500n] as const).map((difference) => ({
    id: `F12 ${difference < 0n ? 'less' : 'more'}`,
    fault: 'another amount than the requested one is paid',
    required: 'review and suspense; no figure is credited by itself',
    play: async (stage: Parameters<Scenario['play']>[0]) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).moved += difference;
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'review');
      stage.must((await stage.available()) === 0n, 'something was credited');
    },
  })),
  {
    id: 'F13',
    fault: 'the right number in another currency',
    required: 'review; nothing is credited',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).movedCurrency = 'XAF';
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'review');
      stage.must((await stage.available()) === 0n, 'something was credited');
    },
  },
  ...['"N.00"', 'N.0', '"N"'].map((written) => ({
    id: `F14 ${written}`,
    fault: `the amount written as ${written}`,
    required: 'read as 5 000',
    play: async (stage: Parameters<Scenario['play']>[0]) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).writtenAmount = written;
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'succeeded');
    },
  })),
  ...['"5 000"', '"5e3"', '5e3', 'N00', '-N', '"N,5"'].map((written) => ({
    id: `F14 ${written}`,
    fault: `the amount written as ${written}`,
    required: 'review, never a credit',
    play: async (stage: Parameters<Scenario['play']>[0]) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).writtenAmount = written;
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(16 * MINUTE_MS);
      await stage.enquire();
      await stage.state(id, 'review');
      stage.must((await stage.available()) === 0n, 'something was credited');
    },
  })),
];
