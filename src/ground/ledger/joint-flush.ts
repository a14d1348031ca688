/**
 * Waits for the disk once for everybody who waits: what was posted without waiting for it becomes an answer here.
 *
 * The shard's lock need not be held while the disk works, if nobody is told anything before the disk has answered
 * (decision 0041). One flush is on its way at a time; whoever comes meanwhile shares the next one. There is no timer.
 *
 * A flush proves nothing by itself: between the commit and the flush the server may have crashed, or another one taken
 * over, and the rows are gone while the flush succeeds. So the flush looks for what it vouches for, in the history that
 * it puts on disk; whatever is not there is unknown, and coming again with the same ids is harmless.
 */
import type { Uuid } from '../identifiers.ts';
import type { Db } from '../postgres/database.ts';
import { DoubtfulCommit } from '../postgres/doubtful-commit.ts';
import { confirmFlushed } from './transfer.rows.ts';
import type { Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

/** Resolves when these answers can no longer be lost; throws what `isDatabaseAway` calls away when they may be. */
export type JointFlush = (transfers: readonly Transfer[], codes: readonly TransferCode[]) => Promise<void>;

interface Round {
  readonly ids: Uuid[][];
  readonly done: Promise<readonly boolean[]>;
}

export function openJointFlush(db: Db): JointFlush {
  let present: Promise<unknown> | undefined;
  let next: Round | undefined;

  return async (transfers, codes) => {
    const ids = witnessesOf(transfers, codes);
    next ??= gather(present);
    const place = next.ids.push(ids) - 1;
    const known = await next.done;
    if (known[place] !== true) throw new DoubtfulCommit();
  };

  function gather(before: Promise<unknown> | undefined): Round {
    const ids: Uuid[][] = [];
    const done = (before ?? Promise.resolve()).then(flushNow, flushNow);
    return { ids, done };

    async function flushNow(): Promise<readonly boolean[]> {
      next = undefined;
      const flushing = flush(db, ids);
      present = flushing;
      try {
        return await flushing;
      } finally {
        if (present === flushing) present = undefined;
      }
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
