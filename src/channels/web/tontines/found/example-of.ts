/**
 * Computes the example of a by-law with the code that runs a cycle: its plan, and its own tariff of lateness.
 */
import { after, DAY_MS } from '../../../../ground/clock.ts';
import type { Currency } from '../../../../ground/money/currency.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import type { CyclePlan } from '../../../../tontine/cycles/plan-cycle.ts';
import { lateFee } from '../../../../tontine/discipline/late-fee.ts';
import type { Rules } from '../../../../tontine/groups/rules.ts';
import type { RulesExample } from './example.tsx';

interface Planned {
  readonly rules: Rules;
  readonly plan: CyclePlan;
}

export function exampleOf({ plan, rules }: Planned, currency: Currency): RulesExample {
  const tariff = rules.lateFee;
  const graceEndsAt = plan.rounds[0]?.graceEndsAt;
  /** What a whole contribution costs that comes on the first day after the grace. */
  const oneDay = (graceEnd: Date, served: boolean): Money =>
    money(
      lateFee(tariff, {
        graceEndsAt: graceEnd,
        until: after(graceEnd, DAY_MS),
        missing: rules.contribution,
        served,
      }),
      currency,
    );
  return {
    pot: money(plan.payout, currency),
    each: money(rules.contribution + rules.solidarity.contribution, currency),
    rounds: plan.rounds.length,
    firstDay: plan.rounds[0]?.heldOn ?? '',
    lastDay: plan.rounds.at(-1)?.heldOn ?? '',
    ...(tariff.kind === 'none' || graceEndsAt === undefined
      ? {}
      : {
          late: {
            graceHours: rules.graceHours,
            before: oneDay(graceEndsAt, false),
            after: oneDay(graceEndsAt, true),
            isPerDay: tariff.kind === 'per-day',
            ...(tariff.cap === undefined ? {} : { cap: money(tariff.cap, currency) }),
          },
        }),
  };
}
