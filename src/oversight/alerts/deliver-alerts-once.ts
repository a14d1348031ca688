/**
 * Says what is still to be said about alarms, each to its way out, outside any transaction.
 *
 * A message that was not taken is tried again for half a day, ever more rarely; a message may arrive twice when a process
 * dies between sending and writing, and carries an id by which the receiver can tell.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { findAlerts } from './alert.rows.ts';
import { type AlertDelivery, claimDeliveries, markDelivery } from './alert-delivery.rows.ts';
import type { AlertGateway } from './alert-gateway.ts';

const RETRY_AFTER_MIN = [1, 5, 15, 60, 180, 480];
/** Longer than any of the ways takes. */
const LEASE_MS = 2 * MINUTE_MS;

/** Returns how many messages it looked at. */
export async function deliverAlertsOnce(
  db: Db,
  ground: Ground,
  gateways: readonly AlertGateway[],
  limit: number,
): Promise<number> {
  const now = ground.clock.now();
  const due = await inTransaction(
    db,
    async (tx) => await claimDeliveries(tx, now, after(now, LEASE_MS), limit),
  );
  const alerts = await findAlerts(
    db,
    due.map((one) => one.alertId),
  );
  for (const delivery of due) {
    const alert = alerts.get(delivery.alertId);
    const gateway = gateways.find((one) => one.channel === delivery.channel);
    const { alertId, toldAt, what } = delivery;
    const id = `${alertId}-${what}-${toldAt.getTime()}`;
    const sent =
      alert === undefined || gateway === undefined
        ? 'failed'
        : await gateway.send({ id, what, alert, toldAt });
    await inTransaction(db, async (tx) => {
      const at = ground.clock.now();
      await markDelivery(tx, delivery, sent === 'sent' ? { state: 'sent', at } : endOf(delivery, at));
    });
  }
  return due.length;
}

function endOf({ tries }: AlertDelivery, at: Date): Parameters<typeof markDelivery>[2] {
  const wait_min = RETRY_AFTER_MIN[tries - 1];
  return wait_min === undefined ? { state: 'given-up', at } : { dueAt: after(at, wait_min * MINUTE_MS) };
}
