/**
 * Asks a group, found by a link or a code, to be let in; an officer answers.
 *
 * Refuses: `invitation-absent` (unknown, ended, used up), `group-currency-differs`, `member-already`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import type { Person } from '../../people/person.ts';
import { formatPhone } from '../../people/phone-number.ts';
import { currencyOf } from '../../wallet/wallet.ts';
import { findGroup, lockGroup } from '../groups/group.rows.ts';
import { findInvitation, markInvitationUsed } from './invitation.rows.ts';
import {
  ALREADY_IN_GROUP,
  GROUP_CURRENCY_DIFFERS,
  INVITATION_ABSENT,
  readInvitationCode,
} from './invitation.ts';
import { findPlaceOf, insertMembership } from './membership.rows.ts';
import type { Membership } from './membership.ts';

export interface AskToJoin {
  readonly person: Pick<Person, 'id' | 'phone' | 'country' | 'displayName'>;
  /** As typed, or from the link. */
  readonly code: unknown;
}

/** The membership that waits for an answer; asking twice is asking once. */
export async function askToJoin(
  tx: Tx,
  ground: Ground,
  asked: AskToJoin,
): Promise<Answer<Pick<Membership, 'id' | 'groupId'>>> {
  const code = readInvitationCode(asked.code);
  const found = await findInvitation(tx, code);
  if (found === undefined) return refused(INVITATION_ABSENT);
  await lockGroup(tx, found.groupId);
  const invitation = await findInvitation(tx, code);
  const at = ground.clock.now();
  const open =
    invitation !== undefined &&
    invitation.revokedAt === null &&
    invitation.expiresAt > at &&
    invitation.uses < invitation.mostUses;
  if (!open) return refused(INVITATION_ABSENT);
  const { groupId } = invitation;
  const group = await findGroup(tx, groupId);
  invariant(group !== undefined, `invitation ${invitation.id} leads to no group`);
  const { person } = asked;
  const place = await findPlaceOf(tx, { groupId, personId: person.id });
  if (place?.state === 'asked') return accepted({ id: place.id, groupId });
  if (place !== undefined) return refused(ALREADY_IN_GROUP);
  if (currencyOf(person.country) !== group.currency) return refused(GROUP_CURRENCY_DIFFERS);
  const id = ground.ids.next('mem');
  const displayName = person.displayName ?? formatPhone(person.phone);
  await insertMembership(tx, { id, groupId, personId: person.id, displayName, state: 'asked', at });
  await markInvitationUsed(tx, invitation.id);
  return accepted({ id, groupId });
}
