/**
 * Writes down what one operator would decide about a payment under review, with the reason and the evidence.
 *
 * Nothing moves: a second operator must agree (`decide-resolution.ts`). A proposal that nobody decided in three days is
 * stale, because evidence about money ages; it is put aside when the next one comes.
 *
 * Refuses: `review-absent`, `review-closed`, `review-proposal-open`, `review-words-missing`, `review-nothing-to-credit`.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findPayment } from './payment.rows.ts';
import { whyNotPaid } from './resolve-deposit.ts';
import {
  findOpenProposal,
  findReview,
  insertProposal,
  markProposalDecided,
  type ReviewOutcome,
} from './review.rows.ts';

export const PROPOSAL_LIFE_MS = 3 * DAY_MS;

export const REVIEW_ABSENT = refusal(
  'review-absent',
  'absent',
  'Ce dossier n’existe pas.',
  'There is no such review.',
);
export const REVIEW_CLOSED = refusal(
  'review-closed',
  'conflict',
  'Ce dossier est déjà clos.',
  'This review is already closed.',
);
export const PROPOSAL_OPEN = refusal(
  'review-proposal-open',
  'conflict',
  'Une proposition attend déjà une décision.',
  'A proposal is already waiting for a decision.',
);
export const WORDS_MISSING = refusal(
  'review-words-missing',
  'invalid',
  'Indiquez la raison et la preuve, en quelques mots au moins.',
  'Give the reason and the evidence, at least in a few words.',
);

export interface Proposal {
  readonly reviewId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: string;
  readonly evidence: string;
  /** Id of the operator. */
  readonly by: string;
}

/** The id of the proposal. */
export async function proposeResolution(tx: Tx, ground: Ground, proposal: Proposal): Promise<Answer<string>> {
  const review = await findReview(tx, proposal.reviewId);
  if (review === undefined) return refused(REVIEW_ABSENT);
  if (review.closedAt !== undefined) return refused(REVIEW_CLOSED);
  if (proposal.reason.trim().length < 3 || proposal.evidence.trim().length < 3) return refused(WORDS_MISSING);
  const payment = await findPayment(tx, review.paymentId);
  const no = payment && proposal.outcome === 'paid' ? await whyNotPaid(tx, payment) : undefined;
  if (no !== undefined) return refused(no);
  const now = ground.clock.now();
  const earlier = await findOpenProposal(tx, review.id);
  if (earlier !== undefined) {
    if (earlier.expiresAt > now) return refused(PROPOSAL_OPEN);
    await markProposalDecided(tx, earlier.id, 'refused', proposal.by, now);
  }
  const id = ground.ids.next('prp');
  const inserted = await insertProposal(tx, {
    id,
    reviewId: review.id,
    outcome: proposal.outcome,
    reason: proposal.reason.trim(),
    evidence: proposal.evidence.trim(),
    proposedBy: proposal.by,
    proposedAt: now,
    expiresAt: after(now, PROPOSAL_LIFE_MS),
  });
  return inserted ? accepted(id) : refused(PROPOSAL_OPEN);
}
