/**
 * Lists every job of the product and the step that each runs: the one place to read what happens without a person.
 */
import type { Ground } from '../../ground/ground.ts';
import { makePartitionsOnce } from '../../ground/ledger/make-partitions-once.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import { forgetStaleOnce } from '../../people/forget-stale-once.ts';
import { processCallbacksOnce } from '../../rails/inbox/process-callbacks-once.ts';
import { sendCommandsOnce } from '../../rails/outbox/send-commands-once.ts';
import { enquireOnce } from '../../rails/payments/enquire-once.ts';
import { ENQUIRE_PAYMENTS, PROCESS_CALLBACKS, SEND_COMMANDS } from '../../rails/payments/payment-jobs.ts';
import type { Rails } from '../../rails/rails.ts';
import { expireApprovalsOnce } from '../../tontine/approvals/expire-approvals-once.ts';
import { levyPenaltiesOnce } from '../../tontine/discipline/levy-penalties-once.ts';
import { closeRoundsOnce } from '../../tontine/rounds/close-rounds-once.ts';
import { openRoundsOnce } from '../../tontine/rounds/open-rounds-once.ts';
import { remindBeneficiariesOnce } from '../../tontine/rounds/remind-beneficiaries-once.ts';
import { lapseWithdrawalRequestsOnce } from '../../wallet/lapse-withdrawal-requests-once.ts';

export const MAKE_PARTITIONS: Job = {
  name: 'make-partitions',
  meaning: 'makes the next months of the journal',
};

export const FORGET_STALE: Job = {
  name: 'forget-stale',
  meaning: 'deletes codes, sessions and messages past their time',
};

export const LAPSE_REQUESTS: Job = {
  name: 'lapse-requests',
  meaning: 'closes withdrawals that nobody confirmed',
};

export const OPEN_ROUNDS: Job = {
  name: 'open-rounds',
  meaning: 'opens the rounds of tontines whose time has come',
};

export const CLOSE_ROUNDS: Job = {
  name: 'close-rounds',
  meaning: 'closes rounds whose grace is over, and asks for their pots',
};

export const LEVY_PENALTIES: Job = {
  name: 'levy-penalties',
  meaning: 'fines lateness by the by-law of each group',
};

export const EXPIRE_APPROVALS: Job = {
  name: 'expire-approvals',
  meaning: 'ends requests that no officer answered in time',
};

export const REMIND_BENEFICIARIES: Job = {
  name: 'remind-beneficiaries',
  meaning: 'asks whoever was paid two days ago to say so',
};

export const JOBS: readonly Job[] = [
  SEND_COMMANDS,
  PROCESS_CALLBACKS,
  ENQUIRE_PAYMENTS,
  MAKE_PARTITIONS,
  FORGET_STALE,
  LAPSE_REQUESTS,
  OPEN_ROUNDS,
  CLOSE_ROUNDS,
  LEVY_PENALTIES,
  EXPIRE_APPROVALS,
  REMIND_BENEFICIARIES,
];

/** As many as may wait for the provider side by side; more would only queue at its door. */
const SIDE_BY_SIDE = 20;
/** One provider call may take half a minute; whoever pays meanwhile goes past it. */
const LANES_TO_PROVIDER = 4;
const MONTHS_AHEAD = 12;
const FORGOTTEN_AT_ONCE = 500;
/** Each is a transaction of its own under its group's lock. */
const GROUPS_AT_ONCE = 50;

export function timetable(db: Db, ground: Ground, rails: Rails): JobHandler[] {
  return [
    {
      job: SEND_COMMANDS,
      run: async () => await sendCommandsOnce(db, ground, rails, SIDE_BY_SIDE),
      lanes: LANES_TO_PROVIDER,
      cron: '* * * * *',
    },
    {
      job: PROCESS_CALLBACKS,
      run: async () => await processCallbacksOnce(db, ground, rails, SIDE_BY_SIDE),
      lanes: LANES_TO_PROVIDER,
      cron: '* * * * *',
    },
    {
      job: ENQUIRE_PAYMENTS,
      run: async () => await enquireOnce(db, ground, rails, SIDE_BY_SIDE),
      lanes: LANES_TO_PROVIDER,
      cron: '* * * * *',
    },
    {
      job: MAKE_PARTITIONS,
      run: async () => await makePartitionsOnce(db, ground, MONTHS_AHEAD),
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
    ...tontineJobs(db, ground),
  ];
}

function tontineJobs(db: Db, ground: Ground): JobHandler[] {
  return [
    {
      job: OPEN_ROUNDS,
      run: async () => await openRoundsOnce(db, ground, GROUPS_AT_ONCE),
      cron: '* * * * *',
    },
    {
      job: CLOSE_ROUNDS,
      run: async () => await closeRoundsOnce(db, ground, GROUPS_AT_ONCE),
      cron: '* * * * *',
    },
    {
      job: LEVY_PENALTIES,
      run: async () => await levyPenaltiesOnce(db, ground, FORGOTTEN_AT_ONCE),
      cron: '* * * * *',
    },
    {
      job: EXPIRE_APPROVALS,
      run: async () => await expireApprovalsOnce(db, ground, GROUPS_AT_ONCE),
      cron: '*/5 * * * *',
    },
    {
      job: REMIND_BENEFICIARIES,
      run: async () => await remindBeneficiariesOnce(db, ground, GROUPS_AT_ONCE),
      cron: '*/15 * * * *',
    },
  ];
}
