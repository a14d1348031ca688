/**
 * Lets go of what was stopped; what waited in line goes on by itself.
 *
 * Refuses: console-not-permitted, console-reason-missing, freeze-absent.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { maskPhone } from '../../people/phone-number.ts';
import { findOpenFreeze, markFreezeLifted } from '../../rails/payments/freeze.rows.ts';
import { SEND_COMMANDS } from '../../rails/payments/payment-jobs.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';

const ABSENT = refusal('freeze-absent', 'absent', 'Ce gel est déjà levé.', 'This freeze is lifted already.');

export async function liftFreeze(
  tx: Tx,
  ground: Ground,
  by: Operator,
  lift: { readonly freezeId: string; readonly reason: string },
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'freeze',
    run: async () => {
      const reason = lift.reason.trim();
      if (reason.length < 3) return refused(REASON_MISSING);
      const freeze = await findOpenFreeze(tx, lift.freezeId);
      if (freeze === undefined) return refused(ABSENT);
      if (!(await markFreezeLifted(tx, freeze.id, by.personId, ground.clock.now()))) return refused(ABSENT);
      await ground.queue.enqueue(tx, SEND_COMMANDS);
      const { scope, direction } = freeze;
      const subject = scope === 'phone' ? maskPhone(freeze.subject) : freeze.subject;
      return accepted({
        value: undefined,
        entry: { act: 'freeze.lifted', subjectId: freeze.id, reason, before: { scope, subject, direction } },
      });
    },
  });
}
