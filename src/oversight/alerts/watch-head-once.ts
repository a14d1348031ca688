/**
 * Publishes the head of the chain outside the database, and raises an alarm when the books are not those of the head
 * that was published before.
 */
import type { Ground } from '../../ground/ground.ts';
import { convicts } from '../../ground/heads/compare-head.ts';
import type { HeadShelf } from '../../ground/heads/head-shelf.ts';
import { publishHeadOnce } from '../../ground/heads/publish-head-once.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { lockRules } from './alert.rows.ts';
import type { AlertChannel } from './alert-delivery.rows.ts';
import { DELIVER_ALERTS } from './alert-jobs.ts';
import type { Finding } from './alert-rule.ts';
import { raiseFindings } from './raise-findings.ts';

/** Always 0: the next head is the next minute's. A place that takes nothing makes the job fail, which is an alarm too. */
export async function watchHeadOnce(
  db: Db,
  ground: Ground,
  shelf: HeadShelf,
  channels: readonly AlertChannel[],
): Promise<number> {
  const { verdict, seq } = await publishHeadOnce(db, ground, shelf);
  if (!convicts(verdict)) return 0;
  const found: Finding[] = [
    { rule: 'chain-broken', subject: 'published head', measured: `${verdict}, nº ${seq}` },
  ];
  await inTransaction(db, async (tx) => {
    const rules = await lockRules(tx);
    const told = await raiseFindings(tx, ground, { found, rules, channels, complete: false });
    if (told > 0) await ground.queue.enqueue(tx, DELIVER_ALERTS);
  });
  return 0;
}
