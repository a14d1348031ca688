/**
 * Opens the door of a meeting that is not closed yet, for one act in it.
 *
 * Refuses: the refusals of `enter-group.ts`, `meeting-absent`, `meeting-closed`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import type { GroupAct } from '../members/permission.ts';
import { findMeeting, type Meeting } from './meeting.rows.ts';

export interface InMeeting extends Entering {
  readonly meetingId: string;
}

export interface MeetingActor {
  readonly actor: Actor;
  readonly meeting: Meeting;
}

export async function enterMeeting(
  tx: Tx,
  ground: Ground,
  asked: InMeeting,
  act: GroupAct,
): Promise<Answer<MeetingActor>> {
  const actor = await enterGroup(tx, ground, asked, act);
  if (!actor.ok) return actor;
  const meeting = await findMeeting(tx, asked);
  if (meeting === undefined) return refused(MEETING_ABSENT);
  return meeting.closedAt === null ? accepted({ actor: actor.value, meeting }) : refused(MEETING_CLOSED);
}

export const MEETING_ABSENT = refusal(
  'meeting-absent',
  'absent',
  'Cette séance est introuvable.',
  'This meeting cannot be found.',
);
export const MEETING_CLOSED = refusal(
  'meeting-closed',
  'conflict',
  'Cette séance est close : son procès-verbal ne change plus.',
  'This meeting is closed: its minutes no longer change.',
);
