/**
 * Notes who takes part in a meeting, one or many at a time; the last note about somebody holds until it closes.
 *
 * Refuses: the refusals of `enter-meeting.ts`, `member-absent`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listMembers } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { enterMeeting, type InMeeting } from './enter-meeting.ts';
import { listPresences, type NotedPresence, upsertPresences } from './meeting.rows.ts';

export interface RecordPresence extends InMeeting {
  readonly presences: readonly NotedPresence[];
}

export async function recordPresence(
  tx: Tx,
  ground: Ground,
  asked: RecordPresence,
): Promise<Answer<NotedPresence[]>> {
  const entered = await enterMeeting(tx, ground, asked, 'record-presence');
  if (!entered.ok) return entered;
  const members = new Set((await listMembers(tx, asked.groupId)).map((member) => member.id));
  if (asked.presences.some(({ membershipId }) => !members.has(membershipId))) return refused(MEMBER_ABSENT);
  const noted = new Map(asked.presences.map(({ membershipId, presence }) => [membershipId, presence]));
  const rows = [...noted].map(([membershipId, presence]) => ({ membershipId, presence }));
  const by = { membershipId: entered.value.actor.membership.id, at: ground.clock.now() };
  await upsertPresences(tx, asked, rows, by);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'presence.recorded',
    actorId: by.membershipId,
    subjectId: asked.meetingId,
    facts: Object.fromEntries(noted),
  });
  return accepted(await listPresences(tx, asked.meetingId));
}
