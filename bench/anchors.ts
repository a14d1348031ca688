/**
 * Runs what the product is compared with, on the same server in the same minute: pgbench's bank, and pgledger.
 *
 * Neither is part of the product. `pgbench` comes with Debian's `postgresql-contrib`; where it is missing its statements
 * are sent from here, one by one as it does, which is slower than the C program, and the result says so. The SQL of
 * pgledger is brought by whoever runs the benchmark (`--pgledger path/to/pgledger.sql`).
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Chance } from '../src/ground/chance.ts';
import { closedLoop, type Measured } from './measure.ts';

const run = promisify(execFile);
/** As pgbench names it: a hundred thousand accounts each. */
const SCALE = 10;
const CLIENTS = 8;
const LEDGER_ACCOUNTS = 1000;

export interface Anchor {
  /** How it was measured, for the results. */
  readonly by: string;
  measure(seconds: number): Promise<Measured>;
  close(): Promise<void>;
}

export async function openTpcb(url: string, chance: Chance): Promise<Anchor> {
  try {
    await run('pgbench', ['-i', '-q', '-s', String(SCALE), url]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return await openTpcbByHand(url, chance);
  }
  return {
    by: 'pgbench',
    measure: async (seconds) => {
      // It counts in whole seconds.
      const time = String(Math.max(1, Math.round(seconds)));
      const args = ['-c', String(CLIENTS), '-j', '2', '-T', time, '-M', 'prepared', '-n', url];
      const { stdout } = await run('pgbench', args);
      const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
      const mean_ms = Number(/latency average = ([\d.]+) ms/.exec(stdout)?.[1]);
      return { perSecond, p50_ms: mean_ms, p99_ms: mean_ms, refused: 0 };
    },
    close: async () => undefined,
  };
}

const SCHEMA = `
  create table pgbench_branches (bid int primary key, bbalance int, filler char(88)) with (fillfactor = 100);
  create table pgbench_tellers (tid int primary key, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
  create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84)) with (fillfactor = 100);
  create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
  insert into pgbench_branches select n, 0 from generate_series(1, ${SCALE}) n;
  insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0 from generate_series(1, ${SCALE * 10}) n;
  insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${SCALE * 100_000}) n;
  vacuum analyze`;

async function openTpcbByHand(url: string, chance: Chance): Promise<Anchor> {
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  for (const statement of SCHEMA.split(';')) await pool.query(statement);
  return {
    by: 'the statements of pgbench, sent by Node (pgbench is not installed)',
    measure: async (seconds) =>
      await closedLoop(CLIENTS, seconds, async () => {
        const aid = 1 + chance.below(SCALE * 100_000);
        const tid = 1 + chance.below(SCALE * 10);
        const bid = 1 + chance.below(SCALE);
        const delta = chance.below(10_000) - 5000;
        const client = await pool.connect();
        const send = async (name: string, text: string, values: number[]): Promise<unknown> =>
          await client.query({ name, text, values });
        try {
          await client.query('begin');
          await send('a', 'update pgbench_accounts set abalance = abalance + $1 where aid = $2', [
            delta,
            aid,
          ]);
          await send('b', 'select abalance from pgbench_accounts where aid = $1', [aid]);
          await send('c', 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2', [delta, tid]);
          await send('d', 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2', [
            delta,
            bid,
          ]);
          const row =
            'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)';
          await send('e', row, [tid, bid, aid, delta]);
          await client.query('commit');
        } finally {
          client.release();
        }
        return 1;
      }),
    close: async () => await pool.end(),
  };
}

export async function openPgledger(
  url: string,
  chance: Chance,
  sqlFile: string,
): Promise<{ random: Anchor; hot: Anchor }> {
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  await pool.query(await readFile(sqlFile, 'utf8'));
  const made = await pool.query<{ id: string }>(
    `select (pgledger_create_account('account ' || n, 'XOF')).id from generate_series(1, ${LEDGER_ACCOUNTS}) n`,
  );
  const ids = made.rows.map((row) => row.id);
  const transfer = async (from: string | undefined, to: string | undefined): Promise<number> => {
    await pool.query('select * from pgledger_create_transfer($1, $2, 1)', [from, to]);
    return 1;
  };
  const draw = (): number => chance.below(LEDGER_ACCOUNTS - 1);
  const anchor = (work: () => Promise<number>): Anchor => ({
    by: 'pgledger',
    measure: async (seconds) => await closedLoop(CLIENTS, seconds, work),
    close: async () => undefined,
  });
  return {
    random: anchor(async () => {
      const from = draw();
      return await transfer(ids[from], ids[(from + 1 + chance.below(LEDGER_ACCOUNTS - 2)) % LEDGER_ACCOUNTS]);
    }),
    hot: {
      ...anchor(async () => await transfer(ids[draw()], ids.at(-1))),
      close: async () => await pool.end(),
    },
  };
}
