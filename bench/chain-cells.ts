/**
 * Measures what the hash chain costs: the lane with 512 callers on the product's books, and on books whose links are not
 * computed.
 */
import { sql } from 'kysely';
import { systemClock } from '../src/ground/clock.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { expectBalance, expectSoundSums } from './books.ts';
import { laneLoad } from './lane-load.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks, randomPayment, settleTown } from './town.ts';

const CALLERS = 512;
const CONNECTIONS = 8;

export const CHAIN: Section = {
  name: 'chain',
  cells: ['chain-without-512', 'chain-with-512'],
  open: openBoth,
};

async function openBoth(world: BenchWorld): Promise<OpenSection> {
  const chained = await openTown(world, 'chained');
  const unchained = await openTown(world, 'unchained');
  await computeNoLinks(unchained.open.db);
  const load = (town: typeof chained.town) => async (seconds: number) =>
    await laneLoad(town, CALLERS, seconds, () => randomPayment(town));
  return {
    cells: new Map([
      ['chain-without-512', load(unchained.town)],
      ['chain-with-512', load(chained.town)],
    ]),
    check: async () => {
      await expectSoundSums(chained.open.db);
      await expectBalance(unchained.open.db);
    },
    checkAll: async () => await expectSoundBooks(chained.open.db),
    close: async () => {
      await chained.open.close();
      await unchained.open.close();
    },
  };
}

async function openTown(world: BenchWorld, name: string) {
  const open = openMeasured(await world.database(name), CONNECTIONS);
  await migrate(open.db, systemClock);
  return { open, town: await settleTown(open.db) };
}

/** The head stays the first one; everything else that posting does is the same. */
async function computeNoLinks(db: Db): Promise<void> {
  await sql`create or replace function next_link(p_head bytea, p_row text) returns bytea language sql stable
    as $$ select p_head $$`.execute(db);
}
