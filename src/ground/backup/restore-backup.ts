/**
 * Puts a backup into an empty database, and proves the books before anybody may use them.
 *
 * All rows come in one transaction: the hash of the file, every row, every count, the chain and the trial balance must be
 * right, or none is there. Only the tables are made before, and so that nobody mistakes empty tables for the books, the
 * database is marked until the rows are there (`unfinished-restore.rows.ts`). A database that has books already is never touched.
 *
 * Throws `Hindrance`: when the file or its manifest is not what was written, the identity does not open it, the
 * database is not empty, this version of the product does not know the backup's schema, or the books do not balance.
 */
import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { findFence, insertPartitions } from '../ledger/fence.rows.ts';
import { readTrialBalance } from '../ledger/trial-balance.ts';
import { verifyChain } from '../ledger/verify-chain.ts';
import {
  bePatient,
  continueNumbers,
  countRows,
  emptyTable,
  letTriggers,
  putRows,
  writePlainly,
} from '../postgres/copy-rows.ts';
import type { Db, Tx } from '../postgres/database.ts';
import { listTables, type Table } from '../postgres/list-tables.ts';
import { listMigrations, migrate } from '../postgres/migrate.ts';
import { demand, invariant } from '../refusal.ts';
import { type BackupStore, measuring, readSmall } from './backup-store.ts';
import { type Manifest, manifestName, readManifest } from './manifest.ts';
import { unsealed } from './seal.ts';
import { markUnfinished, unmarkUnfinished } from './unfinished-restore.rows.ts';

/** As many rows as one statement puts. */
const ROWS_AT_ONCE = 1_000;

const headShape = z.object({
  format: z.literal(1),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  coversUntil: z.iso.datetime(),
});
const tableShape = z.object({ table: z.string(), columns: z.array(z.string()) });
const endShape = z.object({ end: z.record(z.string(), z.number().int()) });

export interface RestoreOptions {
  readonly store: BackupStore;
  readonly name: string;
  /** Opens it: `AGE-SECRET-KEY-1…`. */
  readonly identity: string;
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly migrationsFolder?: string;
  /** Done in the same transaction, once the books are proven. */
  readonly afterwards?: (tx: Tx) => Promise<void>;
}

export async function restoreBackup(db: Db, options: RestoreOptions): Promise<Manifest> {
  const manifest = await openManifest(options);
  await proveFile(options.store, manifest);
  await markUnfinished(db, manifest.name, options.clock.now(), async (tx) => {
    await expectEmpty(tx, await listTables(tx));
  });
  await bringSchema(db, options, manifest);
  await db.transaction().execute(async (tx) => {
    await bePatient(tx);
    await writePlainly(tx);
    const lines = await openLines(options);
    await readHead(tx, lines);
    const tables = await listTables(tx);
    await expectEmpty(tx, tables);
    for (const table of tables) {
      await letTriggers(tx, table, false);
      await emptyTable(tx, table);
    }
    const counted = await load(tx, lines, tables);
    for (const table of tables) {
      await continueNumbers(tx, table);
      await letTriggers(tx, table, true);
    }
    await prove(tx, manifest, counted, tables);
    await options.afterwards?.(tx);
    await unmarkUnfinished(tx);
  });
  await migrate(db, options.clock, options.migrationsFolder);
  return manifest;
}

async function openManifest({ store, name, key }: RestoreOptions): Promise<Manifest> {
  const names = await store.list();
  demand(
    names.includes(name),
    `il n’y a pas de sauvegarde ${name} dans ${store.place} : npm run restore -- --list montre celles qui y sont`,
    `there is no backup ${name} in ${store.place}: npm run restore -- --list shows those that are`,
  );
  demand(
    names.includes(manifestName(name)),
    `${manifestName(name)} manque à côté de ${name} : sans lui, rien ne prouve que la sauvegarde est la nôtre ; remettez-le, ou prenez une autre avec --name`,
    `${manifestName(name)} is missing beside ${name}: without it nothing proves that the backup is ours; put it back, or take another one with --name`,
  );
  const manifest = readManifest(await readSmall(store, manifestName(name)), key);
  demand(
    manifest.name === name,
    'ce manifeste appartient à une autre sauvegarde : prenez-en une autre avec --name',
    'this manifest belongs to another backup: take another one with --name',
  );
  return manifest;
}

/** Before anything else: a file that was cut off or changed is told as that, and not as a strange row in the middle. */
async function proveFile(store: BackupStore, manifest: Manifest): Promise<void> {
  const meter = measuring();
  const nowhere = new PassThrough().resume();
  await pipeline(await store.get(manifest.name), meter.through, nowhere);
  const { bytes, sha256 } = meter.measured();
  demand(
    bytes >= manifest.bytes,
    `la sauvegarde est tronquée : ${bytes} octets sur ${manifest.bytes} sont là ; copiez-la de nouveau, ou prenez une autre avec --name`,
    `the backup is cut off: ${bytes} of ${manifest.bytes} bytes are there; copy it again, or take another one with --name`,
  );
  demand(
    sha256 === manifest.sha256,
    'la sauvegarde n’est pas le fichier qui a été écrit, son empreinte diffère : copiez-la de nouveau, ou prenez une autre avec --name',
    'the backup is not the file that was written, its hash differs: copy it again, or take another one with --name',
  );
}

