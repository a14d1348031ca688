/**
 * Unlinks the authenticator of an operator whose phone is gone, and ends their sessions.
 *
 * At the next login a new one is linked. The role check stands here and not only at the door, because this is the way
 * round the second factor. Whoever holds the host itself needs no role: a sole admin without a phone has nobody else to ask.
 *
 * Refuses: role-denied (the asker is not an admin), second-factor-not-linked.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { ROLE_DENIED } from './grant-role.ts';
import { findRoles } from './role-grant.rows.ts';
import { deleteSecondFactor } from './second-factor.rows.ts';
import { markSessionsEnded } from './session.rows.ts';

/** Stands where the id of an admin stands, when the host's own command asks. */
export const HOST = 'host';

const NOT_LINKED = refusal(
  'second-factor-not-linked',
  'conflict',
  'Cette personne n’a lié aucune application de codes.',
  'This person has linked no authenticator.',
);

export async function unlinkSecondFactor(
  tx: Tx,
  ground: Pick<Ground, 'clock'>,
  unlinking: { readonly personId: string; readonly by: string },
): Promise<Answer<undefined>> {
  const { by } = unlinking;
  if (by !== HOST && !(await findRoles(tx, by)).includes('admin')) return refused(ROLE_DENIED);
  if (!(await deleteSecondFactor(tx, unlinking.personId))) return refused(NOT_LINKED);
  await markSessionsEnded(tx, {
    personId: unlinking.personId,
    ending: 'revoked',
    at: ground.clock.now(),
  });
  return accepted(undefined);
}
