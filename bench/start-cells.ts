/**
 * Measures how long the product takes from nothing to its first page: on PostgreSQL, and on PGlite when its database is
 * there already.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/ground/clock.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { type ProductProcess, startProcess } from '../stories/world/product-process.ts';
import { expectSoundSums } from './books.ts';
import { counted, type Measured } from './measure.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { openLine } from './web-process.ts';

const COMMON = { PORT: '0', SIMULATOR_PORT: '0', LOG_LEVEL: 'fatal' };

export const START: Section = {
  name: 'start',
  cells: ['start-postgres', 'start-pglite'],
  needsBuild: true,
  open: openStarts,
};

async function openStarts(world: BenchWorld): Promise<OpenSection> {
  const url = await world.database('starting');
  const open = openMeasured(url, 2);
  await migrate(open.db, systemClock);
  const folder = await mkdtemp(join(tmpdir(), 'tontine-start-'));
  const onPostgres = { ...COMMON, DATABASE_URL: url, DATA_DIR: join(folder, 'postgres') };
  const onPglite = { ...COMMON, DATA_DIR: join(folder, 'pglite') };
  // The first starts make tables, people and files; they happen once in the life of an installation.
  await firstPage(onPostgres);
  await firstPage(onPglite);
  return {
    cells: new Map([
      ['start-postgres', async () => await firstPage(onPostgres)],
      ['start-pglite', async () => await firstPage(onPglite)],
    ]),
    check: async () => await expectSoundSums(open.db),
    checkAll: async () => undefined,
    close: async () => {
      await open.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Seconds from the start of the process to the login page in hand. */
async function firstPage(variables: Readonly<Record<string, string>>): Promise<Measured> {
  const started_ms = performance.now();
  const product: ProductProcess = await startProcess(variables);
  const line = openLine(product.url, 1);
  await line.ask({ path: '/login/' });
  const took_ms = performance.now() - started_ms;
  await line.close();
  await product.stop();
  return counted(took_ms / 1000);
}
