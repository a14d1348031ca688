/**
 * Closes a meeting, when everybody's presence is noted and every box holds what the books say.
 *
 * What came in and went out is read from the books once more, so that notes which moved after a count are counted again.
 * A difference closes only with an explanation that two people agreed to. Whoever was absent without excuse is fined by
 * the by-law, once. From here on the minutes never change. Last in its transaction, because it posts.
 *
 * Refuses: the refusals of `enter-group.ts`, `meeting-absent`, `presence-missing`, `cash-uncounted`, `cash-recount`,
 * `cash-variance-open` (with the gap).
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import { money } from '../../ground/money/money.ts';
import { moneyText } from '../../ground/money/money-text.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, type Refusal, refusal, refused } from '../../ground/refusal.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { levyFine } from '../discipline/levy-fine.ts';
import { enterGroup } from '../groups/enter-group.ts';
import type { Group } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listMembers } from '../members/membership.rows.ts';
import { listKeepers } from '../rounds/cash-box.rows.ts';
import { postMoves } from '../rounds/post-moves.ts';
import { type BoxCount, insertBoxOpenings, listBoxCounts, markBoxCounted } from './cash-count.rows.ts';
import { expectedIn } from './cash-count.ts';
import { type InMeeting, MEETING_ABSENT } from './enter-meeting.ts';
import { findMeeting, listPresences, type Meeting, markMeetingClosed } from './meeting.rows.ts';
import { totalsText } from './minutes.ts';
import { readBox, readBoxMovements } from './read-box-movements.ts';
import { readTotals } from './read-minutes.ts';

export async function closeMeeting(tx: Tx, ground: Ground, asked: InMeeting): Promise<Answer<Meeting>> {
  const actor = await enterGroup(tx, ground, asked, 'close-meeting');
  if (!actor.ok) return actor;
  const meeting = await findMeeting(tx, asked);
  if (meeting === undefined) return refused(MEETING_ABSENT);
  if (meeting.closedAt !== null) return accepted(meeting);
  const { group, membership } = actor.value;
  const absentees = await listAbsentees(tx, meeting);
  if (!absentees.ok) return absentees;
  const why = await settleBoxes(tx, ground, group, meeting, membership.id);
  if (why !== undefined) return refused(why);
  const fines = await fine(tx, ground, meeting, absentees.value, membership.id);
  const posted = await postMoves(tx, ground, fines);
  if (!posted.ok) return posted;
  const { totals, funds } = await readTotals(tx, group, meeting, ground.clock.now());
  const close = { by: membership.id, at: ground.clock.now(), totals: totalsText(totals, funds) };
  await markMeetingClosed(tx, meeting.id, close);
  const facts = { boxes: String(totals.boxes), absent: String(absentees.value.length) };
  const { groupId, id: subjectId } = meeting;
  await writeJournal(tx, ground, {
    groupId,
    act: 'meeting.closed',
    actorId: membership.id,
    subjectId,
    facts,
  });
  await recordEvent(tx, ground, { name: 'meeting.closed', subjectId, facts });
  const closed = await findMeeting(tx, asked);
  invariant(closed !== undefined, `meeting ${meeting.id} disappeared`);
  return accepted(closed);
}

/** Everybody active must be noted: whoever was forgotten would be neither there nor fined. */
async function listAbsentees(tx: Tx, meeting: Meeting): Promise<Answer<string[]>> {
  const noted = new Map(
    (await listPresences(tx, meeting.id)).map(({ membershipId, presence }) => [membershipId, presence]),
  );
  const members = await listMembers(tx, meeting.groupId, ['active']);
  const forgotten = members.filter((member) => !noted.has(member.id));
  if (forgotten.length > 0) return refused(presenceMissing(forgotten.map((member) => member.displayName)));
  return accepted(members.flatMap(({ id }) => (noted.get(id) === 'absent' ? [id] : [])));
}

