/**
 * Takes up an invitation to the console; the first act of an operator in the trail.
 *
 * Refuses: what `accept-invitation.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import { acceptInvitation } from '../../people/accept-invitation.ts';
import type { OperatorInvitation } from '../../people/operator-invitation.rows.ts';
import type { Person } from '../../people/person.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Operator } from '../operator.ts';

export async function acceptConsoleInvitation(
  tx: Tx,
  ground: Ground,
  by: Operator,
  acceptance: { readonly token: string; readonly person: Person },
): Promise<Answer<OperatorInvitation>> {
  const accepted = await acceptInvitation(tx, ground, acceptance);
  if (!accepted.ok) return accepted;
  const { id, role, invitedBy } = accepted.value;
  await recordAct(tx, ground, by, {
    act: 'access.accepted',
    subjectId: id,
    after: { role, person: acceptance.person.id, 'invited-by': invitedBy },
  });
  return accepted;
}
