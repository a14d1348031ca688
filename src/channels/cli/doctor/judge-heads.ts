/**
 * Decides whether the books are those of which the outside was told.
 */
import { MINUTE_MS } from '../../../ground/clock.ts';
import type { HeadsVerdict } from '../../../oversight/heads/check-heads.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';
import type { DatabaseFacts, Facts } from './facts.ts';
import { badly, isProduction, when } from './severity.ts';

/** An hour passes in books in which nothing moves. */
const OLD_HEAD_MINUTES = 90;

export function judgeHeads({ heads, headKey = '' }: DatabaseFacts, facts: Facts): Check[] {
  const { name, none, setPlace } = CHECKS.heads;
  if (heads !== undefined) {
    return when(heads, name, facts, (verdict) => [judgeHeadVerdict(verdict, facts, headKey)]);
  }
  return isProduction(facts)
    ? [{ name, state: 'amber', seen: none, cure: setPlace }]
    : [{ name, state: 'green', seen: none }];
}

function judgeHeadVerdict(verdict: HeadsVerdict, facts: Facts, key: string): Check {
  const { name, chains, reasons, curePublish: cure, ...said } = CHECKS.heads;
  if (!verdict.ok) {
    const { chain, seq, reason, name: file } = verdict.conviction;
    const seen = said.broken(file, chains[chain], String(seq), reasons[reason]);
    return { name, state: 'red', seen, cure: said.cureBroken };
  }
  if (verdict.newestAt === undefined) return { name, state: badly(facts), seen: said.notYet, cure };
  const minutes = Math.floor((facts.now.getTime() - verdict.newestAt.getTime()) / MINUTE_MS);
  const seen = said.agree(verdict.checked, minutes, key);
  return minutes > OLD_HEAD_MINUTES ? { name, state: 'amber', seen, cure } : { name, state: 'green', seen };
}
