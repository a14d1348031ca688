/**
 * Brings the database to the newest schema, one numbered SQL file at a time.
 *
 * A file that has run is never edited: its checksum is kept, and a difference stops the start, because two servers
 * with the same number and different tables are worse than no server. One advisory lock lets many processes start
 * at once; each file runs in its own transaction.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { demand } from '../refusal.ts';
import type { Db, Reader } from './database.ts';
import { sqlState } from './in-transaction.ts';

/** Any fixed number: it only has to be the same in every process of the product. */
const MIGRATION_LOCK = 7_412_020_611;
const FILE_SHAPE = /^\d{4}-[a-z0-9-]+\.sql$/;

/** First words of a file whose statements PostgreSQL refuses inside a transaction: indexes that are built meanwhile. */
const OUTSIDE_A_TRANSACTION = '-- outside a transaction';
/**
 * Whoever waits for a lock stops all who come after it. So a migration waits for a moment, lets the others go on, and
 * tries again. Less than the second after which PostgreSQL looks for two that wait for each other and may end the act of
 * a person instead.
 */
const LOCK_TIMEOUT = '700ms';
const LOCK_TRIES = 40;
/** A lock was not to be had in time; or two waited for each other, and this one was chosen to give way. */
const IN_THE_WAY = new Set(['55P03', '40P01']);

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/**
 * Runs what has not run yet, up to and with the file `last` when it is named; returns the names of the files that ran
 * now. Refuses an edited or missing file.
 */
export async function migrate(
  db: Db,
  clock: Clock,
  folder = MIGRATIONS_FOLDER,
  last?: string,
): Promise<string[]> {
  const all = await readMigrations(folder);
  const files = last === undefined ? all : all.filter(({ name }) => name <= last);
  return await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
    try {
      return await runMissing(connection, clock, files);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
    }
  });
}

/** How many of the files have not run on this database yet; 0 means ready to serve. */
export async function countMissingMigrations(db: Db, folder = MIGRATIONS_FOLDER): Promise<number> {
  const files = await readMigrations(folder);
  const known = await sql<{
    present: boolean;
  }>`select to_regclass('migrations') is not null as present`.execute(db);
  if (known.rows[0]?.present !== true) return files.length;
  const done = await sql<{ name: string }>`select name from migrations`.execute(db);
  const names = new Set(done.rows.map((row) => row.name));
  return files.filter((file) => !names.has(file.name)).length;
}

export interface SchemaFacts {
  /** The newest file that has run; nothing on an empty database. */
  readonly last: string | undefined;
  /** Files of this version that have not run. */
  readonly missing: readonly string[];
  /** What has run and this version does not know: a newer one was here. */
  readonly unknown: readonly string[];
  /** Files whose text is another one than when they ran. */
  readonly edited: readonly string[];
}

/** Compares what has run on a database with the files of this version. */
export async function compareSchema(db: Db, folder = MIGRATIONS_FOLDER): Promise<SchemaFacts> {
  const files = await readMigrations(folder);
  const known = await sql<{ present: boolean }>`select to_regclass('migrations') is not null
    as present`.execute(db);
  const done = known.rows[0]?.present === true ? await listMigrations(db) : [];
  const ours = new Map(files.map(({ name, checksum }) => [name, checksum]));
  const theirs = new Set(done.map(({ name }) => name));
  return {
    last: done.at(-1)?.name,
    missing: files.map(({ name }) => name).filter((name) => !theirs.has(name)),
    unknown: done.map(({ name }) => name).filter((name) => !ours.has(name)),
    edited: done
      .filter(({ name, checksum }) => ours.has(name) && ours.get(name) !== checksum)
      .map(({ name }) => name),
  };
}

/** What has run on a database, and what each file was then. */
export async function listMigrations(reader: Reader): Promise<{ name: string; checksum: string }[]> {
  const done = await sql<{ name: string; checksum: string }>`select name, checksum from migrations
    order by name`.execute(reader);
  return done.rows;
}

interface MigrationFile {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => FILE_SHAPE.test(name)).sort();
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${folder}/${name}`, 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function runMissing(connection: Db, clock: Clock, files: MigrationFile[]): Promise<string[]> {
  await sql`create table if not exists migrations (
    name text primary key, checksum text not null, ran_at timestamptz not null)`.execute(connection);
  const done = await sql<{ name: string; checksum: string }>`select name, checksum from migrations`.execute(
    connection,
  );
  const checksums = new Map(done.rows.map((row) => [row.name, row.checksum]));
  for (const name of checksums.keys()) {
    demand(
      files.some((file) => file.name === name),
      `la migration ${name} est passée sur cette base et son fichier n’est pas là : est-ce une version plus ancienne du produit ? Remettez la plus récente, ou restaurez une sauvegarde d’avant.`,
      `migration ${name} has run on this database but its file is missing: is this an older version of the product? Install the newer one again, or restore a backup of before.`,
    );
  }
  const ran: string[] = [];
  for (const file of files) {
    const earlier = checksums.get(file.name);
    demand(
      earlier === undefined || earlier === file.checksum,
      `la migration ${file.name} a été modifiée après être passée : remettez le fichier d’origine, et ajoutez-en un nouveau`,
      `migration ${file.name} was edited after it ran: put the original file back, and add a new file instead`,
    );
    if (earlier !== undefined) continue;
    await runFile(connection, clock, file);
    ran.push(file.name);
  }
  return ran;
}

async function runFile(connection: Db, clock: Clock, file: MigrationFile): Promise<void> {
  const remember = async (db: Db): Promise<void> => {
    await sql`insert into migrations (name, checksum, ran_at)
      values (${file.name}, ${file.checksum}, ${clock.now()})`.execute(db);
  };
  if (file.text.startsWith(OUTSIDE_A_TRANSACTION)) {
    // Half of it may run; a rule about migrations sees to it that all of it may run again.
    await runStatements(connection, file.text);
    await remember(connection);
    return;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.transaction().execute(async (tx) => {
        await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(tx);
        await runStatements(tx, file.text);
        await remember(tx);
      });
      return;
    } catch (error) {
      if (attempt >= LOCK_TRIES || !IN_THE_WAY.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/**
 * Runs a file statement by statement, because PGlite prepares each query and accepts one statement at a time. A line
 * that is only `--` followed by `;;` separates statements, so that function bodies may contain semicolons.
 */
async function runStatements(connection: Db, text: string): Promise<void> {
  for (const statement of text.split(/^--;;$/m)) {
    if (statement.replaceAll(/^\s*--.*$/gm, '').trim() === '') continue;
    await sql.raw(statement).execute(connection);
  }
}
