/**
 * Brings the books to what was counted, in the moment of the last agreement.
 *
 * What is missing is borne by the fines in notes as far as they go, and is owed by the keeper beyond; what is too much
 * pays the keeper's debt first and belongs to the fines. So the boxes still hold what the funds in notes say, and the
 * next meeting opens with the true figure. It posts nothing; it hands back the transfers.
 *
 * Refuses: `meeting-closed`, `cash-count-stale`, `cash-notes-promised`.
 */
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { findGroup } from '../groups/group.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { freeInBox } from '../rounds/box.ts';
import { sumPromised } from '../rounds/cash-box.rows.ts';
import { boxAccount, fundAccount, keeperDebtAccount } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { findBoxCount, markBoxCounted } from './cash-count.rows.ts';
import { MEETING_CLOSED } from './enter-meeting.ts';
import { varianceSubject } from './explain-variance.ts';
import { findMeeting } from './meeting.rows.ts';
import { readBox } from './read-box-movements.ts';

export async function agreeVariance(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const [meetingId = '', keeperId = ''] = request.subjectId.split(' ');
  const { groupId } = request;
  const meeting = await findMeeting(tx, { groupId, meetingId });
  const box = await findBoxCount(tx, { meetingId, keeperId });
  const group = await findGroup(tx, groupId);
  const keeper = await findMembership(tx, keeperId);
  invariant(group !== undefined && keeper?.personId, `request ${request.id} is about no box`);
  if (meeting === undefined || meeting.closedAt !== null) return refused(MEETING_CLOSED);
  const { currency } = group;
  const books = await readBox(tx, { groupId, keeperId, currency });
  // Notes that moved since the count make it a count of another box.
  if (box?.counted === undefined || box.counted === null || box.expected !== books)
    return refused(COUNT_STALE);
  // Whoever agreed to one count has not agreed to the next one.
  if (request.subjectId !== varianceSubject(meetingId, box)) return refused(COUNT_STALE);
  const variance = box.counted - box.expected;
  // What was given to somebody who has not answered yet is in the books of this box, and no longer in it.
  const own = { groupId, keeperId, personId: keeper.personId, currency };
  if ((await freeInBox(tx, own)) + variance < 0n) return refused(NOTES_PROMISED);
  await markBoxCounted(tx, meetingId, { ...box, explainedByRequest: request.id });
  await writeJournal(tx, ground, {
    groupId,
    act: 'cash.explained',
    subjectId: meetingId,
    reason: box.explanation ?? undefined,
    facts: { keeper: keeperId, variance: String(variance) },
  });
  const accounts = {
    box: boxAccount(groupId, keeper.personId, currency),
    fines: fundAccount({ groupId, cycleId: groupId, currency }, 'fines', 'cash'),
    debt: keeperDebtAccount(groupId, keeper.personId, currency),
  };
  const row = request.id;
  if (variance < 0n) {
    const missing = -variance;
    const free = await freeFines(tx, groupId, accounts.fines);
    const borne = free < missing ? free : missing;
    return accepted(
      movesOf(ground, 'tontine.variance', row, [
        { row, role: 'borne', from: accounts.fines, to: accounts.box, amount: borne },
        { row, role: 'owed', from: accounts.debt, to: accounts.box, amount: missing - borne },
      ]),
    );
  }
  const owed = (await readBalance(tx, accounts.debt))?.posted ?? 0n;
  const back = owed < variance ? owed : variance;
  return accepted(
    movesOf(ground, 'tontine.variance', row, [
      { row, role: 'back', from: accounts.box, to: accounts.debt, amount: back },
      { row, role: 'found', from: accounts.box, to: accounts.fines, amount: variance - back },
    ]),
  );
}

/** What the fines hold in notes and have promised to nobody. */
async function freeFines(tx: Tx, groupId: string, fines: ReturnType<typeof fundAccount>): Promise<bigint> {
  const promised = await sumPromised(tx, groupId, fines);
  return ((await readBalance(tx, fines))?.available ?? 0n) - promised;
}

const COUNT_STALE = refusal(
  'cash-count-stale',
  'conflict',
  'La caisse a bougé ou a été recomptée depuis. Recomptez et expliquez de nouveau.',
  'The box has moved or was counted again since. Count and explain it anew.',
);
const NOTES_PROMISED = refusal(
  'cash-notes-promised',
  'conflict',
  'Cette caisse a remis des espèces à quelqu’un qui ne l’a pas encore confirmé. Faites-le confirmer d’abord, puis recomptez.',
  'This box gave notes to somebody who has not confirmed it yet. Have it confirmed first, then count again.',
);
