/**
 * Measures the ledger and what it is compared with, on one server.
 */
import { seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { type Anchor, openPgledger, openTpcb } from './anchors.ts';
import { expectSoundSums } from './books.ts';
import { LEDGER_CELLS } from './ledger-cells.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, MeasureCell, OpenSection, Section } from './section.ts';
import { expectSoundBooks, settleTown } from './town.ts';

const CONNECTIONS = 8;

/** What everything is a multiple of. */
export const ANCHORS: Section = {
  name: 'anchors',
  cells: ['anchor-tpcb', 'anchor-pgledger-random', 'anchor-pgledger-hot'],
  open: openAnchors,
};

async function openAnchors(world: BenchWorld): Promise<OpenSection> {
  const chance = seededChance('anchors');
  const anchors = new Map<string, Anchor>();
  anchors.set('anchor-tpcb', await openTpcb(await world.database('bank'), chance));
  const { pgledger } = world.options;
  if (pgledger !== undefined) {
    const { random, hot } = await openPgledger(await world.database('peer'), chance, pgledger);
    anchors.set('anchor-pgledger-random', random).set('anchor-pgledger-hot', hot);
  }
  const cells = new Map<string, MeasureCell>();
  for (const [name, anchor] of anchors) cells.set(name, async (seconds) => await anchor.measure(seconds));
  return {
    cells,
    notes: Object.fromEntries([...anchors].map(([name, { by }]) => [name, by])),
    check: async () => undefined,
    checkAll: async () => undefined,
    close: async () => {
      for (const anchor of anchors.values()) await anchor.close();
    },
  };
}

export const LEDGER: Section = {
  name: 'ledger',
  cells: Object.keys(LEDGER_CELLS),
  open: async (world) => {
    const url = await world.database('town');
    const open = openMeasured(url, CONNECTIONS);
    await migrate(open.db, systemClock);
    const town = await settleTown(open.db);
    const cells = new Map<string, MeasureCell>();
    for (const [name, cell] of Object.entries(LEDGER_CELLS)) {
      cells.set(name, async (seconds) => await cell(town, seconds));
    }
    return {
      cells,
      check: async () => await expectSoundSums(open.db),
      checkAll: async () => await expectSoundBooks(open.db),
      close: async () => await open.close(),
    };
  },
};
