/**
 * Counts what a universe really met: faults injected, states reached, answers given, kinds of journal.
 *
 * A seed in which nothing went wrong proves nothing; the counts are printed and asserted, so that a generator that has
 * silently stopped to generate something is itself a failure.
 */
export type Coverage = Map<string, number>;

export function count(coverage: Coverage, what: string, times = 1): void {
  coverage.set(what, (coverage.get(what) ?? 0) + times);
}

export function addCoverage(total: Coverage, part: Iterable<readonly [string, number]>): void {
  for (const [what, times] of part) count(total, what, times);
}
