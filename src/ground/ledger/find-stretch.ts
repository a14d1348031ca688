/**
 * Finds the stretch of the journal that holds everything recorded in a period, as bounds of seq.
 *
 * Lines of an account are indexed by seq and not by time, so without bounds the report of a week would read all years.
 * Halving finds them in some thirty looks. Processes have clocks of their own, so rows stand in time only nearly in the
 * order of seq: the stretch is a little longer on both sides, and whoever reads it still compares the instants.
 */
import { after, HOUR_MS } from '../clock.ts';
import type { Reader } from '../postgres/database.ts';
import { findFence } from './fence.rows.ts';
import { findRecordedFrom } from './transfer.rows.ts';

/** More than two clocks that serve one database may differ. */
const SKEW_MS = HOUR_MS;

export interface Stretch {
  readonly fromSeq: bigint;
  /** Exclusive. */
  readonly untilSeq: bigint;
}

export async function findStretch(
  reader: Reader,
  period: { readonly from: Date; readonly until: Date },
): Promise<Stretch> {
  const { seq: last } = await findFence(reader);
  return {
    fromSeq: await findFirstSeq(reader, after(period.from, -SKEW_MS), last),
    untilSeq: await findFirstSeq(reader, after(period.until, SKEW_MS), last),
  };
}

/** The first seq that was recorded at `instant` or later; one after the last when there is none. */
async function findFirstSeq(reader: Reader, instant: Date, last: bigint): Promise<bigint> {
  let low = 1n;
  let high = last + 1n;
  while (low < high) {
    const middle = (low + high) / 2n;
    const recordedAt = await findRecordedFrom(reader, middle);
    if (recordedAt === undefined || recordedAt >= instant) high = middle;
    else low = middle + 1n;
  }
  return low;
}
