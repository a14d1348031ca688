/**
 * Keeps when backups were finished, in the table `backup_runs`; whatever makes them writes one row each.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface BackupRunTable {
  finished_at: Date;
  size_bytes: bigint;
  place: string;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    backup_runs: BackupRunTable;
  }
}

export interface BackupRun {
  readonly finishedAt: Date;
  readonly size_bytes: bigint;
  /** A name that tells where it is, never a credential. */
  readonly place: string;
}

export async function insertBackupRun(tx: Tx, run: BackupRun): Promise<void> {
  await tx
    .insertInto('backup_runs')
    .values({ finished_at: run.finishedAt, size_bytes: run.size_bytes, place: run.place })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findLastBackup(reader: Reader): Promise<BackupRun | undefined> {
  const row = await reader
    .selectFrom('backup_runs')
    .selectAll()
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { finishedAt: row.finished_at, size_bytes: row.size_bytes, place: row.place };
}
