/**
 * Reads `payments_not_succeeded`: the few payments that are sought by what changes in their life.
 *
 * The database keeps that table by itself, as it keeps an index, and refuses whoever else writes it; `payments` is the only
 * truth. Whoever finds a payment here reads it there, and under its lock asks once more for what it was found by.
 */
import { type Selectable, sql } from 'kysely';
import type { Database, Reader, Tx } from '../../ground/postgres/database.ts';
import type { Direction } from '../provider.ts';
import type { PaymentState } from './payment.ts';

/** One for each payment whose state is not `succeeded`. */
interface NotSucceededTable {
  payment_id: string;
  state: PaymentState;
  direction: Direction;
  created_at: Date;
  next_action_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    payments_not_succeeded: NotSucceededTable;
  }
}

/**
 * Takes the locks of up to `limit` payments that are due for a status read, the longest due first, and passes over those
 * whose lock somebody has.
 */
export async function lockDuePayments(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<Selectable<Database['payments']>[]> {
  return await tx
    .selectFrom('payments_not_succeeded as n')
    .innerJoin('payments as p', 'p.id', 'n.payment_id')
    .selectAll('p')
    .where('n.next_action_at', '<=', now)
    .where('n.state', 'not in', ['created', 'submitting'])
    .where('p.next_action_at', '<=', now)
    .where('p.state', 'not in', ['created', 'submitting'])
    .orderBy('n.next_action_at')
    .orderBy('n.payment_id')
    .limit(limit)
    .forUpdate('p')
    .skipLocked()
    .execute();
}

/** The payments of which the two tables do not say the same: none, as long as the database keeps what it promised. */
export async function listAstray(reader: Reader): Promise<string[]> {
  const found = await sql<{ id: string }>`select coalesce(p.id, n.payment_id) as id
    from payments p full join payments_not_succeeded n on n.payment_id = p.id
    where (p.state = 'succeeded') is distinct from (n.payment_id is null)
      or n.payment_id is not null and (p.state, p.direction, p.created_at, p.next_action_at, p.provider, p.environment,
        p.service_id, p.phone_hash, p.amount) is distinct from (n.state, n.direction, n.created_at, n.next_action_at,
        n.provider, n.environment, n.service_id, n.phone_hash, n.amount)
    order by 1`.execute(reader);
  return found.rows.map(({ id }) => id);
}
