/**
 * Makes one backup: all tables as they were at one instant, compressed, sealed for the recipient, with its manifest.
 *
 * One read-only snapshot, so the books in it balance whatever is posted meanwhile, and nobody waits for it. The schema is
 * not in it: it is the migrations, named with their checksums. Nor are jobs: they are wake-ups, and the rows say what is
 * due. `SECRET_KEY` is not in it either, and without it no PIN of the backup can be used.
 *
 * The manifest lies there before the backup has its name: killed anywhere, what is left either is a whole backup or does not
 * look like one. One is made at a time, so whoever makes it may take away what killed ones left.
 *
 * Throws with a sentence when another one is being made.
 */
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Clock } from '../clock.ts';
import { findFence } from '../ledger/fence.rows.ts';
import { bePatient, beTheOnlyOne, rowsOf, writePlainly } from '../postgres/copy-rows.ts';
import type { Db, Tx } from '../postgres/database.ts';
import { listTables } from '../postgres/list-tables.ts';
import { listMigrations } from '../postgres/migrate.ts';
import { invariant, type Sentence } from '../refusal.ts';
import { type BackupStore, putSmall } from './backup-store.ts';
import { freeName, sweepStore } from './kept-backups.ts';
import { type Manifest, manifestName, sealManifest } from './manifest.ts';
import { sealed } from './seal.ts';

/** Any fixed number: it only has to be the same in every process of the product. */
const BACKUP_LOCK = 7_412_020_612;
const ANOTHER_ONE: Sentence = {
  fr: 'une autre sauvegarde est en train d’être faite : attendez sa fin',
  en: 'another backup is being made: wait for its end',
};

export interface BackupOptions {
  readonly store: BackupStore;
  /** Who may open it: `age1…`. */
  readonly recipients: readonly string[];
  /** Seals the manifest. */
  readonly key: Uint8Array;
  readonly clock: Clock;
}

export async function makeBackup(db: Db, options: BackupOptions): Promise<Manifest> {
  invariant(options.recipients.length > 0, 'a backup is closed for somebody, and there is no recipient');
  const startedAt = options.clock.now();
  const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return await transaction.execute(async (tx) => {
    await bePatient(tx);
    await beTheOnlyOne(tx, BACKUP_LOCK, ANOTHER_ONE);
    await writePlainly(tx);
    await sweepStore(options.store);
    return await write(tx, options, startedAt);
  });
}

async function write(tx: Tx, options: BackupOptions, startedAt: Date): Promise<Manifest> {
  const { store, clock, key } = options;
  const name = await freeName(store, startedAt);
  const rows: Record<string, number> = {};
  const migrations = await listMigrations(tx);
  const fence = await findFence(tx);
  const lines = Readable.from(dumpLines(tx, migrations, rows));
  let manifest: Manifest | undefined;
  await store.put(name, await sealed(lines.pipe(failing(lines)), options.recipients), async (file) => {
    const took_ms = clock.now().getTime() - startedAt.getTime();
    const books = { rows, schema: migrations.at(-1)?.name ?? '', seq: String(fence.seq), head: fence.head };
    const facts = { format: 1, name, madeAt: startedAt.toISOString(), took_ms, ...file, ...books } as const;
    manifest = sealManifest(facts, key);
    await putSmall(store, manifestName(name), `${JSON.stringify(manifest, undefined, 2)}\n`);
  });
  invariant(manifest !== undefined, 'a store keeps no file before its manifest');
  return manifest;
}

/** A fault while reading must reach the end of the pipe, or half a backup would look like a whole one. */
function failing(lines: Readable): ReturnType<typeof createGzip> {
  const gzip = createGzip();
  lines.once('error', (error) => gzip.destroy(error));
  return gzip;
}

/** One JSON value per line: the head, then a name of a table followed by its rows, and at last the counts. */
async function* dumpLines(
  tx: Tx,
  migrations: readonly { name: string; checksum: string }[],
  rows: Record<string, number>,
): AsyncGenerator<string> {
  const { coversUntil } = await findFence(tx);
  yield line({ format: 1, migrations, coversUntil: coversUntil.toISOString() });
  for (const table of await listTables(tx)) {
    yield line({ table: table.name, columns: table.columns });
    let count = 0;
    for await (const row of rowsOf(tx, table)) {
      count += 1;
      yield line(row);
    }
    rows[table.name] = count;
  }
  yield line({ end: rows });
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
