/**
 * Sends one batch of the posting lane to the database, and gives every caller its own answer.
 *
 * A batch that is followed by another one does not wait for the disk: the next one may start, and its callers hear their
 * answers after a flush that they share (`joint-flush.ts`). A batch that the database cannot take is halved until the
 * one that it cannot take stands alone. The ids make a repetition safe, whatever became of the try before: what it did
 * answers `exists`.
 */
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { isDatabaseAway } from '../postgres/in-transaction.ts';
import { type Answer, accepted } from '../refusal.ts';
import { openJointFlush } from './joint-flush.ts';
import { insertTransfers, insertTransfersUnflushed } from './posting.rows.ts';
import type { Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

/** A caller in the lane: what it wants, until when it waits, and how it is told. */
export interface Waiting {
  readonly transfers: readonly Transfer[];
  readonly until_ms: number;
  readonly resolve: (answer: Answer<TransferCode[]>) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchSender {
  /**
   * Resolves when the shard is free for the next batch; `answered` ends when every caller was told. Neither rejects: the
   * callers hear of what failed.
   */
  send(batch: readonly Waiting[], isFollowed: boolean): Promise<{ readonly answered: Promise<void> }>;
}

/** An answer that was lost is asked for again with the same ids; a database that stays away is not waited for. */
const TRIES = 3;

export function openBatchSender(db: Db, ground: Pick<Ground, 'clock'>): BatchSender {
  const flush = openJointFlush(db);
  return {
    send: async (batch, isFollowed) => {
      if (isFollowed) {
        const transfers = transfersOf(batch);
        const codes = await tryUnflushed(transfers);
        if (codes !== undefined) return { answered: tellFlushed(batch, transfers, codes) };
      }
      await sendDurably(batch);
      return { answered: Promise.resolve() };
    },
  };

  /** Nothing when the database could not take it: the careful way finds out why, and who is to blame. */
  async function tryUnflushed(transfers: readonly Transfer[]): Promise<TransferCode[] | undefined> {
    const arrived = flush.expect();
    try {
      return await insertTransfersUnflushed(db, transfers, ground.clock.now());
    } catch {
      return undefined;
    } finally {
      arrived();
    }
  }

  async function tellFlushed(
    batch: readonly Waiting[],
    transfers: readonly Transfer[],
    codes: readonly TransferCode[],
  ): Promise<void> {
    try {
      await flush.wait(transfers, codes);
    } catch {
      // Unknown: what is there answers `exists`, what was lost is posted, and this time the commit itself waits.
      await sendDurably(batch);
      return;
    }
    tell(batch, codes);
  }

  async function sendDurably(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      tell(batch, await postDurably(transfersOf(batch)));
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await sendDurably(batch.slice(0, half));
      await sendDurably(batch.slice(half));
    }
  }

  async function postDurably(transfers: readonly Transfer[]): Promise<TransferCode[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        // One statement is one transaction, and one way to the server and back.
        return await insertTransfers(db, transfers, ground.clock.now());
      } catch (error) {
        if (attempt >= TRIES || !isDatabaseAway(error)) throw error;
      }
    }
  }
}

function transfersOf(batch: readonly Waiting[]): Transfer[] {
  return batch.flatMap(({ transfers }) => transfers);
}

function tell(batch: readonly Waiting[], codes: readonly TransferCode[]): void {
  let place = 0;
  for (const { transfers, resolve } of batch) {
    resolve(accepted(codes.slice(place, place + transfers.length)));
    place += transfers.length;
  }
}
