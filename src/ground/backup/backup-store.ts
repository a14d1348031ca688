/**
 * Is the place where backups are kept: a folder, or a store elsewhere that can do as much.
 *
 * A file appears under its name whole or not at all; one that was cut off by a full disk must not look like a backup.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface StoredFile {
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

export interface BackupStore {
  /** Where it is, for people; without any secret. */
  readonly place: string;
  /** `first` runs when all bytes are there and before the name is: what it leaves is never missing beside the file. */
  put(name: string, from: Readable, first?: (file: StoredFile) => Promise<void>): Promise<StoredFile>;
  /** The file as a stream; it fails when there is none. */
  get(name: string): Promise<Readable>;
  list(): Promise<string[]>;
  remove(name: string): Promise<void>;
  /** Takes away what killed writers left under names that begin so; only for whoever knows that none of them lives. */
  removeUnfinished(prefix: string): Promise<string[]>;
}

const OWNER_ONLY = 0o600;
const UNFINISHED = '.part';

export function folderStore(folder: string): BackupStore {
  const pathOf = (name: string): string => join(folder, name);
  return {
    place: folder,
    async put(name, from, first) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const unfinished = `${pathOf(name)}${UNFINISHED}`;
      const meter = measuring();
      let file: StoredFile;
      try {
        await pipeline(from, meter.through, createWriteStream(unfinished, { mode: OWNER_ONLY, flush: true }));
        file = meter.measured();
        await first?.(file);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await rename(unfinished, pathOf(name));
      await syncFolder(folder);
      return file;
    },
    async get(name) {
      // Opened here, so that a missing file fails at once and not in the middle of somebody's pipeline.
      const file = await open(pathOf(name), 'r');
      return createReadStream(pathOf(name), { fd: file });
    },
    async list() {
      return (await namesIn(folder)).filter((name) => !name.endsWith(UNFINISHED)).toSorted();
    },
    remove: async (name) => await rm(pathOf(name), { force: true }),
    async removeUnfinished(prefix) {
      const names = (await namesIn(folder)).filter(
        (name) => name.startsWith(prefix) && name.endsWith(UNFINISHED),
      );
      for (const name of names) await rm(pathOf(name), { force: true });
      return names;
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Counts and hashes what passes through it. */
export function measuring(): { readonly through: Transform; measured(): StoredFile } {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, measured: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/** A name is only on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A small file as text. */
export async function readSmall(store: BackupStore, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.get(name)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export async function putSmall(store: BackupStore, name: string, text: string): Promise<void> {
  await store.put(name, Readable.from([Buffer.from(text)]));
}

/** The identity that opens backups, from the file that has it: the first line that is one. */
export async function readIdentity(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8');
  return text
    .split(/\r?\n/)
    .find((line) => line.startsWith('AGE-SECRET-KEY-'))
    ?.trim();
}
