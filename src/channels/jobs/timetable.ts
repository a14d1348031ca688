/**
 * Lists every job of the product and the step that each runs: the one place to read what happens without a person.
 */
import { makeEventMonthsOnce } from '../../ground/events/make-event-months-once.ts';
import type { Ground } from '../../ground/ground.ts';
import { makePartitionsOnce } from '../../ground/ledger/make-partitions-once.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import { PROVE_ALIVE } from '../../ground/queue/prove-alive.ts';
import { hashRowsOnce } from '../../ground/seal/hash-rows-once.ts';
import type { AlertGateway } from '../../oversight/alerts/alert-gateway.ts';
import type { HeadShelf } from '../../oversight/heads/head-shelf.ts';
import { SEALED_COLUMNS } from '../../oversight/person/sealed-columns.ts';
import { forgetStaleOnce } from '../../people/forget-stale-once.ts';
import type { SmsGateway } from '../../people/sms-gateway.ts';
import { openInboxLanes } from '../../rails/inbox/inbox-lanes.ts';
import { processCallbacksOnce } from '../../rails/inbox/process-callbacks-once.ts';
import { sendCommandsOnce } from '../../rails/outbox/send-commands-once.ts';
import { enquireOnce } from '../../rails/payments/enquire-once.ts';
import { openEnquiryLanes } from '../../rails/payments/enquiry-lanes.ts';
import { ENQUIRE_PAYMENTS, PROCESS_CALLBACKS, SEND_COMMANDS } from '../../rails/payments/payment-jobs.ts';
import type { Rails } from '../../rails/rails.ts';
import { lapseWithdrawalRequestsOnce } from '../../wallet/lapse-withdrawal-requests-once.ts';
import type { Backups } from '../backups.ts';
import { backupTimetable, headTimetable } from './backup-timetable.ts';
import { MESSAGE_JOBS, messageTimetable, thenTell } from './message-timetable.ts';
import { TONTINE_JOBS, tontineTimetable } from './tontine-timetable.ts';
import { WATCH_JOBS, watchTimetable } from './watch-timetable.ts';

export const MAKE_PARTITIONS: Job = {
  name: 'make-partitions',
  meaning: 'makes the next months of the journal and of the events',
};

export const FORGET_STALE: Job = {
  name: 'forget-stale',
  meaning: 'deletes codes, sessions and messages past their time',
};

export const HASH_ROWS: Job = {
  name: 'hash-rows',
  meaning: 'makes the rows of an older version findable while it may still serve',
};

export const LAPSE_REQUESTS: Job = {
  name: 'lapse-requests',
  meaning: 'closes withdrawals that nobody confirmed',
};

export const JOBS: readonly Job[] = [
  SEND_COMMANDS,
  PROCESS_CALLBACKS,
  ENQUIRE_PAYMENTS,
  MAKE_PARTITIONS,
  FORGET_STALE,
  LAPSE_REQUESTS,
  HASH_ROWS,
  PROVE_ALIVE,
  ...WATCH_JOBS,
  ...TONTINE_JOBS,
  ...MESSAGE_JOBS,
];

/** As many as may wait for the provider side by side; more would only queue at its door. */
const SIDE_BY_SIDE = 20;
/** Two hundred that are claimed together cost little more than twenty. */
export const TAKEN_AT_ONCE = 200;
/** One provider call may take half a minute; whoever pays meanwhile goes past it. */
export const LANES_TO_PROVIDER = 4;
const MONTHS_AHEAD = 12;
const FORGOTTEN_AT_ONCE = 500;
const HASHED_AT_ONCE = 2_000;

/** What some jobs need besides the database and the provider. */
export interface JobTools {
  /** Who is told of alarms, beyond the console. */
  readonly alertGateways: readonly AlertGateway[];
  /** Only where they are configured; other processes leave those jobs to one where they are. */
  readonly backups: Backups | undefined;
  readonly heads: HeadShelf | undefined;
  /** Who carries text messages, and how many of them a day may cost. */
  readonly sms: SmsGateway;
  readonly smsDailyBudget: number;
}

export function timetable(db: Db, ground: Ground, rails: Rails, tools: JobTools): JobHandler[] {
  // One of each for all workers of the process: what they bring at the same time is written together.
  const inbox = openInboxLanes(db, ground, rails);
  const enquiries = openEnquiryLanes(db, ground);
  return [
    ...backupTimetable(db, ground, tools.backups),
    ...headTimetable(
      db,
      ground,
      tools.heads,
      tools.alertGateways.map(({ channel }) => channel),
    ),
    {
      job: SEND_COMMANDS,
      run: async () => await sendCommandsOnce(db, ground, rails, SIDE_BY_SIDE),
      lanes: LANES_TO_PROVIDER,
      cron: '* * * * *',
    },
    {
      job: PROCESS_CALLBACKS,
      run: thenTell(
        db,
        ground,
        async () => await processCallbacksOnce(db, ground, rails, TAKEN_AT_ONCE, inbox),
      ),
      lanes: LANES_TO_PROVIDER,
      cron: '* * * * *',
    },
    {
      job: ENQUIRE_PAYMENTS,
      run: thenTell(db, ground, async () => await enquireOnce(db, ground, rails, TAKEN_AT_ONCE, enquiries)),
      lanes: LANES_TO_PROVIDER,
      cron: '* * * * *',
    },
    {
      job: MAKE_PARTITIONS,
      run: async () =>
        (await makePartitionsOnce(db, ground, MONTHS_AHEAD)) +
        (await makeEventMonthsOnce(db, ground, MONTHS_AHEAD)),
      cron: '17 3 * * *',
    },
    {
      job: FORGET_STALE,
      run: async () => await forgetStaleOnce(db, ground, FORGOTTEN_AT_ONCE),
      cron: '*/10 * * * *',
    },
    {
      job: LAPSE_REQUESTS,
      run: async () => await lapseWithdrawalRequestsOnce(db, ground, FORGOTTEN_AT_ONCE),
      cron: '*/5 * * * *',
    },
    {
      job: HASH_ROWS,
      run: async () => await hashRowsOnce(db, SEALED_COLUMNS, HASHED_AT_ONCE),
      cron: '* * * * *',
    },
    { job: PROVE_ALIVE, run: async () => 0, cron: '* * * * *' },
    ...watchTimetable(db, ground, rails, tools.alertGateways),
    ...tontineTimetable(db, ground),
    ...messageTimetable(db, ground, tools),
  ];
}
