/**
 * Is the list of cases as a file, open and closed: the payment, why people must decide, who proposed and who decided.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import { findPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import {
  listProposalsOf,
  listReviewsAfter,
  type Review,
  type ReviewProposal,
} from '../../../../rails/payments/review.rows.ts';
import { type Column, linesOf, type Pages } from '../list-file.ts';

const PAGE_LINES = 500;

interface Line {
  readonly review: Review;
  readonly payment: Payment | undefined;
  /** The last thing that was proposed. */
  readonly proposal: ReviewProposal | undefined;
}

const COLUMNS: readonly Column<Line>[] = [
  ['reference', ({ payment }) => payment?.reference],
  ['direction', ({ payment }) => payment?.direction],
  ['method', ({ payment }) => payment?.method],
  ['phone', ({ payment }) => payment && maskPhone(payment.phone)],
  ['currency', ({ payment }) => payment?.currency],
  ['amount', ({ payment }) => payment?.amount],
  ['why', ({ review }) => review.reason],
  ['opened_at', ({ review }) => review.openedAt],
  ['closed_at', ({ review }) => review.closedAt],
  ['outcome', ({ review }) => review.outcome],
  ['proposed', ({ proposal }) => proposal?.outcome],
  ['proposed_by', ({ proposal }) => proposal?.proposedBy],
  ['proposed_at', ({ proposal }) => proposal?.proposedAt],
  ['reason', ({ proposal }) => proposal?.reason],
  ['evidence', ({ proposal }) => proposal?.evidence],
  ['decision', ({ proposal }) => proposal?.decision],
  ['decided_by', ({ proposal }) => proposal?.decidedBy],
  ['decided_at', ({ proposal }) => proposal?.decidedAt],
  ['payment', ({ review }) => review.paymentId],
  ['id', ({ review }) => review.id],
];

export function reviewPages(reader: Reader): Pages {
  return linesOf(COLUMNS, async (last) => {
    const reviews = await listReviewsAfter(reader, last?.review.id, PAGE_LINES);
    const payments = await findPayments(
      reader,
      reviews.map(({ paymentId }) => paymentId),
    );
    const proposals = await listProposalsOf(
      reader,
      reviews.map(({ id }) => id),
    );
    return reviews.map((review) => ({
      review,
      payment: payments.get(review.paymentId),
      proposal: proposals.findLast(({ reviewId }) => reviewId === review.id),
    }));
  });
}
