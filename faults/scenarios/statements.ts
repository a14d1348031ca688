/**
 * Plays F40: the provider's statement disagrees with our books, once in each way.
 */
import { STATEMENT_FAULTS } from '../provider-statement.ts';
import type { Scenario } from '../stage.ts';
import { checkStatement } from '../statement-checks.ts';
import { pendingDeposit } from './callbacks.ts';
import { sentWithdrawal } from './reversals.ts';

export const STATEMENT_SCENARIOS: readonly Scenario[] = [[], ...STATEMENT_FAULTS.map((fault) => [fault])].map(
  (faults) => ({
    id: `F40 ${faults[0] ?? 'agrees'}`,
    fault:
      faults.length === 0 ? 'a statement that is right, imported twice' : `a statement with ${faults[0]}`,
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
      for (const failure of await checkStatement(stage.world, faults)) stage.must(false, failure);
    },
  }),
);
