/**
 * Writes what answers of the provider change, for one payment or for two hundred, in the same few statements.
 *
 * The rows are locked by the caller. The transfers go last and in one call, because from there to the commit nobody
 * else posts. What the ledger refuses breaks the transaction: none of the set is written then.
 */
import { recordEvents } from '../../ground/events/record-events.ts';
import type { Ground } from '../../ground/ground.ts';
import { openAccounts } from '../../ground/ledger/open-accounts.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Effects } from './deposit-effects.ts';
import { ENQUIRE_PAYMENTS } from './payment-jobs.ts';
import { markSettled } from './payment-set.rows.ts';
import { wakeUps } from './wake-ups.ts';

export async function writeEffects(tx: Tx, ground: Ground, effects: readonly Effects[]): Promise<void> {
  if (effects.length === 0) return;
  await markSettled(
    tx,
    effects.map(({ paymentId, columns }) => ({ id: paymentId, columns })),
  );
  await recordEvents(
    tx,
    ground,
    effects.flatMap(({ events }) => events),
  );
  const moments = wakeUps(effects.flatMap(({ wakeAt }) => (wakeAt === undefined ? [] : [wakeAt])));
  for (const startAfter of moments) await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter });
  await openAccounts(
    tx,
    ground,
    effects.flatMap(({ accounts }) => accounts),
  );
  await postOrThrow(
    tx,
    ground,
    effects.flatMap(({ transfers }) => transfers),
  );
}
