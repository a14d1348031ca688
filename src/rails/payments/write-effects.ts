/**
 * Writes what answers of the provider change, for one payment or for two hundred, in the same few statements.
 *
 * The rows are locked by the caller. The statements touch different tables and need no answer of each other, so they go to
 * the database together and cost one way there and back. The transfers stand last in that line and are one call, because
 * from there to the commit nobody else posts. What the ledger refuses breaks the transaction: none of the set is written.
 */
import { recordEvents } from '../../ground/events/record-events.ts';
import type { Ground } from '../../ground/ground.ts';
import { openAccounts } from '../../ground/ledger/open-accounts.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { travelTogether } from '../../ground/postgres/travel-together.ts';
import type { Effects } from './deposit-effects.ts';
import { keepStatusAnswers } from './keep-status-answers.ts';
import { ENQUIRE_PAYMENTS } from './payment-jobs.ts';
import { markSettled } from './payment-set.rows.ts';
import type { Answered } from './status-verdict.ts';
import { wakeUps } from './wake-ups.ts';

export interface ToWrite {
  readonly effects: readonly Effects[];
  /** What the provider said, kept for the payments' stories. */
  readonly answers: readonly Answered[];
}

/** `beside` is sent first. */
export async function writeEffects(
  tx: Tx,
  ground: Ground,
  { effects, answers }: ToWrite,
  beside: (tx: Tx) => readonly Promise<void>[] = () => [],
): Promise<void> {
  const moments = wakeUps(effects.flatMap(({ wakeAt }) => (wakeAt === undefined ? [] : [wakeAt])));
  await travelTogether(tx, (together) => [
    ...beside(together),
    keepStatusAnswers(together, ground, answers),
    markSettled(
      together,
      effects.map(({ paymentId, columns }) => ({ id: paymentId, columns })),
    ),
    recordEvents(
      together,
      ground,
      effects.flatMap(({ events }) => events),
    ),
    openAccounts(
      together,
      ground,
      effects.flatMap(({ accounts }) => accounts),
    ),
    ...moments.map(
      async (startAfter) => await ground.queue.enqueue(together, ENQUIRE_PAYMENTS, { startAfter }),
    ),
    postOrThrow(
      together,
      ground,
      effects.flatMap(({ transfers }) => transfers),
    ),
  ]);
}
