/**
 * Decides whether the Node that runs is one for which the product was made.
 *
 * npm starts it on the Node that comes with its packages; a unit or a shell may take another one, on which commits of files
 * are less certain or which nobody has tried.
 */
import type { Check } from '../check.ts';
import { isOlder, OLDEST_NODE } from '../oldest-node.ts';
import type { ProductFacts } from '../read-package.ts';
import { CHECKS } from '../words/checks.ts';

export function judgeNode(version: string, { engines, triedNode }: ProductFacts): Check {
  const { name, tooOld, untried, seen: said } = CHECKS.node;
  const needed = isOlder(engines, OLDEST_NODE) ? OLDEST_NODE : engines;
  const seen = said(version, needed);
  if (isOlder(version, needed)) return { name, state: 'red', seen, cure: tooOld };
  const tried = majorOf(triedNode);
  return majorOf(version) === tried
    ? { name, state: 'green', seen }
    : { name, state: 'amber', seen, cure: untried(tried) };
}

/** Such as 24 of `v24.21.0` and `^24.21.0`. */
function majorOf(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}
