/**
 * Stops a person, a number, a method or a whole direction, in an operator's name and until somebody lifts it.
 *
 * Only what would move is stopped: what was sent is still asked about, and settles.
 *
 * Refuses: console-not-permitted, console-reason-missing, freeze-open-already.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { maskPhone } from '../../people/phone-number.ts';
import { type FreezeScope, insertFreeze } from '../../rails/payments/freeze.rows.ts';
import type { Direction } from '../../rails/provider.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';

const OPEN_ALREADY = refusal(
  'freeze-open-already',
  'conflict',
  'C’est déjà gelé.',
  'This is frozen already.',
);

export interface FreezeToPlace {
  readonly scope: FreezeScope;
  /** The person's id, the number, the method's name, or `*`. */
  readonly subject: string;
  readonly direction: Direction;
  readonly reason: string;
}

/** The id of the freeze. */
export async function placeFreeze(
  tx: Tx,
  ground: Ground,
  by: Operator,
  freeze: FreezeToPlace,
): Promise<Answer<string>> {
  return await actAs(tx, ground, by, {
    needs: 'freeze',
    run: async () => {
      const reason = freeze.reason.trim();
      if (reason.length < 3) return refused(REASON_MISSING);
      const id = ground.ids.next('frz');
      const { scope, subject, direction } = freeze;
      const placed = await insertFreeze(tx, {
        id,
        scope,
        subject,
        direction,
        reason,
        createdBy: by.personId,
        createdAt: ground.clock.now(),
      });
      if (!placed) return refused(OPEN_ALREADY);
      const shown = scope === 'phone' ? maskPhone(subject) : subject;
      return accepted({
        value: id,
        entry: { act: 'freeze.placed', subjectId: id, reason, after: { scope, subject: shown, direction } },
      });
    },
  });
}
