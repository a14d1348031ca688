/**
 * Knows, for each kind of month, from when on it receives no new row, what its file is called, and which lines it has.
 */
import { DAY_MS } from '../clock.ts';
import { findEventEnds, listEventLines, listEventMonths } from '../events/event-month.rows.ts';
import { GENESIS, linkAfter } from '../ledger/chain.ts';
import { OLDEST_ID_MS } from '../ledger/id-window.ts';
import { findJournalEnds, listJournalMonths, listMonthOfChain } from '../ledger/journal-month.rows.ts';
import { findLink } from '../ledger/transfer.rows.ts';
import { type Month, monthName } from '../month.ts';
import type { Reader } from '../postgres/database.ts';
import { invariant } from '../refusal.ts';
import type { MonthKind } from './month-archive.rows.ts';

/** Few enough for the memory, and enough for few questions. */
const ROWS_AT_ONCE = 2_000;
/** An event is written within seconds of its id; a month later even a machine that slept has written it. */
const EVENTS_LATE_MS = 31 * DAY_MS;

/** So long after its end a month certainly receives no new row. */
export const CLOSED_AFTER_MS: Readonly<Record<MonthKind, number>> = {
  journal: OLDEST_ID_MS,
  events: EVENTS_LATE_MS,
};

export async function listMonths(reader: Reader, kind: MonthKind): Promise<Month[]> {
  return kind === 'journal' ? await listJournalMonths(reader) : await listEventMonths(reader);
}

/** With the first and the last row in it, so that two databases never write different rows under one name. */
export async function fileNameOf(reader: Reader, kind: MonthKind, month: Month): Promise<string | undefined> {
  const ends = kind === 'journal' ? await findJournalEnds(reader, month) : await findEventEnds(reader, month);
  return ends && `${kind}-${monthName(month)}-${ends.first}-${ends.last}.jsonl.age`;
}

/** Each row as a line of JSON. */
export function linesOf(reader: Reader, kind: MonthKind, month: Month): AsyncGenerator<string> {
  return kind === 'journal' ? journalLines(reader, month) : eventLines(reader, month);
}

async function* eventLines(reader: Reader, month: Month): AsyncGenerator<string> {
  let last = '';
  for (;;) {
    const page = await listEventLines(reader, month, last, ROWS_AT_ONCE);
    for (const { line } of page) yield line;
    last = page.at(-1)?.id ?? last;
    if (page.length < ROWS_AT_ONCE) return;
  }
}

/**
 * Throws at a row that is not what its link says. What belongs to a month by its id was not all recorded in one stretch,
 * so the link before a row is often of another month.
 */
async function* journalLines(reader: Reader, month: Month): AsyncGenerator<string> {
  let [lastSeq, lastLink] = [0n, GENESIS];
  for (;;) {
    const page = await listMonthOfChain(reader, month, lastSeq, ROWS_AT_ONCE);
    for (const row of page) {
      const before = row.seq === lastSeq + 1n ? lastLink : await findLink(reader, row.seq - 1n);
      invariant(
        before !== undefined && linkAfter(before, row) === row.link,
        `the journal is broken at ${row.seq}: its month is not archived`,
      );
      yield JSON.stringify(row, (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      [lastSeq, lastLink] = [row.seq, row.link];
    }
    if (page.length < ROWS_AT_ONCE) return;
  }
}
