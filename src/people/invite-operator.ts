/**
 * Invites the holder of a phone number to the console, with one role, for two days.
 *
 * The link holds a token of which only the hash is kept, and it works for that number alone: whoever reads the message
 * over a shoulder must also be able to log in as its receiver.
 *
 * Refuses: role-denied (the inviter is not an admin).
 */
import { createHash } from 'node:crypto';
import { after, DAY_MS } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../ground/refusal.ts';
import { ROLE_DENIED } from './grant-role.ts';
import { insertInvitation, markInvitationsEnded } from './operator-invitation.rows.ts';
import type { Phone } from './phone-number.ts';
import type { GrantedRole } from './role.ts';
import { findRoles } from './role-grant.rows.ts';

const INVITATION_LIFE_MS = 2 * DAY_MS;
const TOKEN_BYTES = 24;

export interface InviteOperator {
  readonly phone: Phone;
  readonly role: GrantedRole;
  /** Id of the admin. */
  readonly by: string;
}

export interface Invited {
  readonly id: string;
  /** For the link, and for nothing else: it cannot be read back. */
  readonly token: string;
}

export async function inviteOperator(
  tx: Tx,
  ground: Ground,
  invite: InviteOperator,
): Promise<Answer<Invited>> {
  if (!(await findRoles(tx, invite.by)).includes('admin')) return refused(ROLE_DENIED);
  const now = ground.clock.now();
  const { role, by } = invite;
  const phone = invite.phone.e164;
  await markInvitationsEnded(tx, { phone, role }, 'replaced', now);
  const id = ground.ids.next('inv');
  const token = Buffer.from(ground.chance.bytes(TOKEN_BYTES)).toString('base64url');
  await insertInvitation(tx, {
    id,
    phone,
    role,
    invitedBy: by,
    invitedAt: now,
    expiresAt: after(now, INVITATION_LIFE_MS),
    tokenHash: hashInvitation(token),
  });
  return accepted({ id, token });
}

export function hashInvitation(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
