/**
 * Posts the transfers of one caller in a call and a transaction of their own, and lets the next caller in while the disk
 * still works.
 *
 * For callers whose fact is the transfers and nothing else, and who do not want to wait for a batch: the shard is held
 * for as long as the database thinks, and not for as long as the disk turns. Calls lie behind each other on one
 * connection (`ground/postgres/statement-line.ts`). Those of the same moment do not wait for the disk themselves: behind
 * the last of them lies one commit that does, and every answer comes after it. It was the same session that wrote them, so
 * the history that this commit puts on disk is the one that they are in. Whoever comes meanwhile goes with the next ones,
 * and who is alone waits with the own commit: no timer, as in the posting lane.
 *
 * Facts that change together with rows call `postTransfers` in their own transaction.
 *
 * Throws an error that `isDatabaseAway` knows when the outcome is unknown: the same ids may be sent again.
 */
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { lineOf } from '../postgres/statement-line.ts';
import { flushSession, insertTransfers, insertTransfersInFront } from './posting.rows.ts';
import { checkShape, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

export interface DirectPosting {
  /** One answer for each transfer, in order. */
  post(transfers: readonly Transfer[]): Promise<TransferCode[]>;
}

interface Call {
  readonly transfers: readonly Transfer[];
  readonly resolve: (codes: TransferCode[]) => void;
  readonly reject: (error: unknown) => void;
}

/** `flush` resolves when everything that was posted before it is durable; tests take it away. */
export function openDirectPosting(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  flush: (db: Db) => Promise<void> = flushSession,
): DirectPosting {
  let calls: Call[] = [];
  let isUnderWay = false;

  return {
    post: async (transfers) => {
      for (const transfer of transfers) checkShape(transfer);
      if (transfers.length === 0) return [];
      return await new Promise((resolve, reject) => {
        calls.push({ transfers, resolve, reject });
        consider();
      });
    },
  };

  function consider(): void {
    if (isUnderWay || calls.length === 0) return;
    isUnderWay = true;
    // When all who were told in this turn have had the time to come again.
    process.nextTick(() => void sendCalls());
  }

  async function sendCalls(): Promise<void> {
    const those = calls;
    calls = [];
    // Without a line each statement may go over another session, and a commit behind them would prove nothing.
    const shareOne = those.length > 1 && lineOf(db) !== undefined;
    await Promise.all(shareOne ? sendInFrontOfFlush(those) : those.map(sendAlone));
    isUnderWay = false;
    consider();
  }

  async function sendAlone(call: Call): Promise<void> {
    await answer(call, insertTransfers(db, call.transfers, ground.clock.now()));
  }

  /** All of them are sent in this turn, and so over one session; whatever ends it ends them all. */
  function sendInFrontOfFlush(those: readonly Call[]): Promise<void>[] {
    const now = ground.clock.now();
    const sent = those.map((call) => ({ call, posted: insertTransfersInFront(db, call.transfers, now) }));
    const flushed = flush(db);
    return sent.map(async ({ call, posted }) => {
      const both = Promise.all([posted, flushed]);
      await answer(
        call,
        both.then(([codes]) => codes),
      );
    });
  }
}

async function answer({ resolve, reject }: Call, codes: Promise<TransferCode[]>): Promise<void> {
  try {
    resolve(await codes);
  } catch (error) {
    reject(error);
  }
}
