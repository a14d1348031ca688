/**
 * Reads and writes the `reviews` and `review_proposals` tables: payments that machines may not decide.
 */
import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

/** What people decide about a payment. */
export type ReviewOutcome =
  | 'paid' // the money moved as asked
  | 'failed'; // it did not, or it goes back

interface ReviewTable {
  id: string;
  payment_id: string;
  reason: string;
  opened_at: Date;
  closed_at: Date | null;
  outcome: ReviewOutcome | 'settled-by-provider' | null;
}

interface ReviewProposalTable {
  id: string;
  review_id: string;
  outcome: ReviewOutcome;
  reason: string;
  evidence: string;
  proposed_by: string;
  proposed_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision: 'approved' | 'refused' | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    reviews: ReviewTable;
    review_proposals: ReviewProposalTable;
  }
}

export interface Review {
  readonly id: string;
  readonly paymentId: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly closedAt: Date | undefined;
  readonly outcome: ReviewOutcome | 'settled-by-provider' | undefined;
}

export interface ReviewProposal {
  readonly id: string;
  readonly reviewId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: string;
  readonly evidence: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | undefined;
  readonly decidedBy: string | undefined;
  readonly decision: 'approved' | 'refused' | undefined;
}

/** Opens a review, unless one is open for the payment already. */
export async function insertReview(
  tx: Tx,
  review: {
    readonly id: string;
    readonly paymentId: string;
    readonly reason: string;
    readonly openedAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto('reviews')
    .values({
      id: review.id,
      payment_id: review.paymentId,
      reason: review.reason,
      opened_at: review.openedAt,
      closed_at: null,
      outcome: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Closes the open review of a payment, if there is one. */
export async function markReviewClosed(
  tx: Tx,
  paymentId: string,
  outcome: ReviewOutcome | 'settled-by-provider',
  at: Date,
): Promise<void> {
  await tx
    .updateTable('reviews')
    .set({ outcome, closed_at: at })
    .where('payment_id', '=', paymentId)
    .where('closed_at', 'is', null)
    .execute();
}

export async function findReview(reader: Reader, id: string): Promise<Review | undefined> {
  const row = await reader.selectFrom('reviews').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toReview(row);
}

/** Open reviews, oldest first. */
export async function listOpenReviews(reader: Reader, limit: number): Promise<Review[]> {
  const rows = await reader
    .selectFrom('reviews')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toReview);
}

/** All reviews in the order of their ids, from the one after `after` on. */
export async function listReviewsAfter(
  reader: Reader,
  after: string | undefined,
  limit: number,
): Promise<Review[]> {
  let query = reader.selectFrom('reviews').selectAll();
  if (after !== undefined) query = query.where('id', '>', after);
  const rows = await query.orderBy('id').limit(limit).execute();
  return rows.map(toReview);
}

export async function insertProposal(
  tx: Tx,
  proposal: Omit<ReviewProposal, 'decidedAt' | 'decidedBy' | 'decision'>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('review_proposals')
    .values({
      id: proposal.id,
      review_id: proposal.reviewId,
      outcome: proposal.outcome,
      reason: proposal.reason,
      evidence: proposal.evidence,
      proposed_by: proposal.proposedBy,
      proposed_at: proposal.proposedAt,
      expires_at: proposal.expiresAt,
      decided_by: null,
      decided_at: null,
      decision: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findProposal(reader: Reader, id: string): Promise<ReviewProposal | undefined> {
  const row = await reader.selectFrom('review_proposals').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toProposal(row);
}

export async function lockProposal(tx: Tx, id: string): Promise<ReviewProposal | undefined> {
  const row = await tx
    .selectFrom('review_proposals')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toProposal(row);
}

/** The proposal of a review that nobody has decided, expired or not. */
export async function findOpenProposal(
  reader: Reader,
  reviewId: string,
): Promise<ReviewProposal | undefined> {
  const row = await reader
    .selectFrom('review_proposals')
    .selectAll()
    .where('review_id', '=', reviewId)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
  return row && toProposal(row);
}

export async function markProposalDecided(
  tx: Tx,
  id: string,
  decision: 'approved' | 'refused',
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('review_proposals')
    .set({ decision, decided_by: by, decided_at: at })
    .where('id', '=', id)
    .execute();
}

/** Every review of one payment, the first one first. */
export async function listReviewsOf(reader: Reader, paymentId: string): Promise<Review[]> {
  const rows = await reader
    .selectFrom('reviews')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .orderBy('id')
    .execute();
  return rows.map(toReview);
}

/** Closed reviews, the newest first. */
export async function listClosedReviews(reader: Reader, limit: number): Promise<Review[]> {
  const rows = await reader
    .selectFrom('reviews')
    .selectAll()
    .where('closed_at', 'is not', null)
    .orderBy('closed_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toReview);
}

/** Everything that was proposed about these reviews, the first one first. */
export async function listProposalsOf(
  reader: Reader,
  reviewIds: readonly string[],
): Promise<ReviewProposal[]> {
  if (reviewIds.length === 0) return [];
  const rows = await reader
    .selectFrom('review_proposals')
    .selectAll()
    .where('review_id', 'in', reviewIds)
    .orderBy('id')
    .execute();
  return rows.map(toProposal);
}

export async function countOpenReviews(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('reviews')
    .select((eb) => eb.fn.countAll<bigint>().as('open'))
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.open ?? 0);
}

function toReview(row: Selectable<ReviewTable>): Review {
  return {
    id: row.id,
    paymentId: row.payment_id,
    reason: row.reason,
    openedAt: row.opened_at,
    closedAt: row.closed_at ?? undefined,
    outcome: row.outcome ?? undefined,
  };
}

function toProposal(row: Selectable<ReviewProposalTable>): ReviewProposal {
  return {
    id: row.id,
    reviewId: row.review_id,
    outcome: row.outcome,
    reason: row.reason,
    evidence: row.evidence,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decision: row.decision ?? undefined,
  };
}
