/**
 * Adds the monthly partitions that the journal will need.
 *
 * A transfer whose month has no partition is refused, so months are made long before they come; running it twice makes
 * nothing twice.
 */
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { insertPartitions } from './fence.rows.ts';

/** Makes sure that the present month and the `months` after it have a partition; returns how many it made. */
export async function makePartitionsOnce(db: Db, ground: Ground, months: number): Promise<number> {
  const now = ground.clock.now();
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + 1));
  return await inTransaction(db, async (tx) => await insertPartitions(tx, until));
}
