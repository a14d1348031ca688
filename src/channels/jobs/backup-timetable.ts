/**
 * Lists the jobs that keep the books elsewhere, and prove that they can be had back.
 */
import { archiveMonthsOnce } from '../../ground/archive/archive-months-once.ts';
import { dropEventMonthsOnce } from '../../ground/archive/drop-event-months-once.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import type { AlertChannel } from '../../oversight/alerts/alert-delivery.rows.ts';
import type { HeadShelf } from '../../oversight/heads/head-shelf.ts';
import { publishHeadOnce } from '../../oversight/heads/publish-head-once.ts';
import { archiveCallbacksOnce } from '../../rails/inbox/archive-callbacks-once.ts';
import { findOldestOpen } from '../../rails/payments/oldest-open.rows.ts';
import type { Backups } from '../backups.ts';

const THREE_HOURS_S = 3 * 3600;
export const BACK_UP: Job = {
  name: 'back-up',
  meaning: 'makes the backup of the night',
  longest_s: THREE_HOURS_S,
};

export const DRILL_RESTORE: Job = {
  name: 'drill-restore',
  meaning: 'restores the newest backup into a scratch database and proves its books',
  longest_s: THREE_HOURS_S,
};

export const PUBLISH_HEAD: Job = {
  name: 'publish-head',
  meaning: 'tells the outside how far the books have come',
};

export const THIN_HEADS: Job = {
  name: 'thin-heads',
  meaning: 'keeps of the heads of older days the last one',
};

export const ARCHIVE_CALLBACKS: Job = {
  name: 'archive-callbacks',
  meaning: 'moves the bytes of old callbacks into sealed files beside the backups',
  longest_s: THREE_HOURS_S,
};

export const ARCHIVE_MONTHS: Job = {
  name: 'archive-months',
  meaning: 'puts months that are over into sealed files beside the backups, and lets old events go',
  longest_s: THREE_HOURS_S,
};

const CALLBACKS_AT_ONCE = 5_000;

/** Only processes that know where backups go work on these; where none does, nobody asks for them. */
export const BACKUP_JOBS: readonly Job[] = [
  BACK_UP,
  DRILL_RESTORE,
  ARCHIVE_CALLBACKS,
  ARCHIVE_MONTHS,
  PUBLISH_HEAD,
  THIN_HEADS,
];

export function backupTimetable(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  backups: Backups | undefined,
): JobHandler[] {
  if (backups === undefined) return [];
  const { drill } = backups;
  const nightly: JobHandler = {
    job: BACK_UP,
    run: async () => {
      await backups.backUp(db);
      return 0;
    },
    cron: '30 2 * * *',
  };
  const archiving: JobHandler = {
    job: ARCHIVE_CALLBACKS,
    run: async () => await archiveCallbacksOnce(db, ground, backups.callbacks, CALLBACKS_AT_ONCE),
    cron: '50 3 * * *',
  };
  const months: JobHandler = {
    job: ARCHIVE_MONTHS,
    run: async () => await archiveAndDrop(db, ground, backups),
    cron: '20 4 * * *',
  };
  if (drill === undefined) return [nightly, archiving, months];
  const weekly: JobHandler = {
    job: DRILL_RESTORE,
    run: async () => {
      const report = await drill();
      if (!report.proven) throw new Error(`the backup ${report.name} could not be restored: ${report.seen}`);
      return 0;
    },
    cron: '30 4 * * 0',
  };
  return [nightly, archiving, months, weekly];
}

async function archiveAndDrop(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  { months, eventsKeepMonths: keepMonths }: Backups,
): Promise<number> {
  const archived = await archiveMonthsOnce(db, ground, months);
  if (keepMonths === undefined) return archived;
  const oldestOpen = findOldestOpen;
  return archived + (await dropEventMonthsOnce(db, ground, months, { keepMonths, oldestOpen }));
}

export function headTimetable(
  db: Db,
  ground: Ground,
  shelf: HeadShelf | undefined,
  channels: readonly AlertChannel[],
): JobHandler[] {
  if (shelf === undefined) return [];
  return [
    {
      job: PUBLISH_HEAD,
      run: async () => {
        await publishHeadOnce(db, ground, shelf, channels);
        return 0;
      },
      cron: '* * * * *',
    },
    {
      job: THIN_HEADS,
      run: async () => {
        await shelf.thin(ground.clock.now());
        return 0;
      },
      cron: '50 2 * * *',
    },
  ];
}
