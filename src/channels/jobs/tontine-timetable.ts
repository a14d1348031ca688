/**
 * Lists the jobs of tontines and the step that each runs.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import { expireApprovalsOnce } from '../../tontine/approvals/expire-approvals-once.ts';
import { levyPenaltiesOnce } from '../../tontine/discipline/levy-penalties-once.ts';
import { closeRoundsOnce } from '../../tontine/rounds/close-rounds-once.ts';
import { openRoundsOnce } from '../../tontine/rounds/open-rounds-once.ts';
import { remindBeneficiariesOnce } from '../../tontine/rounds/remind-beneficiaries-once.ts';

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

export const TONTINE_JOBS: readonly Job[] = [
  OPEN_ROUNDS,
  CLOSE_ROUNDS,
  LEVY_PENALTIES,
  EXPIRE_APPROVALS,
  REMIND_BENEFICIARIES,
];

/** Each is a transaction of its own under its group's lock. */
const GROUPS_AT_ONCE = 50;
const FINED_AT_ONCE = 500;

export function tontineTimetable(db: Db, ground: Ground): JobHandler[] {
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
      run: async () => await levyPenaltiesOnce(db, ground, FINED_AT_ONCE),
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
