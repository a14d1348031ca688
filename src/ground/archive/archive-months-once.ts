/**
 * Puts the oldest month that receives no new row into a sealed file beside the backups, compares it, freezes the month, and
 * only then says that it is archived.
 *
 * Each row of the journal is checked against the chain while it is written. Nothing leaves the database here. A process
 * that dies anywhere leaves a file that the next one writes again, and never a month that is said to be archived and is not.
 */
import { after, type Clock } from '../clock.ts';
import { freezeMonth } from '../ledger/journal-month.rows.ts';
import type { Month } from '../month.ts';
import { alone, patiently } from '../postgres/alone.ts';
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { CLOSED_AFTER_MS, fileNameOf, linesOf, listMonths } from './archivable-month.ts';
import { archiveOf, insertArchive, listArchivedMonths, type MonthKind } from './month-archive.rows.ts';
import { type ArchivePlace, writeArchive } from './write-archive.ts';

/** How many months were archived: one, or none when none is due. */
export async function archiveMonthsOnce(
  db: Db,
  { clock }: { readonly clock: Clock },
  place: ArchivePlace,
): Promise<number> {
  const done = await alone(db, 'monthArchives', async (connection) => {
    for (const kind of ['journal', 'events'] as const) {
      const archived = await listArchivedMonths(connection, kind);
      const closed = after(clock.now(), -CLOSED_AFTER_MS[kind]);
      const months = (await listMonths(connection, kind)).filter(
        (month) => month.isFilled && month.until <= closed && archiveOf(month, archived) === undefined,
      );
      for (const month of months) {
        if (await archiveMonth(connection, clock, place, kind, month)) return 1;
      }
    }
    return 0;
  });
  return done ?? 0;
}

/** False when the month has no rows after all. */
export async function archiveMonth(
  connection: Db,
  clock: Clock,
  place: ArchivePlace,
  kind: MonthKind,
  month: Month,
): Promise<boolean> {
  const file = await fileNameOf(connection, kind, month);
  if (file === undefined) return false;
  const written = await writeArchive(place, file, linesOf(connection, kind, month));
  await patiently(connection, async () => await freezeMonth(connection, month));
  await inTransaction(connection, async (tx) => {
    await insertArchive(tx, { ...written, file, kind, month, archivedAt: clock.now() });
  });
  return true;
}
