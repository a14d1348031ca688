/**
 * Reads and writes the `alert_deliveries` table: what is still to be said to the world.
 */
import type { Generated } from 'kysely';
import type { Tx } from '../../ground/postgres/database.ts';

/** By which way an alarm leaves the house. */
export type AlertChannel =
  | 'email' // to the addresses that the host configured
  | 'webhook'; // to the host's own program

interface AlertDeliveryTable {
  alert_id: string;
  channel: AlertChannel;
  told_at: Date;
  what: 'raised' | 'resolved';
  state: 'waiting' | 'sent' | 'given-up';
  tries: Generated<number>;
  due_at: Date | null;
  finished_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    alert_deliveries: AlertDeliveryTable;
  }
}

export interface AlertDelivery {
  readonly alertId: string;
  readonly channel: AlertChannel;
  readonly toldAt: Date;
  readonly what: 'raised' | 'resolved';
  readonly tries: number;
}

export async function insertDelivery(tx: Tx, delivery: Omit<AlertDelivery, 'tries'>): Promise<void> {
  await tx
    .insertInto('alert_deliveries')
    .values({
      alert_id: delivery.alertId,
      channel: delivery.channel,
      told_at: delivery.toldAt,
      what: delivery.what,
      state: 'waiting',
      due_at: delivery.toldAt,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Claims up to `limit` due deliveries until `leaseUntil`, each try counted. */
export async function claimDeliveries(
  tx: Tx,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<AlertDelivery[]> {
  const due = await tx
    .selectFrom('alert_deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const row of due) {
    await tx
      .updateTable('alert_deliveries')
      .set((eb) => ({ due_at: leaseUntil, tries: eb('tries', '+', 1) }))
      .where('alert_id', '=', row.alert_id)
      .where('channel', '=', row.channel)
      .where('told_at', '=', row.told_at)
      .execute();
  }
  return due.map((row) => ({
    alertId: row.alert_id,
    channel: row.channel,
    toldAt: row.told_at,
    what: row.what,
    tries: row.tries + 1,
  }));
}

export async function markDelivery(
  tx: Tx,
  delivery: AlertDelivery,
  end: { readonly state: 'sent' | 'given-up'; readonly at: Date } | { readonly dueAt: Date },
): Promise<void> {
  await tx
    .updateTable('alert_deliveries')
    .set('dueAt' in end ? { due_at: end.dueAt } : { state: end.state, due_at: null, finished_at: end.at })
    .where('alert_id', '=', delivery.alertId)
    .where('channel', '=', delivery.channel)
    .where('told_at', '=', delivery.toldAt)
    .execute();
}
