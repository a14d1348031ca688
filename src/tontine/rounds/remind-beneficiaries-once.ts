/**
 * Reminds whoever was paid and has not said so for two days, once.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { tellMembers } from '../members/tell-members.ts';
import { listUnanswered, markReminded } from './payout.rows.ts';

/** Two days: long enough to come home, short enough to remember. */
const SILENCE_MS = 2 * DAY_MS;

/** Reminds at most `limit` people; returns how many. */
export async function remindBeneficiariesOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  return await inTransaction(db, async (tx) => {
    const silent = await listUnanswered(tx, after(now, -SILENCE_MS), limit);
    for (const payout of silent) {
      const { groupId, id: subjectId, membershipId } = payout;
      const facts = { amount: String(payout.amount) };
      await tellMembers(tx, ground, {
        groupId,
        to: [membershipId],
        kind: 'payout.reminder',
        subjectId,
        facts,
      });
      await markReminded(tx, payout.id, now);
    }
    return silent.length;
  });
}
