/**
 * Changes the figures of one rule.
 *
 * Refuses: console-not-permitted, alert-rule-unknown, alert-figures-unreadable.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';
import { lockRules, markRule } from './alert.rows.ts';
import type { RuleSetting } from './alert-rule.ts';

const RULE_UNKNOWN = refusal(
  'alert-rule-unknown',
  'absent',
  'Cette règle n’existe pas.',
  'There is no such rule.',
);
const FIGURES_UNREADABLE = refusal(
  'alert-figures-unreadable',
  'invalid',
  'Le seuil est un nombre entier, zéro ou plus ; le silence va de 1 minute à une semaine.',
  'The threshold is a whole number, zero or more; the cool-down is from 1 minute to a week.',
);
const LONGEST_COOLDOWN_MIN = 7 * 24 * 60;

export interface RuleChange {
  readonly rule: string;
  /** As typed. */
  readonly threshold: string;
  readonly cooldown_min: string;
  readonly enabled: boolean;
}

export async function changeRule(
  tx: Tx,
  ground: Ground,
  by: Operator,
  change: RuleChange,
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'configure',
    run: async () => {
      const before = (await lockRules(tx)).find((one) => one.rule === change.rule);
      if (before === undefined) return refused(RULE_UNKNOWN);
      const threshold = change.threshold.replaceAll(/[\s\u00a0\u202f]/g, '');
      const cooldown_min = Number(change.cooldown_min);
      const readable = /^\d{1,15}$/.test(threshold) && Number.isInteger(cooldown_min);
      if (!readable || cooldown_min < 1 || cooldown_min > LONGEST_COOLDOWN_MIN)
        return refused(FIGURES_UNREADABLE);
      const after = { ...before, threshold: BigInt(threshold), cooldown_min, enabled: change.enabled };
      await markRule(tx, after);
      return accepted({
        value: undefined,
        entry: {
          act: 'alert.rule-changed',
          subjectId: before.rule,
          before: factsOf(before),
          after: factsOf(after),
        },
      });
    },
  });
}

function factsOf(rule: RuleSetting): Readonly<Record<string, string>> {
  return {
    threshold: String(rule.threshold),
    'cooldown-min': String(rule.cooldown_min),
    enabled: String(rule.enabled),
  };
}
