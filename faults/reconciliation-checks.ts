/**
 * States what reconciliation must keep at the end: the differences that the statement gives and no other, once each,
 * whichever look comes after which.
 *
 * The float of the provider is the true one while its statement is spoiled, so what was spoiled must also show as the
 * difference between what it holds and what the named breaks explain: that, and not a franc more.
 */

import { type KnownBreak, listStandingBreaks } from '../src/oversight/reconcile/break.rows.ts';
import { type Depth, reconcileOnce } from '../src/oversight/reconcile/reconcile-once.ts';
import { findLastRun } from '../src/oversight/reconcile/run.rows.ts';
import type { Comparison } from '../src/rails/statements/compare-statement.ts';
import type { Spoiled } from './provider-statement.ts';
import { trueFee } from './provider-truth.ts';
import type { World } from './world.ts';

/** The first look sees everything; after it an hourly one, a nightly one and one more must change nothing. */
const LOOKS: readonly Depth[] = ['whole', 'light', 'deep', 'whole'];

export async function checkReconciliation(
  world: World,
  comparisons: readonly Comparison[],
  spoiled: readonly Spoiled[],
): Promise<string[]> {
  const rails = world.processes[0]?.rails;
  if (rails === undefined) return ['there is no process'];
  const { name: provider, environment } = rails.provider;
  const failures: string[] = [];
  for (const depth of LOOKS) {
    await reconcileOnce(world.db, world.ground, rails, depth);
    for (const comparison of comparisons) {
      const of = { provider, environment, currency: comparison.currency };
      const standing = await listStandingBreaks(world.db, of);
      const run = await findLastRun(world.db, of);
      const wanted = comparison.breaks.map(nameOf).toSorted();
      const found = standing
        .filter((one) => one.kind !== 'balance')
        .map(nameOf)
        .toSorted();
      if (run === undefined) {
        if (wanted.length > 0) failures.push(`no float of ${of.currency} was looked at`);
        continue;
      }
      if (found.join() !== wanted.join())
        failures.push(
          `after a ${depth} look the breaks are [${found.join()}], the statement gives [${wanted.join()}]`,
        );
      failures.push(...judgeBalance(world, { depth, run, standing, spoiled, currency: of.currency }));
    }
  }
  return failures;
}

interface Look {
  readonly depth: Depth;
  readonly run: { readonly inFlightIn: bigint; readonly inFlightOut: bigint };
  readonly standing: readonly KnownBreak[];
  readonly spoiled: readonly Spoiled[];
  readonly currency: string;
}

/** What the provider holds beyond the named breaks is what was spoiled, and what is on its way out there. */
function judgeBalance(world: World, { depth, run, standing, spoiled, currency }: Look): string[] {
  const hidden = spoiled
    .filter((one) => one.currency === currency)
    .reduce((sum, one) => sum + one.difference, 0n);
  const leaving = world.truth.transactions
    .filter((one) => one.direction === 'out' && one.state === 'pending' && one.currency === currency)
    .reduce((sum, one) => sum + one.asked + trueFee('out', one.asked), 0n);
  const rest = -hidden - leaving;
  const isExcused = rest <= run.inFlightIn && rest >= -run.inFlightOut;
  const wanted = isExcused ? [] : [rest];
  const found = standing.filter((one) => one.kind === 'balance').map((one) => one.difference);
  return found.join() === wanted.join()
    ? []
    : [
        `after a ${depth} look the balance in ${currency} differs by [${found.join()}], it should by [${wanted.join()}]`,
      ];
}

function nameOf(one: {
  readonly kind: string;
  readonly reference: string;
  readonly difference: bigint;
}): string {
  return `${one.kind} ${one.reference} ${one.difference}`;
}
