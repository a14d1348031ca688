/**
 * Lets an operator take a difference, or close it with an explanation. Nothing is posted and nothing is edited: money that
 * has to move goes through the reviews, and a break that was explained stays in the equation under that name.
 *
 * Refuses: console-not-permitted, break-absent, console-reason-missing (to close it takes an explanation).
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';
import { lockOpenBreak, markBreakClosed, markBreakOwned } from './break.rows.ts';

export const BREAK_ABSENT = refusal(
  'break-absent',
  'absent',
  'Cet écart est déjà clos.',
  'This difference is closed already.',
);

export interface BreakHandling {
  readonly breakId: string;
  /** Absent to take it. */
  readonly explanation?: string;
}

export async function handleBreak(
  tx: Tx,
  ground: Ground,
  by: Operator,
  { breakId, explanation }: BreakHandling,
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'reconcile',
    run: async () => {
      const reason = explanation?.trim();
      if (reason !== undefined && reason.length < 3) return refused(REASON_MISSING);
      const found = await lockOpenBreak(tx, breakId);
      if (found === undefined) return refused(BREAK_ABSENT);
      const { kind, reference, difference } = found;
      const at = ground.clock.now();
      if (reason === undefined) await markBreakOwned(tx, breakId, by.personId);
      else await markBreakClosed(tx, { id: breakId, by: by.personId, explanation: reason, at });
      return accepted({
        value: undefined,
        entry: {
          act: reason === undefined ? ('break.owned' as const) : ('break.closed' as const),
          subjectId: breakId,
          before: { kind, reference, difference: String(difference), owner: found.ownerId },
          ...(reason === undefined ? { after: { owner: by.personId } } : { reason }),
        },
      });
    },
  });
}
