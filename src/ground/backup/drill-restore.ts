/**
 * Restores the newest backup into a scratch database, proves its books, and writes down how it went and how long it took.
 *
 * A backup that nobody has restored is a hope. The time is what a host needs to know on the day it counts: until when the
 * doors stay shut.
 */

import { z } from 'zod';
import type { Chance } from '../chance.ts';
import type { Clock } from '../clock.ts';
import { openScratch } from '../postgres/scratch-database.ts';
import { demand, Hindrance, type Sentence } from '../refusal.ts';
import { type BackupStore, putSmall, readSmall } from './backup-store.ts';
import { listBackups } from './kept-backups.ts';
import { drillName } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';

const shape = z.object({
  name: z.string(),
  triedAt: z.iso.datetime(),
  took_ms: z.number().int(),
  proven: z.boolean(),
  /** What was proven, or why not; reports of earlier versions have it in English only. */
  seen: z.string(),
  seenInFrench: z.string().optional(),
});
export type DrillReport = z.output<typeof shape>;

export interface DrillOptions {
  readonly store: BackupStore;
  /** The newest one unless named. */
  readonly name?: string | undefined;
  readonly identity: string;
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly chance: Chance;
  /** A server on which a scratch database may be made; in memory without one. */
  readonly serverUrl?: string | undefined;
}

/** Never throws because of the backup: a failed drill is a report like any other. Throws when there is none to try. */
export async function drillRestore(options: DrillOptions): Promise<DrillReport> {
  const name = options.name ?? (await newestBackup(options.store));
  demand(
    name !== undefined,
    `il n’y a pas de sauvegarde dans ${options.store.place}`,
    `there is no backup in ${options.store.place}`,
  );
  const startedAt = options.clock.now();
  const tried = await attempt(options, name);
  const report: DrillReport = {
    name,
    triedAt: startedAt.toISOString(),
    took_ms: options.clock.now().getTime() - startedAt.getTime(),
    ...tried,
  };
  await putSmall(options.store, drillName(name), `${JSON.stringify(report, undefined, 2)}\n`);
  return report;
}

async function attempt(
  options: DrillOptions,
  name: string,
): Promise<Pick<DrillReport, 'proven' | 'seen' | 'seenInFrench'>> {
  try {
    const scratchName = `tontine_drill_${Buffer.from(options.chance.bytes(6)).toString('hex')}`;
    const scratch = await openScratch(options.serverUrl, scratchName);
    try {
      const manifest = await restoreBackup(scratch.db, { ...options, name });
      const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
      return {
        proven: true,
        seen: `${rows} rows; the journal's ${manifest.seq} transfers replayed, every balance and the hash chain as they were`,
        seenInFrench: `${rows} lignes ; les ${manifest.seq} transferts du journal rejoués, chaque solde et la chaîne d’empreintes comme ils étaient`,
      };
    } finally {
      await scratch.close();
    }
  } catch (error) {
    if (error instanceof Hindrance)
      return { proven: false, seen: error.said.en, seenInFrench: error.said.fr };
    return { proven: false, seen: error instanceof Error ? error.message : String(error) };
  }
}

export function seenInDrill({ seen, seenInFrench }: DrillReport): Sentence {
  return { fr: seenInFrench ?? seen, en: seen };
}

export async function newestBackup(store: BackupStore): Promise<string | undefined> {
  return (await listBackups(store)).at(-1)?.name;
}

/** The report about one backup, when it was tried. */
export async function findDrill(store: BackupStore, name: string): Promise<DrillReport | undefined> {
  if (!(await store.list()).includes(drillName(name))) return undefined;
  return shape.parse(JSON.parse(await readSmall(store, drillName(name))));
}
