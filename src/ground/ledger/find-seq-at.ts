/**
 * Finds where in the journal a moment is: the first seq that was recorded then or later.
 *
 * The seqs have no gap and grow with the time, so some twenty looks at single rows find it in a journal of any length,
 * without an index by time. Clocks of several processes may differ by a little: whoever needs every row of an hour asks
 * for a bit more.
 */
import type { Reader } from '../postgres/database.ts';
import { findFence } from './fence.rows.ts';
import { findRecordedAt } from './transfer.rows.ts';

export async function findSeqAt(reader: Reader, moment: Date): Promise<bigint> {
  const { seq: last } = await findFence(reader);
  let [low, high] = [1n, last + 1n];
  while (low < high) {
    const middle = (low + high) / 2n;
    const at = await findRecordedAt(reader, middle);
    if (at !== undefined && at >= moment) high = middle;
    else low = middle + 1n;
  }
  return low;
}
