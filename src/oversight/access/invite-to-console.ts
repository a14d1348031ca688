/**
 * Invites a number to a role of the console, and writes down who did.
 *
 * Refuses: console-not-permitted, role-denied.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { type Invited, inviteOperator } from '../../people/invite-operator.ts';
import { maskPhone, type Phone } from '../../people/phone-number.ts';
import type { GrantedRole } from '../../people/role.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export async function inviteToConsole(
  tx: Tx,
  ground: Ground,
  by: Operator,
  invite: { readonly phone: Phone; readonly role: GrantedRole },
): Promise<Answer<Invited>> {
  return await actAs(tx, ground, by, {
    needs: 'manage-access',
    run: async () => {
      const invited = await inviteOperator(tx, ground, { ...invite, by: by.personId });
      if (!invited.ok) return invited;
      const after = { role: invite.role, phone: maskPhone(invite.phone.e164) };
      return accepted({
        value: invited.value,
        entry: { act: 'access.invited', subjectId: invited.value.id, after },
      });
    },
  });
}
