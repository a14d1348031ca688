/**
 * Explains a difference between a box and the books, and asks two people to agree to it.
 *
 * They are asked about one count: when the box was counted again, they are asked anew, and a yes to the count before is no
 * yes to this one.
 *
 * Refuses: the refusals of `enter-meeting.ts`, `cash-box-absent`, `cash-no-variance`, `cash-variance-agreed`,
 * `reason-missing`, `approval-nobody`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import { type BoxCount, findBoxCount, markBoxCounted } from './cash-count.rows.ts';
import { BOX_ABSENT, VARIANCE_AGREED } from './count-cash.ts';
import { enterMeeting, type InMeeting } from './enter-meeting.ts';

export interface ExplainVariance extends InMeeting {
  readonly keeperId: string;
  readonly explanation: string;
}

export async function explainVariance(
  tx: Tx,
  ground: Ground,
  asked: ExplainVariance,
): Promise<Answer<ApprovalRequest>> {
  const entered = await enterMeeting(tx, ground, asked, 'explain-variance');
  if (!entered.ok) return entered;
  const { actor, meeting } = entered.value;
  const box = await findBoxCount(tx, asked);
  if (box?.counted === undefined || box.counted === null || box.expected === null) return refused(BOX_ABSENT);
  if (box.explainedByRequest !== null) return refused(VARIANCE_AGREED);
  const variance = box.counted - box.expected;
  if (variance === 0n) return refused(NO_VARIANCE);
  if (!hasReason(asked.explanation)) return refused(REASON_MISSING);
  await markBoxCounted(tx, meeting.id, { ...box, explanation: asked.explanation.trim() });
  const request = await askApproval(tx, ground, {
    groupId: asked.groupId,
    rules: actor.rules,
    kind: 'cash-variance',
    subjectId: varianceSubject(meeting.id, box),
    requestedBy: actor.membership.id,
    // Whoever keeps the box does not judge what is missing in it.
    beneficiaryId: asked.keeperId,
    reason: asked.explanation,
    facts: { expected: String(box.expected), counted: String(box.counted), variance: String(variance) },
  });
  return request.ok ? accepted(request.value) : request;
}

/** What the request is about: one count of one box at one meeting. */
export function varianceSubject(
  meetingId: string,
  { keeperId, countedAt, expected, counted }: BoxCount,
): string {
  return `${meetingId} ${keeperId} ${countedAt?.getTime()} ${expected} ${counted}`;
}

const NO_VARIANCE = refusal(
  'cash-no-variance',
  'conflict',
  'Cette caisse concorde avec les livres : il n’y a rien à expliquer.',
  'This box agrees with the books: there is nothing to explain.',
);
