/**
 * Measures whether pages stay as fast when the books have grown for years: the same pages, on a small history and on a long
 * one, by people with the same number of payments of their own.
 */
import { expectSoundSums } from './books.ts';
import { type History, setPagesStage } from './pages-stage.ts';
import type { BenchWorld, MeasureCell, OpenSection, Section } from './section.ts';
import { expectSoundBooks } from './town.ts';

const SMALL: History = { payments: 10_000 };
/** Set in a minute. The sizes of the goal take a quarter of an hour and are behind `--full`. */
const LARGE: History = { payments: 100_000, transfers: 1_000_000 };
const FULL: History = { payments: 1_000_000, transfers: 10_000_000 };
const QUICK: History = { payments: 20_000 };

const PAGES = { wallet: '/wallet/', history: '/wallet/history/' };

export const GROWTH: Section = {
  name: 'history',
  cells: ['wallet-small', 'wallet-large', 'history-small', 'history-large'],
  needsBuild: true,
  open: openHistories,
};

async function openHistories(world: BenchWorld): Promise<OpenSection> {
  const { quick } = world.options;
  const full = world.options.full.includes(GROWTH.name);
  const small = await setPagesStage(world, 'small_history', SMALL);
  const large = await setPagesStage(world, 'large_history', full ? FULL : quick ? QUICK : LARGE);
  const cells = new Map<string, MeasureCell>();
  for (const [name, path] of Object.entries(PAGES)) {
    cells.set(`${name}-small`, async (seconds) => await small.look(path, seconds));
    cells.set(`${name}-large`, async (seconds) => await large.look(path, seconds));
  }
  const note = `${large.size}, against ${small.size}`;
  return {
    cells,
    notes: { 'wallet-large': note, 'history-large': note },
    check: async () => {
      await expectSoundSums(small.open.db);
      await expectSoundSums(large.open.db);
    },
    checkAll: async () => {
      await expectSoundBooks(small.open.db);
      // Ten million links take minutes to follow: there the newest and all sums have to do.
      if (!full) await expectSoundBooks(large.open.db);
    },
    close: async () => {
      await small.close();
      await large.close();
    },
  };
}
