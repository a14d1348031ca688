/**
 * Measures what a synchronous standby costs: the lane with 512 callers, each commit answered once both servers have it,
 * against the same without a standby.
 *
 * The standby shares the cores and the disk of the primary here, which is worse than any real pair.
 */

import { sql } from 'kysely';
import { systemClock } from '../src/ground/clock.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { invariant } from '../src/ground/refusal.ts';
import { startPair } from '../src/ground/testing/postgres-pair.ts';
import { expectSoundSums } from './books.ts';
import { laneLoad } from './lane-load.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks, randomPayment, settleTown } from './town.ts';

const CALLERS = 512;
const CONNECTIONS = 8;

export const STANDBY: Section = {
  name: 'standby',
  cells: ['standby-without-512', 'standby-512'],
  open: openStandby,
};

async function openStandby(world: BenchWorld): Promise<OpenSection> {
  const pair = await startPair(world.settings);
  const paired = openMeasured(pair.primary.url, CONNECTIONS);
  const alone = openMeasured(await world.database('alone'), CONNECTIONS);
  await migrate(paired.db, systemClock);
  await migrate(alone.db, systemClock);
  const [pairedTown, aloneTown] = [await settleTown(paired.db), await settleTown(alone.db)];
  const expectSynchronous = async (): Promise<void> => {
    const found = await sql<{ state: string }>`select sync_state as state from pg_stat_replication`.execute(
      paired.db,
    );
    invariant(found.rows[0]?.state === 'sync', 'the standby does not follow synchronously');
  };
  return {
    cells: new Map([
      [
        'standby-without-512',
        async (seconds: number) =>
          await laneLoad(aloneTown, CALLERS, seconds, () => randomPayment(aloneTown)),
      ],
      [
        'standby-512',
        async (seconds: number) => {
          await expectSynchronous();
          return await laneLoad(pairedTown, CALLERS, seconds, () => randomPayment(pairedTown));
        },
      ],
    ]),
    notes: { 'standby-512': 'the standby on the same cores and disk' },
    check: async () => {
      await expectSynchronous();
      await expectSoundSums(paired.db);
      await expectSoundSums(alone.db);
    },
    checkAll: async () => {
      await expectSoundBooks(paired.db);
      await expectSoundBooks(alone.db);
    },
    close: async () => {
      await paired.close();
      await alone.close();
      await pair.stop();
    },
  };
}
