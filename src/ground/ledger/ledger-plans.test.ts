import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { HandClock } from '../clock.ts';
import type { Ground } from '../ground.ts';
import type { Db, Tx } from '../postgres/database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { postTransfers } from './post-transfers.ts';
import { listStatement } from './statement.ts';
import { AWA, FLOAT, KOFI, openAll, post, transfer } from './testing/ledger-fixture.ts';

interface Reads {
  readonly table: string;
  readonly whole: bigint;
  readonly lookups: bigint;
  readonly rows: bigint;
}

/** Which tables of the ledger an act read: whole, or how many rows through an index. */
async function readsOf(tx: Tx, act: () => Promise<unknown>): Promise<Reads[]> {
  // The counters also hold what this connection read shortly before, so what counts is the difference.
  const before = new Map((await readCounters(tx)).map((read) => [read.table, read]));
  await act();
  return (await readCounters(tx))
    .map((read) => ({
      table: read.table,
      whole: read.whole - (before.get(read.table)?.whole ?? 0n),
      lookups: read.lookups - (before.get(read.table)?.lookups ?? 0n),
      rows: read.rows - (before.get(read.table)?.rows ?? 0n),
    }))
    .filter((read) => read.whole > 0n || read.lookups > 0n);
}

async function readCounters(tx: Tx): Promise<Reads[]> {
  const found = await sql<Reads>`select relname::text as table, coalesce(seq_scan, 0) as whole,
    coalesce(idx_scan, 0) as lookups, coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0) as rows
    from pg_stat_xact_user_tables where relname ~ '^(accounts|transfers|resolutions|refusals)'`.execute(tx);
  return found.rows;
}

/** Posts a deposit, a hold, its payment, a retry and a refusal; and one alone, twice. */
async function readsOfPosting(db: Db, ground: Ground): Promise<Reads[]> {
  const hold = ground.ids.uuid();
  const deposit = transfer(ground.ids.uuid(), { amount: 500n });
  const payment = transfer(ground.ids.uuid(), { kind: 'post', debit: AWA, credit: KOFI, pendingId: hold });
  const refused = transfer(ground.ids.uuid(), { amount: 0n });
  const alone = transfer(ground.ids.uuid());
  return await db.transaction().execute(
    async (tx) =>
      await readsOf(tx, async () => {
        const reserve = transfer(hold, { kind: 'pending', debit: AWA, credit: KOFI });
        await postTransfers(tx, ground, [deposit, reserve]);
        await postTransfers(tx, ground, [deposit, payment, refused]);
        await postTransfers(tx, ground, [alone]);
        await postTransfers(tx, ground, [alone]);
      }),
  );
}

/** A journal of 50,000 transfers and 5,000 refusals, made after the plans were. */
async function fill(db: Db, ground: Ground & { clock: HandClock }): Promise<void> {
  for (let batch = 0; batch < 55; batch++) {
    ground.clock.advance(1_000);
    await post(
      db,
      ground,
      ...Array.from({ length: 1_000 }, (_, place) =>
        transfer(ground.ids.uuid(), { amount: place % 11 === 10 ? 0n : 1n }),
      ),
    );
  }
}

test('posting looks rows up by key, with plans made on an empty journal and used on a full one', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  // One connection, so that the plans of the empty journal are the ones that the full journal gets.
  await db.connection().execute(async (connection) => {
    // The worst moment to make a plan: when the statistics say that the tables are empty.
    await sql`analyze`.execute(connection);
    await readsOfPosting(connection, ground);
    const empty = await readsOfPosting(connection, ground);
    await fill(connection, ground);
    const full = await readsOfPosting(connection, ground);
    for (const reads of [empty, full]) {
      expect(reads.map((read) => read.table)).toContain('transfers_2026_01');
      // The months that the batch cannot touch are not even opened.
      expect(reads.filter((read) => read.table.startsWith('transfers_'))).toHaveLength(1);
      for (const read of reads) {
        expect(read.whole, `${read.table} was read whole`).toBe(0n);
        expect(read.rows, `${read.table} gave too many rows`).toBeLessThan(40n);
      }
    }
  });
}, 60_000);

test('a page of a statement costs its lines, not the history', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const readPage = async (connection: Db): Promise<Reads[]> =>
    await connection.transaction().execute(
      async (tx) =>
        await readsOf(tx, async () => {
          await listStatement(tx, FLOAT, { limit: 20 });
          await listStatement(tx, FLOAT, { limit: 20, before: 9_000n });
        }),
    );
  await db.connection().execute(async (connection) => {
    await readPage(connection);
    await fill(connection, ground);
    for (const read of await readPage(connection)) {
      expect(read.whole, `${read.table} was read whole`).toBe(0n);
      expect(read.rows, `${read.table} gave too many rows`).toBeLessThan(100n);
    }
  });
}, 60_000);
