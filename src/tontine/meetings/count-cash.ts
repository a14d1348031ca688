/**
 * Writes down what was counted in a box, beside what the books say must be in it.
 *
 * It may be counted again until the meeting closes; each count is in the journal. A difference that was agreed to stands,
 * and the box is counted again only when notes have moved since: else the meeting could never close.
 *
 * Refuses: the refusals of `enter-meeting.ts`, `cash-box-absent`, `cash-count-negative`, `cash-variance-agreed`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listKeepers } from '../rounds/cash-box.rows.ts';
import { type BoxCount, findBoxCount, insertBoxOpenings, markBoxCounted } from './cash-count.rows.ts';
import { expectedIn, varianceOf } from './cash-count.ts';
import { enterMeeting, type InMeeting } from './enter-meeting.ts';
import { readBox, readBoxMovements } from './read-box-movements.ts';

export interface CountCash extends InMeeting {
  /** Whose box; one's own when absent. */
  readonly keeperId?: string | undefined;
  readonly counted: bigint;
}

export async function countCash(tx: Tx, ground: Ground, asked: CountCash): Promise<Answer<BoxCount>> {
  const entered = await enterMeeting(tx, ground, asked, 'count-cash');
  if (!entered.ok) return entered;
  const { actor, meeting } = entered.value;
  const keeperId = asked.keeperId ?? actor.membership.id;
  if (asked.counted < 0n) return refused(COUNT_NEGATIVE);
  const at = { groupId: asked.groupId, meetingId: meeting.id, keeperId };
  // A box that was opened during the meeting began empty.
  if ((await listKeepers(tx, asked.groupId)).includes(keeperId)) {
    await insertBoxOpenings(tx, at, [{ keeperId, opening: 0n }]);
  }
  const box = await findBoxCount(tx, at);
  if (box === undefined) return refused(BOX_ABSENT);
  const { opening } = box;
  const { currency } = actor.group;
  if (box.explainedByRequest !== null && (await readBox(tx, { ...at, currency })) === box.counted)
    return refused(VARIANCE_AGREED);
  const movements = await readBoxMovements(tx, { ...at, currency, opening, since: meeting.openedAt });
  const counted: BoxCount = {
    ...box,
    cameIn: movements.cameIn,
    wentOut: movements.wentOut,
    expected: expectedIn(movements),
    counted: asked.counted,
    countedBy: actor.membership.id,
    countedAt: ground.clock.now(),
    explainedByRequest: null,
  };
  await markBoxCounted(tx, meeting.id, counted);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'cash.counted',
    actorId: actor.membership.id,
    subjectId: meeting.id,
    facts: {
      keeper: keeperId,
      expected: String(counted.expected),
      counted: String(asked.counted),
      variance: String(varianceOf(movements, asked.counted)),
    },
  });
  const written = await findBoxCount(tx, at);
  invariant(written !== undefined, `the count of ${keeperId} disappeared`);
  return accepted(written);
}

export const BOX_ABSENT = refusal(
  'cash-box-absent',
  'absent',
  'Ce membre ne tient pas de caisse.',
  'This member keeps no box.',
);
const COUNT_NEGATIVE = refusal(
  'cash-count-negative',
  'invalid',
  'Un comptage ne peut pas être négatif.',
  'A count cannot be below zero.',
);
export const VARIANCE_AGREED = refusal(
  'cash-variance-agreed',
  'conflict',
  'L’écart de cette caisse est déjà accepté, et rien n’a bougé depuis : elle ne se recompte pas.',
  'The difference of this box is already agreed to, and nothing has moved since: it is not counted again.',
);
