/**
 * Says how many months lie ready, and since when a month waits to be archived: for figures, alarms and the doctor.
 */
import { monthsAhead } from '../month.ts';
import type { Reader } from '../postgres/database.ts';
import { CLOSED_AFTER_MS, listMonths } from './archivable-month.ts';
import { archiveOf, listArchivedMonths, type MonthKind } from './month-archive.rows.ts';

export interface MonthFacts {
  readonly kind: MonthKind;
  /** Whole months after the present one; absent before the first ones were made. */
  readonly ahead: number | undefined;
  /** When the oldest month ended that is over and in no archive; absent when there is none. */
  readonly oldestUnarchivedAt: Date | undefined;
}

/** From then on a month is archived the next night. */
export function isArchiveDue({ kind, oldestUnarchivedAt }: MonthFacts, at: Date): boolean {
  return (
    oldestUnarchivedAt !== undefined && at.getTime() - oldestUnarchivedAt.getTime() >= CLOSED_AFTER_MS[kind]
  );
}

export async function examineMonths(reader: Reader, now: Date): Promise<MonthFacts[]> {
  const facts: MonthFacts[] = [];
  for (const kind of ['journal', 'events'] as const) {
    const months = await listMonths(reader, kind);
    const archived = await listArchivedMonths(reader, kind);
    const last = months.at(-1);
    facts.push({
      kind,
      ahead: last && monthsAhead(now, last.until),
      oldestUnarchivedAt: months.find(
        (month) => month.isFilled && month.until <= now && archiveOf(month, archived) === undefined,
      )?.until,
    });
  }
  return facts;
}
