/**
 * Keeps gatherings and who was there in the tables `meetings` and `presences`.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

/** How somebody took part. */
export type Presence =
  | 'present' // in person
  | 'excused' // gave a reason before
  | 'represented' // somebody came in their place
  | 'absent'; // none of it; costs what the by-law says

interface MeetingTable {
  id: string;
  group_id: string;
  cycle_id: string | null;
  round_id: string | null;
  held_on: string;
  venue: string | null;
  opened_by: string;
  opened_at: Date;
  closed_by: string | null;
  closed_at: Date | null;
  decisions: string | null;
  totals: ColumnType<Record<string, string> | null, null, string>;
}

interface PresenceTable {
  meeting_id: string;
  group_id: string;
  membership_id: string;
  presence: Presence;
  noted_by: string;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    meetings: MeetingTable;
    presences: PresenceTable;
  }
}

export interface Meeting {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string | null;
  readonly roundId: string | null;
  /** `YYYY-MM-DD` */
  readonly heldOn: string;
  readonly venue: string | null;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  /** What was decided, in words, one decision a line. */
  readonly decisions: string | null;
  /** The figures at the closing, as text. */
  readonly totals: Readonly<Record<string, string>> | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'round_id as roundId',
  'held_on as heldOn',
  'venue',
  'opened_by as openedBy',
  'opened_at as openedAt',
  'closed_by as closedBy',
  'closed_at as closedAt',
  'decisions',
  'totals',
] as const;

/** False when the id was used for something else. */
export async function insertMeeting(tx: Tx, meeting: Meeting): Promise<boolean> {
  const inserted = await tx
    .insertInto('meetings')
    .values({
      id: meeting.id,
      group_id: meeting.groupId,
      cycle_id: meeting.cycleId,
      round_id: meeting.roundId,
      held_on: meeting.heldOn,
      venue: meeting.venue,
      opened_by: meeting.openedBy,
      opened_at: meeting.openedAt,
      closed_by: null,
      closed_at: null,
      decisions: null,
      totals: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findMeeting(
  reader: Reader,
  at: { readonly groupId: string; readonly meetingId: string },
): Promise<Meeting | undefined> {
  return await reader
    .selectFrom('meetings')
    .select(COLUMNS)
    .where('id', '=', at.meetingId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

export async function findOpenMeeting(reader: Reader, groupId: string): Promise<Meeting | undefined> {
  return await reader
    .selectFrom('meetings')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}

/** The meeting of a group that closed last. */
export async function findLastClosed(reader: Reader, groupId: string): Promise<Meeting | undefined> {
  return await reader
    .selectFrom('meetings')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('closed_at', 'is not', null)
    .orderBy('closed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function markDecisions(tx: Tx, meetingId: string, decisions: string): Promise<void> {
  await tx
    .updateTable('meetings')
    .set({ decisions })
    .where('id', '=', meetingId)
    .where('closed_at', 'is', null)
    .execute();
}

export async function markMeetingClosed(
  tx: Tx,
  meetingId: string,
  close: {
    readonly by: string;
    readonly at: Date;
    readonly totals: Readonly<Record<string, string>>;
  },
): Promise<void> {
  await tx
    .updateTable('meetings')
    .set({ closed_by: close.by, closed_at: close.at, totals: JSON.stringify(close.totals) })
    .where('id', '=', meetingId)
    .where('closed_at', 'is', null)
    .execute();
}

export interface NotedPresence {
  readonly membershipId: string;
  readonly presence: Presence;
}

/** The last note about somebody is the one that holds until the meeting closes. */
export async function upsertPresences(
  tx: Tx,
  at: { readonly groupId: string; readonly meetingId: string },
  noted: readonly NotedPresence[],
  by: { readonly membershipId: string; readonly at: Date },
): Promise<void> {
  if (noted.length === 0) return;
  await tx
    .insertInto('presences')
    .values(
      noted.map(({ membershipId, presence }) => ({
        meeting_id: at.meetingId,
        group_id: at.groupId,
        membership_id: membershipId,
        presence,
        noted_by: by.membershipId,
        at: by.at,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['meeting_id', 'membership_id']).doUpdateSet((row) => ({
        presence: row.ref('excluded.presence'),
        noted_by: row.ref('excluded.noted_by'),
        at: row.ref('excluded.at'),
      })),
    )
    .execute();
}

export async function listPresences(reader: Reader, meetingId: string): Promise<NotedPresence[]> {
  return await reader
    .selectFrom('presences')
    .select(['membership_id as membershipId', 'presence'])
    .where('meeting_id', '=', meetingId)
    .orderBy('membership_id')
    .execute();
}
