/**
 * Looks at the end of a load whether anything was lost: in the books, against the provider's own, and in the groups.
 */
import { sql } from 'kysely';
import { invariant } from '../../src/ground/refusal.ts';
import { IN_FLIGHT } from '../../src/rails/payments/payment.ts';
import { until } from '../../stories/world/until.ts';
import { expectSoundBooks } from '../town.ts';
import { DUE } from './load-people.ts';
import type { LoadWorld } from './load-world.ts';

/** A provider that hides a payment for half a minute is asked on a schedule that reaches it within two. */
const QUIET_WITHIN_MS = 240_000;

/** Resolves when nobody waits for anything any more: no payment, no callback of theirs, no row of our inbox. */
export async function waitForQuiet({ open, simulator }: LoadWorld): Promise<void> {
  let left = '';
  await until(
    'nothing is under way',
    async () => {
      const payments = await open.db
        .selectFrom('payments')
        .select((eb) => eb.fn.countAll<bigint>().as('rows'))
        .where('state', 'in', IN_FLIGHT)
        .executeTakeFirstOrThrow();
      const callbacks = await open.db
        .selectFrom('provider_callbacks')
        .select((eb) => eb.fn.countAll<bigint>().as('rows'))
        .where('due_at', 'is not', null)
        .executeTakeFirstOrThrow();
      const due = simulator.books.dueCallbacks(1).length;
      left = `${payments.rows} payments, ${callbacks.rows} callbacks here, ${due} there`;
      return payments.rows === 0n && callbacks.rows === 0n && due === 0;
    },
    { within_ms: QUIET_WITHIN_MS, pace_ms: 500, seen: () => left },
  );
}

export interface LastLook {
  readonly payments: number;
  readonly contributions: number;
  readonly float: bigint;
}

export interface FirstLook {
  readonly contributions: number;
  readonly pots: bigint;
}

/** What the groups had before the load: those of the demo have a story of their own. */
export async function lookAtGroups(world: LoadWorld): Promise<FirstLook> {
  const { rows } = await world.open.db
    .selectFrom('contributions')
    .select((eb) => eb.fn.countAll<bigint>().as('rows'))
    .executeTakeFirstOrThrow();
  return { contributions: Number(rows), pots: -(await sumOf(world, 'pot:%')) };
}

/** Throws when a franc is not where it belongs. */
export async function expectNothingLost(
  world: LoadWorld,
  before: FirstLook,
  travelled: number,
): Promise<LastLook> {
  const { db } = world.open;
  await expectSoundBooks(db);
  const held = world.simulator.books.balance('XOF').amount;
  const float = await sumOf(world, 'float:%');
  invariant(float === held, `our float is ${float} and the provider holds ${held}`);
  const truth = world.simulator.books.list().filter(({ state }) => state === 'success').length;
  const { rows } = await db
    .selectFrom('payments')
    .select((eb) => eb.fn.countAll<bigint>().as('rows'))
    .where('state', '=', 'succeeded')
    .executeTakeFirstOrThrow();
  invariant(Number(rows) === truth, `${truth} payments happened at the provider and ${rows} here`);
  const groups = await lookAtGroups(world);
  const paid = groups.contributions - before.contributions;
  invariant(paid === travelled, `${travelled} people contributed and ${paid} contributions are there`);
  const pots = groups.pots - before.pots;
  invariant(pots === DUE * BigInt(travelled), `the pots took ${pots} of ${DUE * BigInt(travelled)}`);
  return { payments: truth, contributions: travelled, float };
}

/** What is on the accounts of these names, debits first. */
async function sumOf({ open }: LoadWorld, pattern: string): Promise<bigint> {
  const found = await sql<{
    sum: string;
  }>`select coalesce(sum(debits_posted - credits_posted), 0)::text as sum
    from accounts where id like ${pattern}`.execute(open.db);
  return BigInt(found.rows[0]?.sum ?? 0);
}
