/**
 * States what the provider's statement must show at the end: every franc of difference has a name, and nothing that is
 * right is called wrong.
 *
 * The statement is imported by the production act and compared by the production comparison. What should come out is
 * added up here from the true books, from ours, and from what was spoiled in the file.
 */
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { type Break, type Comparison, restOf } from '../src/rails/statements/compare-statement.ts';
import { importStatement } from '../src/rails/statements/import-statement.ts';
import { readComparison } from '../src/rails/statements/read-comparison.ts';
import { about, floatEffects, groupByReference } from './checks.ts';
import { count } from './coverage.ts';
import { type Spoiled, type Wanted, writeStatement } from './provider-statement.ts';
import { checkReconciliation } from './reconciliation-checks.ts';
import type { World } from './world.ts';

const CURRENCIES = ['XOF', 'XAF'] as const;

export async function checkStatement(world: World, wanted?: Wanted): Promise<string[]> {
  if (world.hasStatement) return [];
  world.hasStatement = true;
  const { bytes, spoiled } = writeStatement(world.truth, world.clock.now(), world.chance, wanted);
  for (const { fault } of spoiled) count(world.coverage, `fault ${fault}`);
  const provider = world.processes[0]?.rails.provider;
  if (provider === undefined) return ['there is no process'];
  const owner = { provider: provider.name, environment: provider.environment };
  const file = { ...owner, fileName: 'statement.csv', bytes, by: 'operator Ama' };
  const take = async () =>
    await inTransaction(world.db, async (tx) => await importStatement(tx, world.ground, file));
  const first = await take();
  if (!first.ok) return [`the statement was refused: ${first.refusal.en}`];
  const again = await take();
  const isSame = again.ok && again.value.added === 0 && again.value.statementId === first.value.statementId;
  const failures = isSame ? [] : ['the same file brought lines twice'];
  const comparisons: Comparison[] = [];
  for (const currency of CURRENCIES) {
    const comparison = await readComparison(world.db, { ...owner, currency });
    comparisons.push(comparison);
    failures.push(
      ...judge(
        world,
        comparison,
        spoiled.filter((one) => one.currency === currency),
      ),
    );
    for (const { kind } of comparison.breaks) count(world.coverage, `break ${kind}`);
  }
  return [...failures, ...(await checkReconciliation(world, comparisons, spoiled))];
}

/** Imports what the provider states until now, right and without what the host brought. */
export async function importPart(world: World): Promise<void> {
  const provider = world.processes[0]?.rails.provider;
  if (provider === undefined) return;
  const { bytes } = writeStatement(world.truth, world.clock.now(), world.chance, {
    faults: [],
    isPartial: true,
  });
  const { name, environment } = provider;
  const file = { provider: name, environment, fileName: 'part.csv', bytes, by: 'operator Ama' };
  await inTransaction(world.db, async (tx) => await importStatement(tx, world.ground, file));
}

function judge(world: World, comparison: Comparison, spoiled: readonly Spoiled[]): string[] {
  const { currency, breaks } = comparison;
  const float = world.books.accounts.find((one) => one.id.startsWith('float:') && one.currency === currency);
  const ours = float === undefined ? 0n : float.debitsPosted - float.creditsPosted;
  const wanted = wantedDifferences(world, currency);
  for (const { reference, difference } of spoiled) {
    const key = paymentOf(world, reference);
    wanted.set(key, (wanted.get(key) ?? 0n) + difference);
  }
  const found = new Map<string, bigint>();
  for (const one of breaks) {
    const key = paymentOf(world, one.reference);
    found.set(key, (found.get(key) ?? 0n) + one.difference);
  }
  return [
    ...(restOf(comparison) === 0n ? [] : [`${restOf(comparison)} ${currency} are not explained`]),
    ...(comparison.booked === ours
      ? []
      : [`the comparison says that our float is ${comparison.booked} ${currency}, it is ${ours}`]),
    ...[...new Set([...wanted.keys(), ...found.keys()])]
      .filter((key) => (wanted.get(key) ?? 0n) !== (found.get(key) ?? 0n))
      .map(
        (key) => `${key} differs by ${wanted.get(key)} ${currency}, the comparison says ${found.get(key)}`,
      ),
    ...spoiled.flatMap((one) => isNamed(world, one, breaks)),
  ];
}

/** What the provider's true books say less what ours say, by payment: no line of the comparison is used. */
function wantedDifferences(world: World, currency: string): Map<string, bigint> {
  const byReference = groupByReference(world.books.transfers);
  return new Map(
    world.books.payments.map((payment) => {
      const ours = floatEffects(payment, byReference.get(payment.reference) ?? []).get(currency) ?? 0n;
      const theirs = about(world.truth, payment.reference)
        .filter((one) => one.movedCurrency === currency)
        .reduce((sum, one) => sum + (one.effects.at(-1) ?? 0n), 0n);
      return [payment.reference, theirs - ours];
    }),
  );
}

function paymentOf(world: World, reference: string): string {
  return world.truth.find(reference)?.about ?? reference;
}

/** Where books and statement agree without the fault, the break must have the fault's own name. */
function isNamed(world: World, spoiled: Spoiled, breaks: readonly Break[]): string[] {
  const { reference, kind, fault } = spoiled;
  const key = paymentOf(world, reference);
  const agrees = (wantedDifferences(world, spoiled.currency).get(key) ?? 0n) === 0n;
  const own = breaks.filter((one) => paymentOf(world, one.reference) === key);
  if (!agrees || own.some((one) => one.kind === kind)) return [];
  return [`${fault} of ${reference} is called ${own.map((one) => one.kind).join(', ') || 'nothing'}`];
}
