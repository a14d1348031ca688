/**
 * Writes lines into a sealed file beside the backups, reads the file back, and says what lies there.
 *
 * The machine that seals cannot open it again, so what is compared are the hashes of what was sent and of what is there.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BackupStore } from '../backup/backup-store.ts';
import { sealed } from '../backup/seal.ts';
import { invariant } from '../refusal.ts';

export interface ArchivePlace {
  readonly store: BackupStore;
  /** Who may open the files: age recipients. */
  readonly recipients: readonly string[];
}

export interface WrittenArchive {
  readonly rows: bigint;
  readonly sha256: string;
}

/** Throws when the file is not there as it was written. */
export async function writeArchive(
  { store, recipients }: ArchivePlace,
  name: string,
  lines: AsyncIterable<string>,
): Promise<WrittenArchive> {
  let rows = 0n;
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const line of lines) {
      rows += 1n;
      yield Buffer.from(`${line}\n`);
    }
  }
  const stored = await store.put(name, await sealed(Readable.from(bytes()), recipients));
  invariant((await hashOfStored(store, name)) === stored.sha256, `${name} is not there as it was written`);
  return { rows, sha256: stored.sha256 };
}

/** The hash of a file as it lies there now. */
export async function hashOfStored(store: BackupStore, name: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await store.get(name)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
