/**
 * Plays F40: the provider's statement disagrees with our books, once in each way.
 */
import { DAY_MS } from '../../src/ground/clock.ts';
import { STATEMENT_FAULTS } from '../provider-statement.ts';
import { checkNothingIsTold } from '../reconciliation-checks.ts';
import { decideSecondAs, listOpenSeconds } from '../second-payment-steps.ts';
import type { Scenario } from '../stage.ts';
import { checkStatement, importPart } from '../statement-checks.ts';
import { pendingDeposit } from './callbacks.ts';
import { sentWithdrawal } from './reversals.ts';
import { payTwice } from './second-payments.ts';

const ONE_BY_ONE: readonly Scenario[] = [[], ...STATEMENT_FAULTS.map((fault) => [fault])].map((faults) => ({
  id: `F40 ${faults[0] ?? 'agrees'}`,
  fault: faults.length === 0 ? 'a statement that is right, imported twice' : `a statement with ${faults[0]}`,
  required: 'each difference has its name and its figure; importing again changes nothing',
  play: async (stage) => {
    await stage.fund(20_000n);
    const back = await stage.fund(7_000n);
    stage.decide(back, 'reversed');
    const out = await sentWithdrawal(stage, 5_000n);
    stage.decide(out, 'success');
    await pendingDeposit(stage);
    await stage.callbacks();
    await stage.follow();
    await stage.wait(60_000);
    await stage.enquire();
    for (const failure of await checkStatement(stage.world, { faults })) stage.must(false, failure);
  },
}));

export const STATEMENT_SCENARIOS: readonly Scenario[] = [
  ...ONE_BY_ONE,
  {
    id: 'F40 old',
    fault: 'a statement that lacks a line of long ago',
    required: 'the difference stands, whichever look comes next',
    play: async (stage) => {
      await stage.fund(20_000n);
      await stage.wait(12 * DAY_MS);
      await stage.fund(3_000n);
      const [old] = stage.world.truth.transactions;
      const wanted = { faults: ['line-missing'], only: old?.reference ?? '' } as const;
      for (const failure of await checkStatement(stage.world, wanted)) stage.must(false, failure);
    },
  },
  {
    id: 'F40 later',
    fault:
      'days are compared before any statement, then with one that ends early, then with one that lacks a line',
    required: 'what no statement speaks about is not missing; what the last one lacks is told',
    play: async (stage) => {
      const { world } = stage;
      await stage.fund(20_000n);
      await stage.wait(2 * DAY_MS);
      for (const failure of await checkNothingIsTold(world)) stage.must(false, failure);
      await importPart(world);
      await stage.fund(3_000n);
      await stage.wait(2 * DAY_MS);
      for (const failure of await checkNothingIsTold(world)) stage.must(false, failure);
      const late = world.truth.transactions.at(-1);
      const wanted = { faults: ['line-missing'], only: late?.reference ?? '' } as const;
      for (const failure of await checkStatement(world, wanted)) stage.must(false, failure);
    },
  },
  {
    id: 'F40 second',
    fault: 'the statement has another fee for a second payment that was credited',
    required: 'the break is about the second transaction, and about its fee',
    play: async (stage) => {
      const { reference } = await payTwice(stage);
      const [second] = listOpenSeconds(stage.world);
      if (second !== undefined) await decideSecondAs(stage.world, second, 'credited', false);
      await stage.available();
      const wanted = { faults: ['fee-changed'], only: reference } as const;
      for (const failure of await checkStatement(stage.world, wanted)) stage.must(false, failure);
    },
  },
];
