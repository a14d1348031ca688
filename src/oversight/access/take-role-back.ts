/**
 * Takes a role of the console back; the person's sessions end at once.
 *
 * Refuses: console-not-permitted, role-denied, role-not-held, role-last-admin.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { revokeRole } from '../../people/revoke-role.ts';
import type { GrantedRole } from '../../people/role.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export async function takeRoleBack(
  tx: Tx,
  ground: Ground,
  by: Operator,
  taking: { readonly personId: string; readonly role: GrantedRole },
): Promise<Answer<undefined>> {
  return await actAs(tx, ground, by, {
    needs: 'manage-access',
    run: async () => {
      const revoked = await revokeRole(tx, ground, { ...taking, by: by.personId });
      if (!revoked.ok) return revoked;
      return accepted({
        value: undefined,
        entry: { act: 'access.role-revoked', subjectId: taking.personId, before: { role: taking.role } },
      });
    },
  });
}
