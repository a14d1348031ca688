/**
 * Decides whether the Node that runs is one for which the product was made.
 *
 * npm starts it on the Node that comes with its packages; a unit or a shell may take another one, on which commits of files
 * are less certain or which nobody has tried.
 */
import type { Check } from '../check.ts';
import type { ProductFacts } from '../read-package.ts';
import { CHECKS } from '../words/checks.ts';

/** Older ones do not flush what a stream writes, and a backup would be told as kept before it is. */
const OLDEST_NODE = 22;

export function judgeNode(version: string, { engines, triedNode }: ProductFacts): Check {
  const { name, tooOld, untried, seen: said } = CHECKS.node;
  const [major, oldest, tried] = [version, engines, triedNode].map(majorOf) as [number, number, number];
  const needed = Math.max(OLDEST_NODE, oldest);
  const seen = said(version, `>=${needed}`);
  if (major < needed) return { name, state: 'red', seen, cure: tooOld };
  return major === tried
    ? { name, state: 'green', seen }
    : { name, state: 'amber', seen, cure: untried(tried) };
}

/** Such as 24 of `v24.21.0`, `>=24` and `^24.21.0`. */
function majorOf(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}
