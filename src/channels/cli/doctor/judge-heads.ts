/**
 * Decides whether the books are those of which the outside was told.
 */
import { MINUTE_MS } from '../../../ground/clock.ts';
import type { HeadsVerdict } from '../../../oversight/heads/check-heads.ts';
import type { Check } from '../check.ts';
import type { DatabaseFacts, Facts } from './facts.ts';
import { badly, isProduction, when } from './severity.ts';

/** An hour passes in books in which nothing moves. */
const OLD_HEAD_MINUTES = 90;

export function judgeHeads({ heads, headKey = '' }: DatabaseFacts, facts: Facts): Check[] {
  const name = 'published heads';
  if (heads === undefined) {
    const cure = 'set HEADS_TO or BACKUP_TO: nobody outside can tell that the books were rewritten';
    return [
      {
        name,
        state: isProduction(facts) ? 'amber' : 'green',
        seen: 'none',
        ...(isProduction(facts) ? { cure } : {}),
      },
    ];
  }
  return when(heads, name, facts, (verdict) => [judgeHeadVerdict(name, verdict, facts, headKey)]);
}

function judgeHeadVerdict(name: string, verdict: HeadsVerdict, facts: Facts, key: string): Check {
  if (!verdict.ok) {
    const { chain, seq, reason, name: file } = verdict.conviction;
    const cure =
      'docs/runbooks/rewritten-books.md; after a restore: npm run backup -- --restart-heads --reason WHY';
    return { name, state: 'red', seen: `${file}: ${chain} nº ${seq} ${reason}`, cure };
  }
  const cure = 'a worker with HEADS_TO or BACKUP_TO publishes one each minute: look at its log';
  if (verdict.newestAt === undefined) return { name, state: badly(facts), seen: 'none yet', cure };
  const minutes = Math.floor((facts.now.getTime() - verdict.newestAt.getTime()) / MINUTE_MS);
  const seen = `${verdict.checked} agree, the newest is ${minutes} minutes old; their key is ${key}`;
  return minutes > OLD_HEAD_MINUTES ? { name, state: 'amber', seen, cure } : { name, state: 'green', seen };
}
