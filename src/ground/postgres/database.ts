/**
 * Opens the one database behind the product: PostgreSQL by URL, or the embedded PGlite for trying it out.
 *
 * Both engines get the same three parsers, because their own defaults lose money: `pg` returns int8 as text and
 * PGlite returns it as a JavaScript number while it is small. Here an int8 is always a `bigint`, a date always its
 * text, a numeric always its text.
 */
import type { PGlite } from '@electric-sql/pglite';
import {
  Kysely,
  type KyselyPlugin,
  PGliteDialect,
  PostgresDialect,
  type PostgresPool,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import { hostsOf } from './connection-url.ts';
import { refuseDoubtfulCommits } from './doubtful-commit.ts';
import { gatherWrites } from './gather-writes.ts';
import { keepStatements } from './kept-statement.ts';
import { readInstant } from './read-instant.ts';
import { giveLine, openStatementLine } from './statement-line.ts';
import { writablePool } from './writable-pool.ts';

/**
 * The tables of the product. It is empty here on purpose: each `*.rows.ts` file declares its own table into it
 * (TypeScript interface merging), so the shape of a table stands next to the only file that may query it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by interface merging in every rows file.
export interface Database {}

/** The database outside a transaction: reading pages, opening transactions. */
export type Db = Kysely<Database>;
/** An open database transaction. Acts take one, so that all facts of one act are written or none. */
export type Tx = Transaction<Database>;
/** Either: for reads that work inside and outside a transaction. */
export type Reader = Db | Tx;

export type Engine = 'postgres' | 'pglite';

export interface OpenDatabase {
  readonly db: Db;
  readonly engine: Engine;
  /** The connections when it is PostgreSQL: the queue sends texts that Kysely cannot. */
  readonly pool?: PostgresPool;
  /** The PGlite instance when that is the engine: the queue needs it. */
  readonly lite?: PGlite;
  close(): Promise<void>;
}

const OID_INT8 = 20;
const OID_DATE = 1082;
const OID_NUMERIC = 1700;
const OID_TIMESTAMPTZ = 1184;
const asText = (text: string): string => text;

/**
 * Opens a pool on a PostgreSQL server. An address with several hosts means: the one of them that can be written to, and
 * after a failover the other one. `onError` hears of connections that broke, maybe twice; it must not throw.
 */
export function openPostgres(url: string, options: PostgresOptions): OpenDatabase {
  const types = new pg.TypeOverrides();
  types.setTypeParser(OID_INT8, BigInt);
  types.setTypeParser(OID_DATE, asText);
  types.setTypeParser(OID_NUMERIC, asText);
  types.setTypeParser(OID_TIMESTAMPTZ, readInstant);
  const poolsOf = (connections: number) =>
    hostsOf(url).map((host) => {
      const pool = new pg.Pool({
        connectionString: host,
        max: connections,
        // Statements that an act sends without waiting in between go to the server in one trip.
        pipeline: true,
        connectionTimeoutMillis: 5_000,
        statement_timeout: 30_000,
        idle_in_transaction_session_timeout: 30_000,
        application_name: 'tontine-pro',
        types,
      });
      // Without a listener a broken idle connection ends the process.
      pool.on('error', options.onError);
      // The pool listens to idle connections only. One that breaks while it is lent out would end the process as well;
      // whoever has it learns of the break from its own query.
      pool.on('connect', (client) => {
        client.on('error', options.onError);
        gatherWrites(client);
        keepStatements(client);
        refuseDoubtfulCommits(client);
      });
      return pool;
    });
  const pool = writablePool(poolsOf(options.connections ?? 10));
  const dialect = new PostgresDialect({ pool });
  const db = new Kysely<Database>({ dialect, plugins: [...(options.plugins ?? [])] });
  // Opens its one connection when somebody asks the first time.
  const linePool = writablePool(poolsOf(1));
  const line = openStatementLine(linePool);
  giveLine(db, line);
  const close = async (): Promise<void> => {
    await line.close();
    await Promise.all([linePool.end(), db.destroy()]);
  };
  return { db, engine: 'postgres', pool, close };
}

export interface PostgresOptions {
  readonly onError: (error: Error) => void;
  /** Most connections held open; default 10. */
  readonly connections?: number;
  /** What is carried along with the database, such as the keys of what is sealed in it. */
  readonly plugins?: readonly KyselyPlugin[];
}

/**
 * Opens PGlite in a folder, or in memory when `folder` is undefined. PGlite never syncs to disk and has no lock of
 * its own: the caller takes the lock file first (`lock-folder.ts`), and no live money may run on it. `image` is what
 * another one's `dumpDataDir` gave, to begin from.
 */
export async function openPglite(
  folder: string | undefined,
  plugins: readonly KyselyPlugin[] = [],
  image?: Blob,
): Promise<OpenDatabase> {
  const parsers = { [OID_INT8]: BigInt, [OID_DATE]: asText, [OID_NUMERIC]: asText };
  // A host on PostgreSQL never loads it.
  const { PGlite } = await import('@electric-sql/pglite');
  const lite = await PGlite.create({
    parsers,
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(image === undefined ? {} : { loadDataDir: image }),
  });
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite: lite }), plugins: [...plugins] });
  return {
    db,
    engine: 'pglite',
    lite,
    close: async () => {
      await db.destroy();
      if (!lite.closed) await lite.close();
    },
  };
}
