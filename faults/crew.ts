/**
 * Is a worker of the simulator: plays the seeds that it is told, each in the same database in memory, and reports.
 *
 * Told to hunt, it plays until something is noticed: with a mutation that protection is taken out of the source before
 * anything else is loaded, without one everything stands.
 */
import { type Mutation, takeOut } from './mutation.ts';

/** What the parent asks for. */
export type Order =
  | { readonly kind: 'play'; readonly from: number; readonly step: number; readonly count: number }
  | {
      readonly kind: 'sabotage';
      /** Nothing is taken out when it is missing. */
      readonly mutation?: Mutation;
      readonly from: number;
      readonly count: number;
    };

/** What the worker tells. */
export type Report =
  | {
      readonly kind: 'played';
      readonly seed: number;
      readonly coverage: readonly (readonly [string, number])[];
    }
  | {
      readonly kind: 'failed';
      readonly seed: number;
      readonly told: string;
      readonly coverage: readonly (readonly [string, number])[];
    }
  | { readonly kind: 'caught'; readonly by: string }
  | { readonly kind: 'missed' }
  | { readonly kind: 'done' };

function report(told: Report): void {
  process.send?.(told);
}

async function play(order: Extract<Order, { kind: 'play' }>): Promise<void> {
  const { openUniverses } = await import('./open-universes.ts');
  const { playUniverse } = await import('./universe.ts');
  const { shrink } = await import('./shrink.ts');
  const { tellFailure } = await import('./tell-failure.ts');
  const universes = await openUniverses();
  for (let turn = 0; turn < order.count; turn++) {
    const seed = order.from + turn * order.step;
    const ending = await playUniverse(await universes.db(), { seed: String(seed) });
    const coverage = [...ending.coverage];
    if (ending.failures.length === 0) report({ kind: 'played', seed, coverage });
    else
      report({
        kind: 'failed',
        seed,
        told: tellFailure(await shrink(await universes.db(), ending)),
        coverage,
      });
  }
  await universes.close();
  report({ kind: 'done' });
}

async function sabotage(order: Extract<Order, { kind: 'sabotage' }>): Promise<void> {
  if (order.mutation !== undefined) takeOut(order.mutation);
  const { huntMutation } = await import('./hunt-mutation.ts');
  const by = await huntMutation(order);
  report(by === undefined ? { kind: 'missed' } : { kind: 'caught', by });
}

process.on('message', (order: Order) => {
  const work = order.kind === 'play' ? play(order) : sabotage(order);
  work.then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});
