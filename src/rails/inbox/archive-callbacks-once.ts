/**
 * Moves the bytes of old callbacks into a sealed file beside the backups, and only then out of the database.
 *
 * They are most of what the database holds after some years, and nobody reads them after some weeks. The row stays, and
 * with it the fingerprint: bytes that come again after two years are still the same callback. A process that dies between
 * file and row leaves a file too many, and never a row too few.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BackupStore } from '../../ground/backup/backup-store.ts';
import { sealed } from '../../ground/backup/seal.ts';
import type { Clock } from '../../ground/clock.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { invariant } from '../../ground/refusal.ts';
import { type ArchivableCallback, listArchivable, markArchived } from './callback-archive.rows.ts';

export interface CallbackArchive {
  readonly store: BackupStore;
  /** Who may open the files: age recipients. */
  readonly recipients: readonly string[];
  /** So many months stay at hand. */
  readonly keepMonths: number;
}

/** How many were moved. */
export async function archiveCallbacksOnce(
  db: Db,
  { clock }: { readonly clock: Clock },
  archive: CallbackArchive,
  limit: number,
): Promise<number> {
  const now = clock.now();
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - archive.keepMonths, 1));
  const old = await listArchivable(db, before, limit);
  const [first, last] = [old[0], old.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const name = `callbacks-${first.id}-${last.id}.jsonl.age`;
  const stored = await archive.store.put(
    name,
    await sealed(Readable.from(old.map(lineOf)), archive.recipients),
  );
  invariant(
    (await hashOf(await archive.store.get(name))) === stored.sha256,
    `${name} is not there as it was written; the callbacks stay where they are`,
  );
  const ids = old.map(({ id }) => id);
  return await inTransaction(db, async (tx) => await markArchived(tx, ids, name));
}

/** The row as it was, with its bytes as base64. */
function lineOf({ body, ...row }: ArchivableCallback): Buffer {
  const line = { ...row, body: Buffer.from(body ?? new Uint8Array()).toString('base64') };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
