/**
 * Says what shares must have paid and received over a cycle in which somebody left, and finds what differs.
 *
 * Who stays has paid for every round that was held, and received as much, and what they gave back to leavers besides; who
 * left has received nothing but their refund. Where turns were sold besides, only the sums are known.
 */
import { sql } from 'kysely';
import type { Db } from '../src/ground/postgres/database.ts';
import { listShareFlows } from '../src/tontine/testing/group-books.rows.ts';
import type { CycleOfFlows } from './turn-flows.rows.ts';

/** Sentences, one per share that is not even. */
export async function findUnevenShares(db: Db, { cycleId, rules }: CycleOfFlows): Promise<string[]> {
  const held = await sql<{ rounds: bigint }>`select count(*) as rounds from rounds
    where cycle_id = ${cycleId} and state <> 'cancelled'`.execute(db);
  const each = rules.contribution * BigInt(held.rows[0]?.rounds ?? 0);
  return (await listShareFlows(db, cycleId)).flatMap(({ shareId, state, paid, received, givenBack }) => {
    const isEven = state === 'withdrawn' ? received === 0n : paid === each && received === each + givenBack;
    return isEven
      ? []
      : [`share ${shareId} (${state}) paid ${paid} and ${givenBack}, and received ${received}, of ${each}`];
  });
}

/** What was paid into the pot, by dues of rounds and of departures, is what was received, refunded and kept. */
export async function findLostFlows(db: Db, { groupId, cycleId }: CycleOfFlows): Promise<string[]> {
  const found = await sql<{
    fault: string;
  }>`select x.paid || ' was paid, ' || x.received || ' received, ' || x.refunded
      || ' refunded and ' || x.kept || ' kept' as fault from (select
        (select coalesce(sum(met), 0) from dues where cycle_id = ${cycleId} and kind in ('pot', 'exit')) as paid,
        (select coalesce(sum(wallet_paid + cash_paid), 0) from payouts where cycle_id = ${cycleId}) as received,
        (select coalesce(sum(refunded_wallet + refunded_cash), 0) from exits where cycle_id = ${cycleId}) as refunded,
        (select coalesce(sum(credits_posted - debits_posted), 0) from accounts
          where id like 'interest:' || ${groupId}::text || ':%') as kept) x
    where x.paid <> x.received + x.refunded + x.kept`.execute(db);
  return found.rows.map(({ fault }) => fault);
}
