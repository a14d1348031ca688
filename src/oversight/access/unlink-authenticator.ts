/**
 * Unlinks somebody's authenticator, so that a new phone can take its place.
 *
 * Refuses: console-not-permitted, role-denied, second-factor-not-linked.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { unlinkSecondFactor } from '../../people/unlink-second-factor.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export async function unlinkAuthenticator(
  tx: Tx,
  ground: Ground,
  by: Operator,
  personId: string,
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'manage-access',
    run: async () => {
      const unlinked = await unlinkSecondFactor(tx, ground, { personId, by: by.personId });
      if (!unlinked.ok) return unlinked;
      return accepted({
        value: undefined,
        entry: { act: 'access.factor-unlinked', subjectId: personId },
      });
    },
  });
}
