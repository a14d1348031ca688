/**
 * Opens a meeting, and writes down in front of all what each box holds at this moment.
 *
 * One meeting of a group is open at a time. Everything that comes into a box or leaves it from now on must be in it, or
 * explained, before the meeting can close.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `meeting-open`, `meeting-venue`,
 * `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { dayAt } from '../cycles/calendar-day.ts';
import { findLastCycle } from '../cycles/cycle.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Group } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listKeepers } from '../rounds/cash-box.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { type BoxCount, insertBoxOpenings } from './cash-count.rows.ts';
import { findMeeting, findOpenMeeting, insertMeeting, type Meeting } from './meeting.rows.ts';
import { readBox } from './read-box-movements.ts';

const LONGEST_VENUE = 100;

export interface OpenMeeting extends Entering {
  /** Made when the form was drawn. */
  readonly meetingId: string;
  readonly venue?: string | undefined;
}

export async function openMeeting(tx: Tx, ground: Ground, asked: OpenMeeting): Promise<Answer<Meeting>> {
  const actor = await enterGroup(tx, ground, asked, 'open-meeting');
  if (!actor.ok) return actor;
  const earlier = await findMeeting(tx, asked);
  if (earlier !== undefined) return accepted(earlier);
  if ((await findOpenMeeting(tx, asked.groupId)) !== undefined) return refused(MEETING_OPEN);
  const venue = asked.venue?.replaceAll(/\s+/g, ' ').trim() ?? '';
  if (venue.length > LONGEST_VENUE) return refused(MEETING_VENUE);
  const { group, membership } = actor.value;
  const now = ground.clock.now();
  const cycle = await findLastCycle(tx, group.id);
  const isRunning = cycle?.state === 'running';
  const rounds = isRunning ? await listRounds(tx, cycle.id) : [];
  const meeting: Meeting = {
    id: asked.meetingId,
    groupId: group.id,
    cycleId: isRunning ? cycle.id : null,
    roundId: rounds.find((round) => round.state === 'open' || round.state === 'closed')?.id ?? null,
    heldOn: dayAt(now, group.timeZone),
    venue: venue === '' ? null : venue,
    openedBy: membership.id,
    openedAt: now,
    closedBy: null,
    closedAt: null,
    decisions: null,
    totals: null,
  };
  if (!(await insertMeeting(tx, meeting))) return refused(REQUEST_CHANGED);
  await insertBoxOpenings(tx, { groupId: group.id, meetingId: meeting.id }, await readOpenings(tx, group));
  await writeJournal(tx, ground, {
    groupId: group.id,
    act: 'meeting.opened',
    actorId: membership.id,
    subjectId: meeting.id,
    facts: { heldOn: meeting.heldOn },
  });
  return accepted(meeting);
}

async function readOpenings(tx: Tx, group: Group): Promise<Pick<BoxCount, 'keeperId' | 'opening'>[]> {
  const openings: { keeperId: string; opening: bigint }[] = [];
  for (const keeperId of await listKeepers(tx, group.id)) {
    const opening = await readBox(tx, { groupId: group.id, keeperId, currency: group.currency });
    openings.push({ keeperId, opening });
  }
  return openings;
}

const MEETING_OPEN = refusal(
  'meeting-open',
  'conflict',
  'Une séance est déjà ouverte : clôturez-la d’abord.',
  'A meeting is already open: close it first.',
);
const MEETING_VENUE = refusal(
  'meeting-venue',
  'invalid',
  'Le lieu tient en 100 lettres au plus.',
  'The venue takes at most 100 letters.',
);
