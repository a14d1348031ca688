/**
 * Lists what moved on a float, all of it or that of some days, newest first.
 *
 * The float is walked backwards from the end of those days, so they cost the same however long the journal is. A day of
 * ours is the day on which a movement was recorded: each movement has exactly one.
 */
import { after, HOUR_MS } from '../../ground/clock.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import { findSeqAt } from '../../ground/ledger/find-seq-at.ts';
import { listStatement, type StatementLine } from '../../ground/ledger/statement.ts';
import type { Reader } from '../../ground/postgres/database.ts';

const PAGE_LINES = 1_000;
/** The clocks of two processes never differ by more. */
const SKEW_MS = HOUR_MS;

/** Whole days: from their first midnight to the one after them. */
export interface Days {
  readonly from: Date;
  readonly before: Date;
}

export async function listFloat(
  reader: Reader,
  float: AccountId,
  days: Days | undefined,
): Promise<StatementLine[]> {
  if (days !== undefined && days.from >= days.before) return [];
  const found: StatementLine[] = [];
  for (let before: bigint | undefined; ; ) {
    const page: StatementLine[] = await listStatement(reader, float, {
      limit: PAGE_LINES,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page.filter((line) => isWithin(line.recordedAt, days)));
    const oldest = page.at(-1);
    if (oldest === undefined || page.length < PAGE_LINES) return found;
    if (days !== undefined && oldest.recordedAt < after(days.from, -SKEW_MS)) return found;
    const isLater = days !== undefined && oldest.recordedAt > after(days.before, SKEW_MS);
    // The newest page is far after those days: nobody walks over the years between.
    before =
      isLater && before === undefined ? await findSeqAt(reader, after(days.before, SKEW_MS)) : oldest.seq;
  }
}

function isWithin(moment: Date, days: Days | undefined): boolean {
  return days === undefined || (moment >= days.from && moment < days.before);
}
