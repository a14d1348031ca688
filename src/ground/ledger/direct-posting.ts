/**
 * Posts the transfers of one caller in one call of their own, and lets the next caller in while the disk still works.
 *
 * For callers whose fact is the transfers and nothing else, and who do not want to wait for a batch: the shard is held
 * for as long as the database thinks, and not for as long as the disk turns. The answer comes after the flush
 * (`joint-flush.ts`), which all callers of a process share. Facts that change together with rows call `postTransfers`
 * in their own transaction.
 *
 * Throws an error that `isDatabaseAway` knows when the outcome is unknown: the same ids may be sent again.
 */
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { type JointFlush, openJointFlush } from './joint-flush.ts';
import { insertTransfersUnflushed } from './transfer.rows.ts';
import { checkShape, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

/**
 * Most calls at the server at once: one has the shard, the next one stands ready behind it. Those who would stand there
 * too wait here, because each change of turn among sleeping sessions costs the server more than the transfer does.
 */
const AT_SERVER = 2;

export interface DirectPosting {
  /** One answer for each transfer, in order. */
  post(transfers: readonly Transfer[]): Promise<TransferCode[]>;
}

export function openDirectPosting(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  flushed: JointFlush = openJointFlush(db),
): DirectPosting {
  const line: (() => void)[] = [];
  let free = AT_SERVER;

  return {
    post: async (transfers) => {
      for (const transfer of transfers) checkShape(transfer);
      if (transfers.length === 0) return [];
      await turn();
      let codes: TransferCode[];
      try {
        codes = await insertTransfersUnflushed(db, transfers, ground.clock.now());
      } finally {
        pass();
      }
      await flushed(transfers, codes);
      return codes;
    },
  };

  async function turn(): Promise<void> {
    if (free === 0) await new Promise<void>((resolve) => line.push(resolve));
    else free -= 1;
  }

  function pass(): void {
    const next = line.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