/** The tables as they were then; what came later is brought after the rows. */
async function bringSchema(db: Db, options: RestoreOptions, manifest: Manifest): Promise<void> {
  await migrate(db, options.clock, options.migrationsFolder, manifest.schema);
  const here = await listMigrations(db);
  const last = here.at(-1)?.name ?? '–';
  demand(
    last === manifest.schema,
    `la sauvegarde veut le schéma ${manifest.schema}, et c’est ${last} : restaurez dans une base vide, avec une version du produit qui connaît ce fichier`,
    `the backup needs the schema ${manifest.schema}, and this is ${last}: restore into an empty database, with a version of the product that knows that file`,
  );
}

/** Tables that a migration itself fills: their first rows are not anybody's books. */
const BORN_WITH_ROWS = new Set(['fences', 'audit_heads', 'alert_rules', 'sealing']);

async function expectEmpty(tx: Tx, tables: readonly Table[]): Promise<void> {
  for (const table of tables.filter(({ name }) => !BORN_WITH_ROWS.has(name))) {
    const rows = await countRows(tx, table);
    demand(
      rows === 0n,
      `la table ${table.name} a ${rows} lignes : une sauvegarde n’est restaurée que dans une base vide ; créez-en une et nommez-la avec --into`,
      `the table ${table.name} has ${rows} rows: a backup is restored into an empty database only; make one and name it with --into`,
    );
  }
}

async function openLines(options: RestoreOptions): Promise<AsyncGenerator<string>> {
  const opened = await unsealed(await options.store.get(options.name), options.identity);
  const gunzip = createGunzip();
  opened.once('error', (error) => gunzip.destroy(error));
  return linesOf(opened.pipe(gunzip));
}

/** The lines of a stream; a fault of the stream is a fault of the loop, and not the end of it. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let fault: unknown;
  stream.once('error', (error) => {
    fault = error;
  });
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  stream.once('error', () => lines.close());
  for await (const one of lines) yield one;
  if (fault !== undefined) throw fault;
}

/** The first line. The months of the journal are made while the ledger still has the fence of an empty one. */
async function readHead(tx: Tx, lines: AsyncGenerator<string>): Promise<void> {
  const first = await lines.next();
  invariant(first.done !== true, 'the backup is empty');
  const { migrations, coversUntil } = headShape.parse(JSON.parse(first.value));
  await expectSameSchema(tx, migrations);
  await insertPartitions(tx, new Date(coversUntil));
}

async function load(
  tx: Tx,
  lines: AsyncGenerator<string>,
  tables: readonly Table[],
): Promise<Map<string, number>> {
  const counted = new Map<string, number>();
  let table: Table | undefined;
  let waiting: string[] = [];
  let end: Record<string, number> | undefined;
  const flush = async (): Promise<void> => {
    if (table !== undefined && waiting.length > 0) await putRows(tx, table, waiting);
    waiting = [];
  };
  for await (const text of lines) {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') {
      invariant(table !== undefined, 'the backup has a row of no table');
      counted.set(table.name, (counted.get(table.name) ?? 0) + 1);
      if (waiting.push(value) >= ROWS_AT_ONCE) await flush();
      continue;
    }
    await flush();
    if (endShape.safeParse(value).success) end = endShape.parse(value).end;
    else {
      const { table: name, columns } = tableShape.parse(value);
      table = tables.find((one) => one.name === name);
      invariant(
        table?.columns.join() === columns.join(),
        `the table ${name} has other columns than in the backup`,
      );
      counted.set(name, 0);
    }
  }
  invariant(end !== undefined, 'the backup has no end: it is cut off');
  for (const [name, rows] of Object.entries(end)) {
    invariant(
      counted.get(name) === rows,
      `${name} should have ${rows} rows and has ${counted.get(name) ?? 0}`,
    );
  }
  return counted;
}

async function expectSameSchema(tx: Tx, then: readonly { name: string; checksum: string }[]): Promise<void> {
  const now = new Map((await listMigrations(tx)).map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of then) {
    demand(
      now.get(name) === checksum,
      `la migration ${name} n’est pas celle d’alors : restaurez avec la version du produit qui a fait la sauvegarde`,
      `the migration ${name} is another one than when the backup was made: restore with the version of the product that made it`,
    );
  }
}

/** The auditor's questions, asked of the copy. */
async function prove(
  tx: Tx,
  manifest: Manifest,
  counted: ReadonlyMap<string, number>,
  tables: readonly Table[],
): Promise<void> {
  for (const table of tables) {
    const rows = Number(await countRows(tx, table));
    invariant(
      rows === (counted.get(table.name) ?? 0) && rows === (manifest.rows[table.name] ?? 0),
      `${table.name} has ${rows} rows, and had ${manifest.rows[table.name] ?? 0}`,
    );
  }
  const fence = await findFence(tx);
  invariant(
    String(fence.seq) === manifest.seq && fence.head === manifest.head,
    'the journal does not end where it ended when the backup was made',
  );
  const chain = await verifyChain(tx);
  invariant(chain.ok, `the hash chain is broken at ${chain.ok ? '' : chain.brokenSeq}`);
  const trial = await readTrialBalance(tx);
  const [first] = trial.differences;
  invariant(
    trial.balanced,
    `the books do not balance${first === undefined ? '' : `: ${first.account ?? '?'}, ${first.amount}`}`,
  );
}
