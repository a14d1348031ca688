/**
 * Ends withdrawal requests whose PIN did not come within ten minutes (W5b).
 *
 * A late PIN is refused by the clock whether or not this has run; it only keeps the list of open requests short.
 */
import type { Ground } from '../ground/ground.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { markExpiredRequestsLapsed } from './withdrawal-request.rows.ts';

/** Ends at most `limit` requests; returns how many. */
export async function lapseWithdrawalRequestsOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  return await inTransaction(db, async (tx) => await markExpiredRequestsLapsed(tx, now, limit));
}
