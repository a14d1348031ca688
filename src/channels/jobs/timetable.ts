/**
 * Lists every job of the product and the step that each runs: the one place to read what happens without a person.
 */
import type { Ground } from '../../ground/ground.ts';
import { makePartitionsOnce } from '../../ground/ledger/make-partitions-once.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import { PROVE_ALIVE } from '../../ground/queue/prove-alive.ts';
import { readFloatsOnce } from '../../oversight/now/read-floats-once.ts';
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
import type { Backups } from '../backups.ts';

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

export const READ_FLOATS: Job = {
  name: 'read-floats',
  meaning: 'compares what the provider holds with the books',
};

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
  READ_FLOATS,
  PROVE_ALIVE,
  OPEN_ROUNDS,
  CLOSE_ROUNDS,
  LEVY_PENALTIES,
  EXPIRE_APPROVALS,
  REMIND_BENEFICIARIES,
];

/** Only processes that know where backups go work on these; where none does, nobody asks for them. */
export const BACKUP_JOBS: readonly Job[] = [BACK_UP, DRILL_RESTORE];

/** As many as may wait for the provider side by side; more would only queue at its door. */
const SIDE_BY_SIDE = 20;
/** One provider call may take half a minute; whoever pays meanwhile goes past it. */
const LANES_TO_PROVIDER = 4;
const MONTHS_AHEAD = 12;
const FORGOTTEN_AT_ONCE = 500;
/** Each is a transaction of its own under its group's lock. */
const GROUPS_AT_ONCE = 50;

/** `backups` only where they are configured; other processes leave those jobs to one where they are. */
export function timetable(db: Db, ground: Ground, rails: Rails, backups?: Backups): JobHandler[] {
  return [
    ...keeping(db, backups),
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
    {
      job: READ_FLOATS,
      run: async () => await readFloatsOnce(db, ground, rails),
      cron: '* * * * *',
    },
    { job: PROVE_ALIVE, run: async () => 0, cron: '* * * * *' },
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

function keeping(db: Db, backups: Backups | undefined): JobHandler[] {
  if (backups === undefined) return [];
  const { backUp, drill } = backups;
  const nightly: JobHandler = {
    job: BACK_UP,
    run: async () => {
      await backUp(db);
      return 0;
    },
    cron: '30 2 * * *',
  };
  if (drill === undefined) return [nightly];
  const weekly: JobHandler = {
    job: DRILL_RESTORE,
    run: async () => {
      const report = await drill();
      if (!report.proven) throw new Error(`the backup ${report.name} could not be restored: ${report.seen}`);
      return 0;
    },
    cron: '30 4 * * 0',
  };
  return [nightly, weekly];
}
