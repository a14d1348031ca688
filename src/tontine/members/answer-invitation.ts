/**
 * Takes the yes or no of whoever owns an invited number.
 *
 * Refuses: `invitation-absent` (none, or for another number), `group-currency-differs`, `member-already`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import type { Person } from '../../people/person.ts';
import { currencyOf } from '../../wallet/wallet.ts';
import { findGroup, lockGroup } from '../groups/group.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { ALREADY_IN_GROUP, GROUP_CURRENCY_DIFFERS, INVITATION_ABSENT } from './invitation.ts';
import { findMembership, findPlaceOf, markMembership } from './membership.rows.ts';

export interface AnswerInvitation {
  readonly person: Pick<Person, 'id' | 'phone' | 'country'>;
  readonly membershipId: string;
  readonly answer: 'yes' | 'no';
}

export async function answerInvitation(
  tx: Tx,
  ground: Ground,
  asked: AnswerInvitation,
): Promise<Answer<void>> {
  const { person, membershipId } = asked;
  const found = await findMembership(tx, membershipId);
  if (found === undefined) return refused(INVITATION_ABSENT);
  await lockGroup(tx, found.groupId);
  const membership = await findMembership(tx, membershipId);
  if (membership === undefined || membership.phone !== person.phone) return refused(INVITATION_ABSENT);
  if (membership.state === 'active' && membership.personId === person.id) return accepted(undefined);
  if (membership.state !== 'invited') return refused(INVITATION_ABSENT);
  const group = await findGroup(tx, membership.groupId);
  invariant(group !== undefined, `membership ${membershipId} is in no group`);
  const at = ground.clock.now();
  if (asked.answer === 'yes') {
    if (currencyOf(person.country) !== group.currency) return refused(GROUP_CURRENCY_DIFFERS);
    const place = await findPlaceOf(tx, { groupId: group.id, personId: person.id });
    if (place !== undefined) return refused(ALREADY_IN_GROUP);
  }
  const state = asked.answer === 'yes' ? 'active' : 'declined';
  await markMembership(tx, { id: membershipId, state, personId: person.id, at });
  const act = asked.answer === 'yes' ? 'member.joined' : 'member.declined';
  await writeJournal(tx, ground, { groupId: group.id, act, actorId: membershipId, subjectId: membershipId });
  if (asked.answer === 'yes')
    await recordEvent(tx, ground, { name: 'member.joined', subjectId: membershipId });
  return accepted(undefined);
}
