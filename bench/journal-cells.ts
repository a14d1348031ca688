/**
 * Measures whether posting stays as fast when the journal has grown: the lane with 512 callers on a long journal, and on one
 * that holds nothing but the wallets' first money.
 */
import { systemClock } from '../src/ground/clock.ts';
import { findFence } from '../src/ground/ledger/fence.rows.ts';
import { postTransfers } from '../src/ground/ledger/post-transfers.ts';
import type { OpenDatabase } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { expectSoundSums } from './books.ts';
import { laneLoad } from './lane-load.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks, randomPayment, settleTown, type Town } from './town.ts';

const CALLERS = 512;
const CONNECTIONS = 8;
const BATCH = 1000;
/** Rows of the long journal. The goal's ten million take ten minutes to write and are behind `--full`. */
const ROWS = 1_000_000;
const FULL_ROWS = 10_000_000;
const QUICK_ROWS = 50_000;

export const JOURNAL: Section = {
  name: 'journal',
  cells: ['journal-empty-512', 'journal-long-512'],
  open: openJournals,
};

async function openJournals(world: BenchWorld): Promise<OpenSection> {
  const { quick } = world.options;
  const full = world.options.full.includes(JOURNAL.name);
  const rows = full ? FULL_ROWS : quick ? QUICK_ROWS : ROWS;
  const long = await openTown(world, 'long_journal');
  await lengthen(world, long.town, rows);
  let towns = 0;
  let empty: OpenTown | undefined;
  return {
    cells: new Map([
      [
        'journal-empty-512',
        async (seconds: number) => {
          // Empty each round: what the round before posted would make it a long one.
          await empty?.open.close();
          towns += 1;
          empty = await openTown(world, `empty_journal_${towns}`);
          const { town } = empty;
          return await laneLoad(town, CALLERS, seconds, () => randomPayment(town));
        },
      ],
      [
        'journal-long-512',
        async (seconds: number) =>
          await laneLoad(long.town, CALLERS, seconds, () => randomPayment(long.town)),
      ],
    ]),
    notes: { 'journal-long-512': `${rows.toLocaleString('en')} rows, against 10,000` },
    check: async () => {
      await expectSoundSums(long.open.db);
      if (empty !== undefined) await expectSoundSums(empty.open.db);
    },
    checkAll: async () => {
      // Ten million links take minutes to follow: there the newest and all sums have to do.
      if (!full) await expectSoundBooks(long.open.db);
      if (empty !== undefined) await expectSoundBooks(empty.open.db);
    },
    close: async () => {
      await empty?.open.close();
      await long.open.close();
    },
  };
}

interface OpenTown {
  readonly open: OpenDatabase;
  readonly town: Town;
}

async function openTown(world: BenchWorld, name: string): Promise<OpenTown> {
  const url = await world.database(name);
  const open = openMeasured(url, CONNECTIONS);
  await migrate(open.db, systemClock);
  return { open, town: await settleTown(open.db) };
}

async function lengthen(world: BenchWorld, town: Town, rows: number): Promise<void> {
  for (let { seq } = await findFence(town.db); seq < BigInt(rows); seq += BigInt(BATCH)) {
    const batch = Array.from({ length: BATCH }, () => randomPayment(town));
    await inTransaction(town.db, async (tx) => await postTransfers(tx, town.ground, batch));
    if (seq % 500_000n < BigInt(BATCH)) world.say(`long journal: ${seq} rows`);
  }
}
