/**
 * Gives a test its own database, migrated and empty, on either engine.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { seededChance, trueChance } from '../chance.ts';
import { type HandClock, handClock, systemClock } from '../clock.ts';
import type { Ground } from '../ground.ts';
import { makeIds } from '../identifiers.ts';
import { type Engine, type OpenDatabase, openPglite, openPostgres } from '../postgres/database.ts';
import { migrate } from '../postgres/migrate.ts';
import type { Job, Queue } from '../queue/job.ts';
import { invariant } from '../refusal.ts';
import { openVault } from '../seal/vault.ts';
import { VaultPlugin } from '../seal/vault-of.ts';
import { TEMPLATE_DATABASE, withDatabase } from './postgres-server.ts';

/** What a product that serves a test's database must have as `SEAL_KEYS`, so that both open the same rows. */
export const TEST_SEAL_KEY = 'the-seal-key-of-every-test-and-of-no-host';

/** The keys of every test's database. */
export function testVault(): VaultPlugin {
  return new VaultPlugin(() => openVault([TEST_SEAL_KEY], trueChance));
}

/** A clone of the migrated template on real PostgreSQL; the caller closes it with `drop`. */
export async function clonePostgres(): Promise<OpenDatabase & { url: string; drop: () => Promise<void> }> {
  const server = inject('postgresUrl');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, `create database ${name} template ${TEMPLATE_DATABASE}`);
  const url = withDatabase(server, name);
  const open = openPostgres(url, {
    onError: () => undefined,
    connections: 20,
    plugins: [testVault()],
  });
  return {
    ...open,
    url,
    drop: async () => {
      await open.close();
      await asAdmin(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** A fresh database for the test that runs now; dropped when it ends. */
export async function freshDatabase(engine: Engine = 'postgres'): Promise<OpenDatabase> {
  if (engine === 'pglite') {
    const open = await openPglite(undefined, [testVault()], await migratedImage());
    onTestFinished(async () => await open.close());
    return open;
  }
  const open = await clonePostgres();
  onTestFinished(async () => await open.drop());
  return open;
}

/** The files of a migrated PGlite: making them takes seconds, so whoever comes first makes them for all. */
async function migratedImage(): Promise<Blob> {
  const file = join(inject('imageFolder'), 'migrated.tar');
  if (!existsSync(file)) {
    const open = await openPglite(undefined);
    await migrate(open.db, systemClock);
    invariant(open.lite !== undefined, 'only PGlite has an image');
    const image = await open.lite.dumpDataDir('none');
    await open.close();
    // Under its name only when it is whole: another worker may look for it at the same time.
    const half = `${file}.${randomUUID()}`;
    await writeFile(half, image.stream());
    await rename(half, file);
  }
  return new Blob([await readFile(file)]);
}

/** A queue that only remembers what was asked, for tests that run the `…-once` steps by hand. */
export interface RememberingQueue extends Queue {
  readonly asked: { readonly job: Job; readonly startAfter: Date | undefined }[];
}

export function rememberingQueue(): RememberingQueue {
  const asked: { job: Job; startAfter: Date | undefined }[] = [];
  return {
    asked,
    async enqueue(_tx, job, options) {
      asked.push({ job, startAfter: options?.startAfter });
    },
  };
}

/** A ground whose clock stands still at a Monday morning in Abidjan and whose chance follows the seed. */
export function testGround(seed = 'test'): Ground & { clock: HandClock; queue: RememberingQueue } {
  const clock = handClock(new Date('2026-01-05T08:00:00.000Z'));
  const chance = seededChance(seed);
  return { clock, chance, ids: makeIds(clock, chance), queue: rememberingQueue() };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
