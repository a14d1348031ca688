/**
 * Lets the oldest month of events go, where the host keeps so many months only, and its file lies there as it was compared.
 *
 * The file is read again right before, and the rows are counted again while nobody can add one; where either differs, the
 * month is archived anew and stays until the next time. A month stays as well while something is open that began in it:
 * whoever decides must see its whole story.
 */
import type { Clock } from '../clock.ts';
import { dropEventMonth, listEventMonths, lockAndCount } from '../events/event-month.rows.ts';
import { type Month, monthStart } from '../month.ts';
import { alone } from '../postgres/alone.ts';
import type { Db, Reader } from '../postgres/database.ts';
import { lockBriefly } from '../postgres/lock-briefly.ts';
import { archiveMonth } from './archive-months-once.ts';
import { type ArchivedMonth, archiveOf, listArchivedMonths, markDropped } from './month-archive.rows.ts';
import { type ArchivePlace, hashOfStored } from './write-archive.ts';

export interface EventRetention {
  /** So many months before the present one stay at hand. */
  readonly keepMonths: number;
  /** When the oldest of what is still open began; nothing when nothing is. */
  readonly oldestOpen: (reader: Reader) => Promise<Date | undefined>;
}

/** How many months went: one, or none. */
export async function dropEventMonthsOnce(
  db: Db,
  { clock }: { readonly clock: Clock },
  place: ArchivePlace,
  retention: EventRetention,
): Promise<number> {
  const dropped = await alone(db, 'monthArchives', async (connection) => {
    const kept = monthStart(clock.now(), -retention.keepMonths);
    const archived = await listArchivedMonths(connection, 'events');
    const over = (await listEventMonths(connection)).filter(({ until }) => until <= kept);
    const oldest = over.find((month) => archiveOf(month, archived) !== undefined);
    const archive = oldest && archiveOf(oldest, archived);
    if (oldest === undefined || archive === undefined) return 0;
    const open = await retention.oldestOpen(connection);
    if (open !== undefined && open < oldest.until) return 0;
    if ((await isThere(place, archive)) && (await drop(connection, clock, oldest, archive))) return 1;
    await archiveMonth(connection, clock, place, 'events', oldest);
    return 0;
  });
  return dropped ?? 0;
}

async function isThere({ store }: ArchivePlace, { file, sha256 }: ArchivedMonth): Promise<boolean> {
  return (await store.list()).includes(file) && (await hashOfStored(store, file)) === sha256;
}

/** False, and nothing has happened, when the month has other rows than its file. */
async function drop(connection: Db, clock: Clock, month: Month, archive: ArchivedMonth): Promise<boolean> {
  return await lockBriefly(connection, async (tx) => {
    if ((await lockAndCount(tx, month)) !== archive.rows) return false;
    await dropEventMonth(tx, month);
    await markDropped(tx, archive.file, clock.now());
    return true;
  });
}
