/**
 * Says which files of a store are backups, and takes away what killed makers and clean-ups left.
 *
 * A backup is a sealed file with its manifest beside it. The manifest comes first and goes last, so that a manifest alone is
 * what is left of a kill and may go, and no sealed file is ever taken away by this.
 */
import { after, SECOND_MS } from '../clock.ts';
import type { BackupStore } from './backup-store.ts';
import { BACKUP_SUFFIX, backupName, drillName, isWidowed, manifestName, timeOfBackup } from './manifest.ts';
import type { KeptBackup } from './retention.ts';

/** Oldest first. Whatever has no manifest cannot be restored, and is none. */
export async function listBackups(store: BackupStore): Promise<KeptBackup[]> {
  const names = await store.list();
  const present = new Set(names);
  return names.flatMap((name) => {
    const madeAt = timeOfBackup(name);
    return madeAt === undefined || !present.has(manifestName(name)) ? [] : [{ name, madeAt }];
  });
}

/** Sealed files without a manifest: made by an earlier version that was killed, or copied here half. They stay. */
export async function listStray(store: BackupStore): Promise<string[]> {
  const names = await store.list();
  const present = new Set(names);
  return names.filter((name) => name.endsWith(BACKUP_SUFFIX) && !present.has(manifestName(name)));
}

/** Only for whoever makes a backup now and knows that nobody else does. */
export async function sweepStore(store: BackupStore): Promise<void> {
  await store.removeUnfinished('books-');
  const names = await store.list();
  const present = new Set(names);
  for (const name of names) if (isWidowed(name, present)) await store.remove(name);
}

/** The name of a backup that is made now; of the next second when one of this second is there. */
export async function freeName(store: BackupStore, now: Date): Promise<string> {
  const present = new Set(await store.list());
  let at = now;
  while (present.has(backupName(at))) at = after(at, SECOND_MS);
  return backupName(at);
}

export async function removeBackup(store: BackupStore, name: string): Promise<void> {
  for (const one of [name, manifestName(name), drillName(name)]) await store.remove(one);
}
