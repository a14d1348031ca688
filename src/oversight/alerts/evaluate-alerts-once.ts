/**
 * Looks once at everything that alarms are raised about, and writes down which stand.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Rails } from '../../rails/rails.ts';
import { lockRules } from './alert.rows.ts';
import type { AlertChannel } from './alert-delivery.rows.ts';
import { DELIVER_ALERTS } from './alert-jobs.ts';
import { judgeSignals } from './alert-rule.ts';
import { raiseFindings } from './raise-findings.ts';
import { readSignals } from './read-signals.ts';

/** Always 0: the next look is the next minute's. */
export async function evaluateAlertsOnce(
  db: Db,
  ground: Ground,
  rails: Rails,
  channels: readonly AlertChannel[],
): Promise<number> {
  const signals = await readSignals(db, rails.provider, ground.clock.now());
  await inTransaction(db, async (tx) => {
    const rules = await lockRules(tx);
    const found = judgeSignals(signals, rules);
    const told = await raiseFindings(tx, ground, { found, rules, channels, complete: true });
    if (told > 0) await ground.queue.enqueue(tx, DELIVER_ALERTS);
  });
  return 0;
}
