/**
 * Reads the minutes of a meeting: as kept when it is closed, as they stand now while it is open.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import type { Group } from '../groups/group.ts';
import { type FundsStanding, readFunds, SHOWN_FUNDS } from '../groups/read-funds.ts';
import { findMembership, listMembers } from '../members/membership.rows.ts';
import { listKeepers } from '../rounds/cash-box.rows.ts';
import { findRound } from '../rounds/round.rows.ts';
import { type BoxCount, listBoxCounts } from './cash-count.rows.ts';
import { listPresences, type Meeting } from './meeting.rows.ts';
import { sumMeeting } from './meeting-totals.rows.ts';
import {
  type Minutes,
  type MinutesBox,
  type MinutesFund,
  type MinutesTotals,
  storedFunds,
  storedTotals,
} from './minutes.ts';

export async function readMinutes(
  reader: Reader,
  group: Group,
  meeting: Meeting,
  now: Date,
): Promise<Minutes> {
  const names = new Map(
    (await listMembers(reader, group.id, ['active', 'suspended', 'resigned', 'expelled', 'deceased'])).map(
      (member) => [member.id, member.displayName],
    ),
  );
  const { totals, funds } =
    meeting.totals === null
      ? await readTotals(reader, group, meeting, now)
      : { totals: storedTotals(meeting.totals), funds: storedFunds(meeting.totals, SHOWN_FUNDS) };
  const round = meeting.roundId === null ? undefined : await findRound(reader, meeting.roundId);
  return {
    meetingId: meeting.id,
    groupName: group.name,
    currency: group.currency,
    timeZone: group.timeZone,
    heldOn: meeting.heldOn,
    venue: meeting.venue,
    openedAt: meeting.openedAt,
    closedAt: meeting.closedAt,
    round: round?.number ?? null,
    presences: (await listPresences(reader, meeting.id)).map(({ membershipId, presence }) => ({
      name: names.get(membershipId) ?? membershipId,
      presence,
    })),
    decisions: meeting.decisions?.split('\n') ?? [],
    totals,
    funds,
    boxes: (await listBoxCounts(reader, meeting.id)).map((box) => boxOf(box, names)),
  };
}

/** What the books say between the opening and now. */
export async function readTotals(
  reader: Reader,
  group: Group,
  meeting: Meeting,
  now: Date,
): Promise<{ readonly totals: MinutesTotals; readonly funds: MinutesFund[] }> {
  const standing = await readStanding(reader, group, meeting);
  const { groupId, cycleId, openedAt: from } = meeting;
  const sums = await sumMeeting(reader, { groupId, cycleId, from, until: now });
  const boxes = standing.boxes.reduce((sum, box) => sum + box.amount, 0n);
  return { totals: { ...sums, boxes }, funds: [...standing.funds] };
}

async function readStanding(reader: Reader, group: Group, meeting: Meeting): Promise<FundsStanding> {
  const keepers = [];
  for (const membershipId of await listKeepers(reader, group.id)) {
    const keeper = await findMembership(reader, membershipId);
    keepers.push({ membershipId, personId: keeper?.personId ?? null, name: keeper?.displayName ?? '' });
  }
  const funds = { groupId: group.id, cycleId: meeting.cycleId ?? group.id, currency: group.currency };
  return await readFunds(reader, funds, keepers);
}

function boxOf(box: BoxCount, names: ReadonlyMap<string, string>): MinutesBox {
  const counted = box.counted ?? 0n;
  return {
    name: names.get(box.keeperId) ?? box.keeperId,
    opening: box.opening,
    cameIn: box.cameIn ?? 0n,
    wentOut: box.wentOut ?? 0n,
    counted,
    variance: box.expected === null ? 0n : counted - box.expected,
    explanation: box.explanation,
  };
}
