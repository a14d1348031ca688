/**
 * Compares the days of each float that are due with the statements, a limited number of them, and records each one: what
 * was compared, what differs, what no statement speaks about yet.
 *
 * What is due follows from the rows (`due-days.ts`), so a step that is repeated or that broke off loses no day and
 * compares none twice. A row is written for a day only together with its differences: a day that nobody looked at can
 * never look clean.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { findAccount } from '../../ground/ledger/account.rows.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { CURRENCIES } from '../../ground/money/currency.ts';
import type { Db, Reader, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Rails } from '../../rails/rails.ts';
import { type ReadComparison, readComparison } from '../../rails/statements/read-comparison.ts';
import { listPeriods } from '../../rails/statements/statement-period.rows.ts';
import { joinPeriods, midnightBefore } from '../../rails/statements/statement-period.ts';
import { type FloatKey, listStandingBreaks } from './break.rows.ts';
import { type DayLook, findLastLooks, insertDayLooks } from './day-look.rows.ts';
import { type DueDay, dayText, dueDays, spansOf } from './due-days.ts';
import { type Found, findBreaks } from './find-breaks.ts';
import { goneOf, keepBreaks, openedOf } from './keep-breaks.ts';
import { reconcileOnce } from './reconcile-once.ts';

/** A busy day is some ten thousand movements; eight of them fit in the memory of a small server. */
export const DAYS_AT_ONCE = 8;

/** How many days were looked at; `limit` is for each float. */
export async function lookAtDaysOnce(db: Db, ground: Ground, rails: Rails, limit: number): Promise<number> {
  const { name: provider, environment } = rails.provider;
  let looked = 0;
  for (const currency of CURRENCIES) {
    const of = { provider, environment, currency };
    const due = (await readDueDays(db, ground, of)).slice(0, limit);
    for (const span of spansOf(due))
      await inTransaction(db, async (tx) => await lookAtSpan(tx, ground, of, span));
    looked += due.length;
  }
  // What the days explain is part of the equation.
  if (looked > 0) await reconcileOnce(db, ground, rails, 'deep');
  return looked;
}

async function readDueDays(reader: Reader, ground: Ground, of: FloatKey): Promise<DueDay[]> {
  const float = await findAccount(reader, accountId('float', of.provider, of.currency));
  const periods = await listPeriods(reader, of);
  if (float === undefined && periods.length === 0) return [];
  const looks = await findLastLooks(reader, of);
  return dueDays({ now: ground.clock.now(), since: float?.openedAt, periods, looks });
}

/** `span`: days that follow each other, newest first. */
async function lookAtSpan(tx: Tx, ground: Ground, of: FloatKey, span: readonly DueDay[]): Promise<void> {
  const [newest, oldest] = [span[0], span.at(-1)];
  if (newest === undefined || oldest === undefined) return;
  const days = { from: oldest.midnight, before: after(newest.midnight, DAY_MS) };
  const standing = (await listStandingBreaks(tx, of)).filter((one) => one.kind !== 'balance');
  const read = await readComparison(tx, { ...of, days, besides: standing });
  const result = findBreaks(read, joinPeriods(await listPeriods(tx, of)));
  const ids = new Map(span.map((day) => [dayText(day.midnight), ground.ids.next('lok')]));
  const touched = daysTouched(read);
  // Of the days of a transaction the newest one that is looked at; one that stood and moved on other days: the newest.
  const dayOf = (reference: string): string => {
    const own = (touched.get(reference) ?? []).filter((day) => ids.has(day));
    return own.toSorted().at(-1) ?? dayText(newest.midnight);
  };
  const kept = { standing, found: result.breaks, lookOf: (reference: string) => ids.get(dayOf(reference)) };
  const opened = openedOf(kept).map((one) => dayOf(one.reference));
  const gone = goneOf(kept).map((one) => dayOf(one.reference));
  const looks = span.map((due): DayLook => {
    const day = dayText(due.midnight);
    return {
      ...countDay(read, result, { day, touched }),
      id: ids.get(day) ?? '',
      currency: of.currency,
      day,
      depth: due.depth,
      files: due.files,
      lookedAt: ground.clock.now(),
      opened: opened.filter((one) => one === day).length,
      gone: gone.filter((one) => one === day).length,
    };
  });
  await insertDayLooks(tx, of, looks);
  await keepBreaks(tx, ground, of, kept);
}

/** On which days each transaction was stated or booked. */
function daysTouched({ lines, effects }: ReadComparison): Map<string, string[]> {
  const touched = new Map<string, string[]>();
  const touch = (reference: string, at: Date): void =>
    void touched.set(reference, [...(touched.get(reference) ?? []), dayText(midnightBefore(at))]);
  for (const line of lines) touch(line.reference, line.happenedAt);
  for (const { reference, legs } of effects) for (const leg of legs) touch(reference, leg.recordedAt);
  return touched;
}

function countDay(
  { lines, effects }: ReadComparison,
  { breaks, waiting }: Found,
  { day, touched }: { readonly day: string; readonly touched: ReadonlyMap<string, readonly string[]> },
): Pick<DayLook, 'lines' | 'movements' | 'differing' | 'unstated'> {
  const isOn = (at: Date): boolean => dayText(midnightBefore(at)) === day;
  const differing = new Set(breaks.map((one) => one.reference));
  return {
    lines: lines.filter((line) => isOn(line.happenedAt)).length,
    movements: effects.flatMap((one) => one.legs).filter((leg) => isOn(leg.recordedAt)).length,
    differing: [...differing].filter((reference) => touched.get(reference)?.includes(day)).length,
    unstated: waiting.filter((leg) => isOn(leg.recordedAt)).length,
  };
}
