/**
 * Opens what is configured about backups: where they go, who may open them, how long they stay.
 *
 * Jobs and commands use the same one, so a backup that is made by hand is the one of the night.
 */
import type { ArchivePlace } from '../ground/archive/write-archive.ts';
import { type BackupStore, folderStore, readIdentity } from '../ground/backup/backup-store.ts';
import { type DrillReport, drillRestore } from '../ground/backup/drill-restore.ts';
import { listBackups, removeBackup } from '../ground/backup/kept-backups.ts';
import { makeBackup } from '../ground/backup/make-backup.ts';
import type { Manifest } from '../ground/backup/manifest.ts';
import { superfluous } from '../ground/backup/retention.ts';
import type { Ground } from '../ground/ground.ts';
import { deriveKey } from '../ground/keys.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { invariant } from '../ground/refusal.ts';
import { insertBackupRun } from '../oversight/alerts/backup-run.rows.ts';
import type { CallbackArchive } from '../rails/inbox/archive-callbacks-once.ts';
import type { AllSettings } from './boot-checks.ts';
import { readS3Url, s3Store } from './s3-store.ts';
import type { ChannelSettings } from './settings.ts';

export interface Backups {
  readonly store: BackupStore;
  /** Where the bytes of old callbacks go. */
  readonly callbacks: CallbackArchive;
  /** Where months that are over go. */
  readonly months: ArchivePlace;
  /** So many months of events stay; absent where all stay. */
  readonly eventsKeepMonths: number | undefined;
  /** Makes one, and lets those go that nobody needs any more; returns what was made and what went. */
  backUp(db: Db): Promise<{ readonly made: Manifest; readonly gone: readonly string[] }>;
  /** Tries one, the newest unless named. Absent where the identity is not at hand. */
  readonly drill?: (name?: string) => Promise<DrillReport>;
}

export interface BackupParts {
  readonly ground: Pick<Ground, 'clock' | 'chance'>;
  readonly secret: string;
}

/** Nothing when no place is configured. */
export function openBackups(settings: AllSettings, parts: BackupParts): Backups | undefined {
  const { BACKUP_RECIPIENT: recipients = '', BACKUP_IDENTITY_FILE: identityFile } = settings.channels;
  const store = openStore(settings.channels, parts.ground);
  if (store === undefined) return undefined;
  const { clock, chance } = parts.ground;
  const keepMonths = settings.channels.CALLBACKS_KEEP_MONTHS;
  const months: ArchivePlace = { store, recipients: recipients.split(',') };
  const callbacks: CallbackArchive = { ...months, keepMonths };
  const eventsKeepMonths = settings.channels.EVENTS_KEEP_MONTHS;
  const key = deriveKey(parts.secret, 'backup');
  const backUp: Backups['backUp'] = async (db) => {
    const made = await makeBackup(db, { ...months, key, clock });
    // The alarm for a backup that is too old reads this.
    await inTransaction(db, async (tx) => {
      const run = { finishedAt: clock.now(), size_bytes: BigInt(made.bytes), place: made.name };
      await insertBackupRun(tx, run);
    });
    return { made, gone: await letGo(store, clock.now(), settings.channels.BACKUP_KEEP_DAYS) };
  };
  const plain: Backups = { store, callbacks, months, eventsKeepMonths, backUp };
  if (identityFile === undefined) return plain;
  return {
    ...plain,
    drill: async (name) => {
      const identity = await readIdentity(identityFile);
      invariant(identity !== undefined, `${identityFile} has no identity in it`);
      const serverUrl = settings.channels.DRILL_DATABASE_URL ?? settings.ground.DATABASE_URL;
      return await drillRestore({ store, name, identity, key, clock, chance, serverUrl });
    },
  };
}

/** Nothing when no place is configured. */
export function openStore(
  settings: ChannelSettings,
  { clock }: Pick<Ground, 'clock'>,
): BackupStore | undefined {
  return openStoreAt(settings.BACKUP_TO, settings, { clock });
}

/** Nothing without a place. */
export function openStoreAt(
  place: string | undefined,
  settings: ChannelSettings,
  { clock }: Pick<Ground, 'clock'>,
): BackupStore | undefined {
  if (place === undefined) return undefined;
  const bucket = readS3Url(place);
  if (bucket === undefined) return folderStore(place);
  return s3Store(
    {
      ...bucket,
      endpoint: settings.S3_ENDPOINT ?? '',
      region: settings.S3_REGION,
      accessKeyId: settings.S3_ACCESS_KEY_ID ?? '',
      secretAccessKey: settings.S3_SECRET_ACCESS_KEY ?? '',
    },
    clock,
  );
}

async function letGo(store: BackupStore, now: Date, keepDays: number): Promise<string[]> {
  const gone = superfluous(await listBackups(store), now, keepDays);
  for (const name of gone) await removeBackup(store, name);
  return gone;
}
