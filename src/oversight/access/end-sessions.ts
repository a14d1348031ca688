/**
 * Ends every session of somebody who works in the console: a phone or a laptop is gone.
 *
 * Refuses: console-not-permitted, person-absent (nobody with a role).
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { PERSON_ABSENT } from '../../people/person.ts';
import { levelOf } from '../../people/role.ts';
import { findRoles } from '../../people/role-grant.rows.ts';
import { markSessionsEnded } from '../../people/session.rows.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

/** How many sessions ended. */
export async function endSessions(
  tx: Tx,
  ground: Ground,
  by: Operator,
  personId: string,
): Promise<Answer<number>> {
  return await actAs(tx, ground, by, {
    needs: 'manage-access',
    run: async () => {
      if (levelOf(await findRoles(tx, personId)) !== 'staff') return refused(PERSON_ABSENT);
      const at = ground.clock.now();
      const ended = await markSessionsEnded(tx, { personId, ending: 'revoked', at });
      return accepted({
        value: ended,
        entry: {
          act: 'access.session-revoked',
          subjectId: personId,
          after: { ended: String(ended) },
        },
      });
    },
  });
}
