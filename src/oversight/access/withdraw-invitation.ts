/**
 * Calls an open invitation off.
 *
 * Refuses: console-not-permitted, invitation-absent.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { INVITATION_ABSENT } from '../../people/accept-invitation.ts';
import { markInvitationsEnded } from '../../people/operator-invitation.rows.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export async function withdrawInvitation(
  tx: Tx,
  ground: Ground,
  by: Operator,
  invitationId: string,
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'manage-access',
    run: async () => {
      const ended = await markInvitationsEnded(tx, { id: invitationId }, 'withdrawn', ground.clock.now());
      if (ended === 0) return refused(INVITATION_ABSENT);
      return accepted({
        value: undefined,
        entry: { act: 'access.invitation-withdrawn', subjectId: invitationId },
      });
    },
  });
}
