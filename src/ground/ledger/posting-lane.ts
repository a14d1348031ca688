/**
 * Gathers transfers of many callers into batches: when the lane is free, everything that waits goes, in one transaction.
 *
 * No timer decides: at low load a batch is one caller and costs one call, and under load it grows by itself, because
 * callers arrive while the batches before are on their way. Two are in flight, one behind the other over one connection
 * (`ground/postgres/statement-line.ts`), so that callers are served in the order in which they came and the database need
 * not wait for the answers to be read. When nothing is in flight and many wait, half of them go, and the others right
 * behind. It is for callers whose fact is the transfers and nothing else; facts that change together with rows call
 * `postTransfers` in their own transaction.
 *
 * Refuses: `ledger-busy` when too much waits already, or when the caller's patience ended before its turn. Nothing was
 * posted then, and the same ids may be sent again.
 */
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../refusal.ts';
import { openBatchSender, type Waiting } from './send-batch.ts';
import { checkShape, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

export interface PostingLaneOptions {
  /** Most transfers of one batch; beyond 1000 the latency grows and the speed does not. */
  readonly atOnce?: number;
  /** Most transfers that may wait; whoever comes after is refused at the door. */
  readonly waiting?: number;
  /** How long a caller waits for its turn, in ms. */
  readonly patience_ms?: number;
}

export interface PostingLane {
  /** One answer for each transfer, in order. A linked chain must be whole within one call. */
  post(transfers: readonly Transfer[]): Promise<Answer<TransferCode[]>>;
  /** Resolves when nothing waits and nothing is on its way; whoever comes after is refused. */
  close(): Promise<void>;
}

const AT_ONCE = 1000;
const WAITING = 20_000;
const PATIENCE_MS = 10_000;
/** Up to here everybody goes at once: half of few would be more batches, and each has a price. */
const FEW = 16;
/** One is computed while the answers of the other one are read and the next one is made; a third would only wait there. */
const AT_SERVER = 2;

export function openPostingLane(db: Db, ground: Ground, options: PostingLaneOptions = {}): PostingLane {
  const { atOnce = AT_ONCE, waiting: most = WAITING, patience_ms = PATIENCE_MS } = options;
  const queue: Waiting[] = [];
  let waiting = 0;
  /** Batches of which not every caller has its answer. */
  const unanswered = new Set<Promise<void>>();
  let atServer = 0;
  let isStarting = false;
  let isClosed = false;
  const sender = openBatchSender(db, ground);

  return {
    post: async (transfers) => {
      for (const transfer of transfers) checkShape(transfer);
      invariant(transfers.length <= atOnce, `${transfers.length} transfers exceed a batch of ${atOnce}`);
      invariant(transfers.at(-1)?.linked !== true, 'a chain would go on into the next caller’s transfers');
      if (transfers.length === 0) return accepted([]);
      if (isClosed || waiting + transfers.length > most) return refused(LEDGER_BUSY);
      waiting += transfers.length;
      return await new Promise((resolve, reject) => {
        const until_ms = ground.clock.now().getTime() + patience_ms;
        queue.push({ transfers, until_ms, resolve, reject });
        if (!isStarting) {
          isStarting = true;
          void start();
        }
      });
    },
    close: async () => {
      isClosed = true;
      while (queue.length > 0 || unanswered.size > 0) await Promise.all(unanswered);
    },
  };

  async function start(): Promise<void> {
    // Whoever calls in the same turn of the event loop rides along.
    await Promise.resolve();
    isStarting = false;
    sendNext();
  }

  function sendNext(): void {
    while (queue.length > 0 && atServer < AT_SERVER) {
      const batch = take(atServer === 0 && waiting > FEW ? Math.min(atOnce, Math.ceil(waiting / 2)) : atOnce);
      if (batch.length === 0) continue;
      // With others on their way it shares a wait for the disk; alone, one trip does both.
      const isAlone = atServer === 0 && queue.length === 0;
      atServer += 1;
      const sent = sendOne(batch, isAlone).finally(() => unanswered.delete(sent));
      unanswered.add(sent);
    }
  }

  async function sendOne(batch: readonly Waiting[], isAlone: boolean): Promise<void> {
    const { answered } = await sender.send(batch, !isAlone);
    atServer -= 1;
    sendNext();
    await answered;
  }

  function take(most: number): readonly Waiting[] {
    const { batch, gone } = takeFrom(queue, most, ground.clock.now().getTime());
    waiting -= gone;
    return batch;
  }
}

/** Takes the first callers out of the queue, as many as fit; who waited too long is refused. `gone` counts transfers. */
function takeFrom(
  queue: Waiting[],
  most: number,
  now_ms: number,
): { readonly batch: readonly Waiting[]; readonly gone: number } {
  const batch: Waiting[] = [];
  let [first, count, gone] = [0, 0, 0];
  for (let next = queue[first]; next !== undefined; next = queue[first]) {
    if (next.until_ms < now_ms) next.resolve(refused(LEDGER_BUSY));
    else if (count > 0 && count + next.transfers.length > most) break;
    else {
      batch.push(next);
      count += next.transfers.length;
    }
    first += 1;
    gone += next.transfers.length;
  }
  // The line may never be empty for hours: those who went must not be kept until then.
  queue.splice(0, first);
  return { batch, gone };
}

export const LEDGER_BUSY = refusal(
  'ledger-busy',
  'unavailable',
  'Beaucoup de personnes paient en ce moment. Rien n’a bougé : réessayez dans un instant.',
  'Many people are paying right now. Nothing moved: try again in a moment.',
);