/** Why the boxes do not let the meeting close; a box that is empty and moved nothing needs no count. */
async function settleBoxes(
  tx: Tx,
  ground: Ground,
  group: Group,
  meeting: Meeting,
  closedBy: string,
): Promise<Refusal | undefined> {
  const keepers = await listKeepers(tx, group.id);
  const at = { groupId: group.id, meetingId: meeting.id };
  await insertBoxOpenings(
    tx,
    at,
    keepers.map((keeperId) => ({ keeperId, opening: 0n })),
  );
  for (const box of await listBoxCounts(tx, meeting.id)) {
    const why = await settleBox(tx, ground, group, meeting, box, closedBy);
    if (why !== undefined) return why;
  }
  return undefined;
}

async function settleBox(
  tx: Tx,
  ground: Ground,
  group: Group,
  meeting: Meeting,
  box: BoxCount,
  closedBy: string,
): Promise<Refusal | undefined> {
  const { keeperId, opening } = box;
  const own = { groupId: group.id, keeperId, currency: group.currency };
  const books = await readBox(tx, own);
  if (box.explainedByRequest !== null) return books === box.counted ? undefined : CASH_RECOUNT;
  const movements = await readBoxMovements(tx, { ...own, opening, since: meeting.openedAt });
  const isIdle = books === 0n && movements.cameIn === 0n && movements.wentOut === 0n;
  if (box.counted === null && !isIdle) return CASH_UNCOUNTED;
  if (box.counted !== null && box.expected !== books) return CASH_RECOUNT;
  const counted = box.counted ?? 0n;
  if (counted !== books) return varianceOpen(group, counted - books);
  await markBoxCounted(tx, meeting.id, {
    ...box,
    cameIn: movements.cameIn,
    wentOut: movements.wentOut,
    expected: expectedIn(movements),
    counted,
    countedBy: box.countedBy ?? closedBy,
    countedAt: box.countedAt ?? ground.clock.now(),
  });
  return undefined;
}

async function fine(
  tx: Tx,
  ground: Ground,
  meeting: Meeting,
  absentees: readonly string[],
  leviedBy: string,
): Promise<Transfer[]> {
  if (meeting.cycleId === null) return [];
  const running = await cycleWithRules(tx, meeting.cycleId, ground.clock.now());
  const amount = running.rules.absenceFine;
  if (amount === 0n || running.cycle.state !== 'running') return [];
  const transfers: Transfer[] = [];
  for (const membershipId of absentees) {
    const levied = await levyFine(tx, ground, running, {
      kind: 'absence',
      subjectId: meeting.id,
      membershipId,
      step: 1,
      afterPot: false,
      amount,
      leviedBy,
    });
    transfers.push(...(levied ?? []));
  }
  return transfers;
}

function presenceMissing(names: readonly string[]): Refusal {
  const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? '…' : ''}`;
  return refusal(
    'presence-missing',
    'conflict',
    `Notez d’abord la présence de tous. Il manque : ${shown}.`,
    `Note everybody’s presence first. Missing: ${shown}.`,
  );
}

const CASH_UNCOUNTED = refusal(
  'cash-uncounted',
  'conflict',
  'Une caisse n’est pas encore comptée : la séance ne se clôt pas sans.',
  'A box is not counted yet: the meeting does not close without.',
);
const CASH_RECOUNT = refusal(
  'cash-recount',
  'conflict',
  'Des espèces ont bougé depuis le comptage : recomptez la caisse.',
  'Notes have moved since the count: count the box again.',
);

/** A gap is told to the franc, so that everybody at the table looks for the same. */
function varianceOpen(group: Group, variance: bigint): Refusal {
  const text = (language: 'fr' | 'en'): string =>
    moneyText(money(variance, group.currency), 'page', language);
  return refusal(
    'cash-variance-open',
    'conflict',
    `Une caisse ne concorde pas avec les livres : écart ${text('fr')}. Expliquez-le et faites-le accepter par deux personnes.`,
    `A box does not agree with the books: difference ${text('en')}. Explain it and let two people agree to it.`,
  );
}
