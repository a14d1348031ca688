/**
 * Lists the job that publishes the head of the chain, in processes that know where to.
 */
import type { Ground } from '../../ground/ground.ts';
import type { HeadShelf } from '../../ground/heads/head-shelf.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import type { AlertChannel } from '../../oversight/alerts/alert-delivery.rows.ts';
import { watchHeadOnce } from '../../oversight/alerts/watch-head-once.ts';

export const PUBLISH_HEAD: Job = {
  name: 'publish-head',
  meaning: 'keeps the head of the chain outside the database, and compares the books with the one before',
};

/** Only processes that know where heads go work on it; where none does, nobody asks for it. */
export const HEAD_JOBS: readonly Job[] = [PUBLISH_HEAD];

export function headsTimetable(
  db: Db,
  ground: Ground,
  heads: HeadShelf | undefined,
  channels: readonly AlertChannel[],
): JobHandler[] {
  if (heads === undefined) return [];
  return [
    {
      job: PUBLISH_HEAD,
      run: async () => await watchHeadOnce(db, ground, heads, channels),
      cron: '* * * * *',
    },
  ];
}
