/**
 * Waits for the disk once for everybody who waits: what was posted without waiting for it becomes an answer here.
 *
 * The shard's lock need not be held while the disk works, if nobody is told anything before the disk has answered
 * (decision 0041). One flush is on its way at a time; whoever comes meanwhile shares the next one. It begins when at least
 * as many wait as are still on their way to it: a flush for each of few would cost more than their postings do. There is no
 * timer, and who is alone goes at once.
 *
 * A flush proves nothing by itself: between the commit and the flush the server may have crashed, or another one taken
 * over, and the rows are gone while the flush succeeds. So the flush looks for what it vouches for, in the history that
 * it puts on disk; whatever is not there is unknown, and coming again with the same ids is harmless.
 */
import type { Uuid } from '../identifiers.ts';
import type { Db } from '../postgres/database.ts';
import { DoubtfulCommit } from '../postgres/doubtful-commit.ts';
import { confirmFlushed } from './posting.rows.ts';
import type { Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

export interface JointFlush {
  /** Tells of a posting on its way. What it returns is called once, when the posting has its answer or none. */
  expect(): () => void;
  /** Resolves when these answers can no longer be lost; throws what `isDatabaseAway` calls away when they may be. */
  wait(transfers: readonly Transfer[], codes: readonly TransferCode[]): Promise<void>;
}

interface Waiting {
  readonly ids: readonly Uuid[];
  readonly resolve: (isKnown: boolean) => void;
  readonly reject: (error: unknown) => void;
}

export function openJointFlush(db: Db): JointFlush {
  let waiting: Waiting[] = [];
  let onTheirWay = 0;
  let isFlushing = false;

  return {
    expect: () => {
      onTheirWay += 1;
      return () => {
        onTheirWay -= 1;
        // Not before the one who arrived has begun to wait.
        queueMicrotask(consider);
      };
    },
    wait: async (transfers, codes) => {
      const isKnown = await new Promise<boolean>((resolve, reject) => {
        waiting.push({ ids: witnessesOf(transfers, codes), resolve, reject });
        queueMicrotask(consider);
      });
      if (!isKnown) throw new DoubtfulCommit();
    },
  };

  function consider(): void {
    if (isFlushing || waiting.length === 0 || waiting.length < onTheirWay) return;
    isFlushing = true;
    void flushThem();
  }

  async function flushThem(): Promise<void> {
    const those = waiting;
    waiting = [];
    try {
      const known = await flush(
        db,
        those.map(({ ids }) => ids),
      );
      for (const [place, { resolve }] of those.entries()) resolve(known[place] === true);
    } catch (error) {
      for (const { reject } of those) reject(error);
    } finally {
      isFlushing = false;
      // Those who were told may come again at once: they are counted first.
      queueMicrotask(consider);
    }
  }
}

/** For each group of ids: whether all of them are in what was flushed. */
async function flush(db: Db, groups: readonly (readonly Uuid[])[]): Promise<readonly boolean[]> {
  const all = new Set(groups.flat());
  if ((await confirmFlushed(db, [...all])) === BigInt(all.size)) return groups.map(() => true);
  // Something is missing, which happens once in years: everybody's own ids are asked for alone.
  const known: boolean[] = [];
  for (const group of groups) {
    known.push((await confirmFlushed(db, [...new Set(group)])) === BigInt(new Set(group).size));
  }
  return known;
}

/**
 * The ids whose presence proves that the answers stand. One that was posted proves its whole transaction; without any,
 * each id has to be there for itself, posted before or refused.
 */
function witnessesOf(transfers: readonly Transfer[], codes: readonly TransferCode[]): Uuid[] {
  const posted = transfers.find((_, place) => codes[place] === 'posted');
  if (posted !== undefined) return [posted.id];
  return transfers.filter((_, place) => codes[place] !== 'id-outside-window').map(({ id }) => id);
}
