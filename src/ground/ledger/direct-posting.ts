/**
 * Posts the transfers of one caller in one call of their own, and lets the next caller in while the disk still works.
 *
 * For callers whose fact is the transfers and nothing else, and who do not want to wait for a batch: the shard is held
 * for as long as the database thinks, and not for as long as the disk turns. Calls lie behind each other on one
 * connection (`ground/postgres/statement-line.ts`), so the server goes from one to the next without a change of session.
 * The answer comes after the flush (`joint-flush.ts`), which all callers of a process share. Facts that change together
 * with rows call `postTransfers` in their own transaction.
 *
 * Throws an error that `isDatabaseAway` knows when the outcome is unknown: the same ids may be sent again.
 */
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { type JointFlush, openJointFlush } from './joint-flush.ts';
import { insertTransfersUnflushed } from './posting.rows.ts';
import { checkShape, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

export interface DirectPosting {
  /** One answer for each transfer, in order. */
  post(transfers: readonly Transfer[]): Promise<TransferCode[]>;
}

export function openDirectPosting(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  flush: JointFlush = openJointFlush(db),
): DirectPosting {
  return {
    post: async (transfers) => {
      for (const transfer of transfers) checkShape(transfer);
      if (transfers.length === 0) return [];
      const arrived = flush.expect();
      let codes: TransferCode[];
      try {
        codes = await insertTransfersUnflushed(db, transfers, ground.clock.now());
      } finally {
        arrived();
      }
      await flush.wait(transfers, codes);
      return codes;
    },
  };
}
