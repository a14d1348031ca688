/**
 * Reads what the pot of a cycle has collected and handed out, round by round, from the rows of both.
 *
 * The ledger knows one sum for the whole pot. Which round it belongs to is told by the dues that were met, so that a
 * round is never served with what was paid for the next one.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';

export interface PotRound {
  readonly number: number;
  readonly inWallet: bigint;
  readonly inCash: bigint;
  readonly outWallet: bigint;
  readonly outCash: bigint;
}

/** Every round of the cycle in order, with what came into the pot for it and what went out for it. */
export async function readPotRounds(reader: Reader, cycleId: string): Promise<PotRound[]> {
  const found = await sql<{ number: number; sums: string[] }>`/* keep: pot-rounds */ select r.number, array[
      coalesce(i.wallet, 0) + coalesce(v.wallet, 0), coalesce(i.cash, 0) + coalesce(v.cash, 0),
      coalesce(o.wallet, 0), coalesce(o.cash, 0)]::text[] as sums
    from rounds r
    left join (select d.round_id, sum(a.amount) filter (where c.method = 'wallet') as wallet,
        sum(a.amount) filter (where c.method = 'cash') as cash
      from dues d
      cross join lateral (select x.contribution_id, x.amount from allocations x where x.due_id = d.id and x.fund = 'pot' offset 0) a
      cross join lateral (select y.method from contributions y where y.id = a.contribution_id offset 0) c
      where d.cycle_id = ${cycleId} and d.kind = 'pot' group by d.round_id) i on i.round_id = r.id
    left join (select p.round_id, sum(g.wallet_amount) as wallet, sum(g.cash_amount) as cash
      from guarantee_advances g join payouts p on p.id = g.payout_id
      where g.cycle_id = ${cycleId} group by p.round_id) v on v.round_id = r.id
    left join (select round_id, sum(wallet_paid + fund_wallet) as wallet,
        sum(cash_paid + cash_waiting + fund_cash) as cash
      from payouts where cycle_id = ${cycleId} group by round_id) o on o.round_id = r.id
    where r.cycle_id = ${cycleId} order by r.number`.execute(reader);
  return found.rows.map(({ number, sums }) => {
    const [inWallet = 0n, inCash = 0n, outWallet = 0n, outCash = 0n] = sums.map(BigInt);
    return { number, inWallet, inCash, outWallet, outCash };
  });
}
