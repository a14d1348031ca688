/**
 * Reads and writes the `month_archives` table: which months lie in a sealed file, and which left the database.
 */
import type { Generated } from 'kysely';
import type { Month } from '../month.ts';
import type { Reader, Tx } from '../postgres/database.ts';

export type MonthKind =
  | 'journal' // transfers: archived for safety and frozen, never dropped
  | 'events'; // archived, and dropped when the host says so

interface MonthArchiveTable {
  file: string;
  kind: MonthKind;
  covers_from: Date | null;
  covers_until: Date;
  rows: bigint;
  sha256: string;
  archived_at: Date;
  dropped_at: Generated<Date | null>;
}

declare module '../postgres/database.ts' {
  interface Database {
    month_archives: MonthArchiveTable;
  }
}

export interface ArchivedMonth {
  readonly file: string;
  readonly from: Date | undefined;
  readonly until: Date;
  readonly rows: bigint;
  /** SHA-256 of the file as it lies there, hexadecimal. */
  readonly sha256: string;
  readonly isDropped: boolean;
}

/** The earliest month first. */
export async function listArchivedMonths(reader: Reader, kind: MonthKind): Promise<ArchivedMonth[]> {
  const rows = await reader
    .selectFrom('month_archives')
    .selectAll()
    .where('kind', '=', kind)
    .orderBy('covers_until')
    .execute();
  return rows.map((row) => ({
    file: row.file,
    from: row.covers_from ?? undefined,
    until: row.covers_until,
    rows: row.rows,
    sha256: row.sha256,
    isDropped: row.dropped_at !== null,
  }));
}

/** The archive of exactly this part; a restored database has other parts than the one that wrote it. */
export function archiveOf(month: Month, archived: readonly ArchivedMonth[]): ArchivedMonth | undefined {
  return archived.find(
    ({ from, until, isDropped }) =>
      !isDropped && from?.getTime() === month.from?.getTime() && until.getTime() === month.until.getTime(),
  );
}

export interface ArchiveToInsert {
  readonly file: string;
  readonly kind: MonthKind;
  readonly month: Month;
  readonly rows: bigint;
  readonly sha256: string;
  readonly archivedAt: Date;
}

/** Takes the place of an earlier archive of the same part. */
export async function insertArchive(tx: Tx, archive: ArchiveToInsert): Promise<void> {
  const { kind, month, file } = archive;
  await tx
    .deleteFrom('month_archives')
    .where('dropped_at', 'is', null)
    .where('kind', '=', kind)
    .where('covers_until', '=', month.until)
    .execute();
  await tx
    .insertInto('month_archives')
    .values({
      file,
      kind,
      covers_from: month.from ?? null,
      covers_until: month.until,
      rows: archive.rows,
      sha256: archive.sha256,
      archived_at: archive.archivedAt,
    })
    .execute();
}

export async function markDropped(tx: Tx, file: string, now: Date): Promise<void> {
  await tx.updateTable('month_archives').set({ dropped_at: now }).where('file', '=', file).execute();
}

/** The files with the events of `since` and later that are not in the database any more, the earliest first. */
export async function listDroppedSince(reader: Reader, since: Date): Promise<ArchivedMonth[]> {
  return (await listArchivedMonths(reader, 'events')).filter(
    ({ isDropped, until }) => isDropped && until > since,
  );
}
