/**
 * Lets people who contribute in the same moment share a transaction, each with their own answer.
 *
 * One for a process. No timer decides: a contribution alone goes at once, and under load the sets grow by themselves
 * (`ground/postgres/write-lane.ts`). Whose group is busy waits for it in a transaction of their own and keeps nobody
 * waiting. Everybody here has shown their PIN already, outside of any transaction.
 */
import type { Ground } from '../../ground/ground.ts';
import { answerInTransaction, answerUndone } from '../../ground/postgres/answer-in-transaction.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { openWriteLane } from '../../ground/postgres/write-lane.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { Contribution } from './contribution.ts';
import { type PayContribution, payContribution } from './pay-contribution.ts';
import { type PaidTogether, payTogether } from './pay-together.ts';

/** Refuses: every refusal of `pay-contribution.ts`. */
export type ContributionLane = (asked: PayContribution) => Promise<Answer<Contribution>>;

/** A set of fifty is written in some hundredths of a second, which its first one waits for the last. */
const TOGETHER = { most: 50, sets: 2 };

export function openContributionLane(db: Db, ground: Ground): ContributionLane {
  const together = openWriteLane<PayContribution, PaidTogether>(db, TOGETHER, {
    keyOf: ({ groupId }) => groupId,
    write: async (tx, asked) => await payTogether(tx, ground, asked),
  });
  return async (asked) =>
    await answerUndone(async () => {
      const paid = await together(asked);
      if (paid !== 'busy') return paid;
      return await answerInTransaction(db, async (tx) => await payContribution(tx, ground, asked));
    });
}
