/**
 * Says how bad something is: what a demo may do without is dangerous in production.
 */
import type { Sentence } from '../../../ground/refusal.ts';
import type { Check, CheckState } from '../check.ts';
import { CHECKS } from '../words/checks.ts';
import type { Facts, Found } from './facts.ts';

export function isProduction({ settings }: Facts): boolean {
  return settings.ground.MODE === 'production';
}

/** What a demo may do without. */
export function badly(facts: Facts): CheckState {
  return isProduction(facts) ? 'red' : 'amber';
}

export function when<T>(fact: Found<T>, name: Sentence, facts: Facts, judge: (found: T) => Check[]): Check[] {
  if ('found' in fact) return judge(fact.found);
  return [{ name, state: badly(facts), seen: CHECKS.notSeen(fact.unknown), cure: CHECKS.seeTest }];
}
