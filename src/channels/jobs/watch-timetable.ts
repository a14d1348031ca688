/**
 * Lists the jobs by which the house watches itself: floats, alarms, chains, reconciliation.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import type { AlertGateway } from '../../oversight/alerts/alert-gateway.ts';
import { DELIVER_ALERTS, EVALUATE_ALERTS, VERIFY_CHAINS } from '../../oversight/alerts/alert-jobs.ts';
import { deliverAlertsOnce } from '../../oversight/alerts/deliver-alerts-once.ts';
import { evaluateAlertsOnce } from '../../oversight/alerts/evaluate-alerts-once.ts';
import { verifyChainsOnce } from '../../oversight/alerts/verify-chains-once.ts';
import { readFloatsOnce } from '../../oversight/now/read-floats-once.ts';
import { DAYS_AT_ONCE, lookAtDaysOnce } from '../../oversight/reconcile/look-at-days-once.ts';
import { reconcileOnce } from '../../oversight/reconcile/reconcile-once.ts';
import type { Rails } from '../../rails/rails.ts';

export const READ_FLOATS: Job = {
  name: 'read-floats',
  meaning: 'compares what the provider holds with the books',
};

export const RECONCILE_LIGHT: Job = {
  name: 'reconcile-light',
  meaning: 'compares the books with what the provider holds',
};

export const RECONCILE_DEEP: Job = {
  name: 'reconcile-deep',
  meaning: 'compares each day with the statements, one, three and seven days later',
};

export const WATCH_JOBS: readonly Job[] = [
  READ_FLOATS,
  EVALUATE_ALERTS,
  DELIVER_ALERTS,
  VERIFY_CHAINS,
  RECONCILE_LIGHT,
  RECONCILE_DEEP,
];

const MESSAGES_AT_ONCE = 20;

export function watchTimetable(
  db: Db,
  ground: Ground,
  rails: Rails,
  gateways: readonly AlertGateway[],
): JobHandler[] {
  const channels = gateways.map((gateway) => gateway.channel);
  return [
    {
      job: READ_FLOATS,
      run: async () => await readFloatsOnce(db, ground, rails),
      cron: '* * * * *',
    },
    {
      job: EVALUATE_ALERTS,
      run: async () => await evaluateAlertsOnce(db, ground, rails, channels),
      cron: '* * * * *',
    },
    {
      job: DELIVER_ALERTS,
      run: async () => await deliverAlertsOnce(db, ground, gateways, MESSAGES_AT_ONCE),
      cron: '* * * * *',
    },
    {
      job: VERIFY_CHAINS,
      run: async () => await verifyChainsOnce(db, ground, channels),
      cron: '41 2 * * *',
    },
    {
      job: RECONCILE_LIGHT,
      run: async () => await reconcileOnce(db, ground, rails, 'light'),
      cron: '7 * * * *',
    },
    {
      job: RECONCILE_DEEP,
      run: async () => await lookAtDaysOnce(db, ground, rails, DAYS_AT_ONCE),
      cron: '23 * * * *',
    },
  ];
}
