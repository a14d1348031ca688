/**
 * Says what every share must have paid and received over a whole cycle, sales counted, and finds what differs.
 *
 * A share pays its contributions less its part of what the sales left, and receives the pot less what it bid. What
 * nobody received is in the common fund. All of it is worked out from auctions and bids, never from the turns and payouts
 * that followed from them.
 */
import { sql } from 'kysely';
import type { Db } from '../src/ground/postgres/database.ts';
import type { Rules } from '../src/tontine/groups/rules.ts';

export interface CycleOfFlows {
  readonly groupId: string;
  readonly cycleId: string;
  readonly rules: Pick<Rules, 'contribution' | 'rounds'>;
}

/** Sentences, one per share or fund that is not at its value. */
export async function findFlowFaults(db: Db, { groupId, cycleId, rules }: CycleOfFlows): Promise<string[]> {
  const pot = rules.contribution * BigInt(rules.rounds ?? 0);
  const sales = await listSales(db, cycleId);
  const flows = await listFlows(db, cycleId);
  const faults: string[] = [];
  for (const flow of flows) {
    const price = sales.find((sale) => sale.shareId === flow.shareId)?.price ?? 0n;
    if (flow.received !== pot - price)
      faults.push(`share ${flow.shareId} received ${flow.received} of ${pot} less ${price}`);
  }
  const prices = sales.map((sale) => ({ ...sale, toFund: toFundOf(sale, pot) }));
  const left = prices.reduce((sum, { price, toFund }) => sum + price - toFund, 0n);
  const fund = prices.reduce((sum, { toFund }) => sum + toFund, 0n);
  // Each sale is split to the franc, so a share's part of all of them is known up to one franc a sale.
  const part = flows.length === 0 ? 0n : left / BigInt(flows.length);
  for (const flow of flows) {
    const less = pot - flow.paid;
    const apart = less > part ? less - part : part - less;
    if (apart > BigInt(sales.length))
      faults.push(`share ${flow.shareId} paid ${flow.paid} of ${pot} less ${part}`);
  }
  const paid = flows.reduce((sum, flow) => sum + flow.paid, 0n);
  const received = flows.reduce((sum, flow) => sum + flow.received, 0n);
  const whole = pot * BigInt(flows.length);
  if (paid !== whole - left) faults.push(`all shares paid ${paid} of ${whole} less ${left}`);
  const inFund = await readFund(db, groupId);
  if (inFund !== fund) faults.push(`the common fund has ${inFund} of ${fund}`);
  if (paid !== received + inFund) faults.push(`${paid} was paid, ${received} received, and ${inFund} kept`);
  return faults;
}

/** What members paid beyond what was due, and did not get back: nothing, once a cycle has ended. */
export async function findLeftCredits(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{
    fault: string;
  }>`select 'contribution ' || id || ' has ' || amount - allocated - returned
      || ' that nobody got back' as fault
    from contributions where group_id = ${groupId} and state = 'confirmed' and allocated + returned < amount
    order by id`.execute(db);
  return found.rows.map(({ fault }) => fault);
}

interface Sale {
  readonly shareId: string;
  readonly kind: string;
  readonly price: bigint;
  readonly commissionBasisPoints: bigint;
}

function toFundOf({ kind, price, commissionBasisPoints }: Sale, pot: bigint): bigint {
  if (kind === 'premium') return price;
  const commission = (pot * commissionBasisPoints) / 10_000n;
  return commission < price ? commission : price;
}

async function listSales(db: Db, cycleId: string): Promise<Sale[]> {
  const found = await sql<Sale>`select b.share_id as "shareId", a.kind, b.amount as price,
      a.commission_bp::bigint as "commissionBasisPoints"
    from auctions a join bids b on b.id = a.awarded_bid where a.cycle_id = ${cycleId} order by a.id`.execute(
    db,
  );
  return found.rows;
}

async function listFlows(
  db: Db,
  cycleId: string,
): Promise<{ shareId: string; paid: bigint; received: bigint }[]> {
  const found = await sql<{ shareId: string; paid: bigint; received: bigint }>`select s.id as "shareId",
      coalesce((select sum(l.amount) from allocations l join dues d on d.id = l.due_id
        where d.share_id = s.id and d.kind = 'pot'), 0)::bigint as paid,
      coalesce((select sum(p.wallet_paid + p.cash_paid) from payouts p where p.share_id = s.id), 0)::bigint as received
    from shares s where s.cycle_id = ${cycleId} order by s.number`.execute(db);
  return found.rows;
}

async function readFund(db: Db, groupId: string): Promise<bigint> {
  const found = await sql<{
    sum: bigint;
  }>`select coalesce(sum(credits_posted - debits_posted), 0)::bigint as sum
    from accounts where id like 'interest:' || ${groupId}::text || ':%'`.execute(db);
  return found.rows[0]?.sum ?? 0n;
}
