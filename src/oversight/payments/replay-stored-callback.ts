/**
 * Has a stored callback followed up again in an operator's name.
 *
 * Refuses: console-not-permitted, callback-absent, callback-not-believed.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { replayCallback } from '../../rails/inbox/replay-callback.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export async function replayStoredCallback(
  tx: Tx,
  ground: Ground,
  by: Operator,
  callbackId: string,
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'nudge',
    run: async () => {
      const replayed = await replayCallback(tx, ground, callbackId);
      if (!replayed.ok) return replayed;
      const { state, paymentId } = replayed.value;
      return accepted({
        value: undefined,
        entry: {
          act: 'callback.replayed',
          subjectId: paymentId ?? callbackId,
          before: { callback: callbackId, state },
        },
      });
    },
  });
}
