/**
 * States what reconciliation must keep at the end: the differences that the statement gives and no other, once each,
 * whichever look comes after which, and a row for every day that says what was compared.
 *
 * The float of the provider is the true one while its statement is spoiled, so what was spoiled must also show as the
 * difference between what it holds and what the named breaks explain: that, and not a franc more.
 */

import { DAY_MS } from '../src/ground/clock.ts';
import { type KnownBreak, listStandingBreaks } from '../src/oversight/reconcile/break.rows.ts';
import { listDayLooks } from '../src/oversight/reconcile/day-look.rows.ts';
import { lookAtDaysOnce } from '../src/oversight/reconcile/look-at-days-once.ts';
import { reconcileOnce } from '../src/oversight/reconcile/reconcile-once.ts';
import { findLastRun } from '../src/oversight/reconcile/run.rows.ts';
import type { Comparison } from '../src/rails/statements/compare-statement.ts';
import { happens } from './dice.ts';
import type { Spoiled } from './provider-statement.ts';
import { trueFee } from './provider-truth.ts';
import type { World } from './world.ts';

/** More than any universe lasts. */
const DAYS = 2_000;

/** What comes one after the other; each must leave the same differences. In two universes of three only the first. */
const LOOKS = ['all days', 'the hour', 'nothing is due', 'a week later'] as const;

export async function checkReconciliation(
  world: World,
  comparisons: readonly Comparison[],
  spoiled: readonly Spoiled[],
): Promise<string[]> {
  const rails = world.processes[0]?.rails;
  if (rails === undefined) return ['there is no process'];
  const { name: provider, environment } = rails.provider;
  const failures: string[] = [];
  const looks = happens(world.chance, 33) ? LOOKS : LOOKS.slice(0, 1);
  for (const look of looks) {
    failures.push(...(await play(world, look)));
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
          `after ${look} the breaks are [${found.join()}], the statement gives [${wanted.join()}]`,
        );
      failures.push(...judgeBalance(world, { look, run, standing, spoiled, currency: of.currency }));
    }
  }
  for (const { currency, breaks } of comparisons)
    failures.push(...(await judgeDays(world, { provider, environment, currency }, breaks.length)));
  return failures;
}

/** Looks at all days that are due: the statements so far, if any, are right, so nothing may be told. */
export async function checkNothingIsTold(world: World): Promise<string[]> {
  const rails = world.processes[0]?.rails;
  if (rails === undefined) return ['there is no process'];
  const { name: provider, environment } = rails.provider;
  const looked = await lookAtDaysOnce(world.db, world.ground, rails, DAYS);
  const standing = await listStandingBreaks(world.db, { provider, environment, currency: 'XOF' });
  const told = standing.filter((one) => one.kind !== 'balance').map(nameOf);
  return [
    ...(looked > 0 ? [] : ['no day was looked at']),
    ...(told.length === 0 ? [] : [`the statements are right so far, and told is [${told.join()}]`]),
  ];
}

async function play(world: World, look: (typeof LOOKS)[number]): Promise<string[]> {
  const rails = world.processes[0]?.rails;
  if (rails === undefined) return ['there is no process'];
  if (look === 'the hour') await reconcileOnce(world.db, world.ground, rails, 'light');
  if (look === 'a week later') world.clock.advance(8 * DAY_MS);
  if (look === 'the hour') return [];
  const looked = await lookAtDaysOnce(world.db, world.ground, rails, DAYS);
  const isIdle = look === 'nothing is due';
  return isIdle === (looked === 0) ? [] : [`${look}: ${looked} days were looked at`];
}

interface Look {
  readonly look: string;
  readonly run: { readonly inFlightIn: bigint; readonly inFlightOut: bigint };
  readonly standing: readonly KnownBreak[];
  readonly spoiled: readonly Spoiled[];
  readonly currency: string;
}

/** What the provider holds beyond the named breaks is what was spoiled, and what is on its way out there. */
function judgeBalance(world: World, { look, run, standing, spoiled, currency }: Look): string[] {
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
        `after ${look} the balance in ${currency} differs by [${found.join()}], it should by [${wanted.join()}]`,
      ];
}

/** Every day until now was looked at to the end, and the rows say what stands in the journal and in the statement. */
async function judgeDays(
  world: World,
  of: Parameters<typeof listDayLooks>[1],
  breaks: number,
): Promise<string[]> {
  const looks = await listDayLooks(world.db, of, DAYS);
  const deepest = new Map(looks.map((one) => [one.day, one]));
  const sum = (count: (one: (typeof looks)[number]) => number): number =>
    [...deepest.values()].reduce((total, one) => total + count(one), 0);
  const moved = world.books.transfers.filter(
    (one) =>
      (one.kind === 'single' || one.kind === 'post') &&
      [one.debit, one.credit].some((account) => account === `float:${of.provider}:${of.currency}`),
  ).length;
  const movements = sum((one) => one.movements);
  const found = sum((one) => one.differing);
  const unstated = sum((one) => one.unstated);
  return [
    ...(movements === moved ? [] : [`days in ${of.currency} say ${movements} movements, there are ${moved}`]),
    ...(found >= (breaks > 0 ? 1 : 0) && (breaks > 0 || found === 0)
      ? []
      : [`days in ${of.currency} say that ${found} transactions differ, the statement gives ${breaks}`]),
    ...(unstated === 0 ? [] : [`${unstated} movements in ${of.currency} are called not stated`]),
  ];
}

function nameOf(one: {
  readonly kind: string;
  readonly reference: string;
  readonly difference: bigint;
}): string {
  return `${one.kind} ${one.reference} ${one.difference}`;
}
