/**
 * Puts together what two people need to decide about one payment: what was asked, what is known, what may be decided.
 */
import { derivedUuid } from '../../ground/identifiers.ts';
import { accountCurrency } from '../../ground/ledger/account.ts';
import { findTransfer, type TransferRow } from '../../ground/ledger/transfer.rows.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { findPayment } from '../../rails/payments/payment.rows.ts';
import type { Payment } from '../../rails/payments/payment.ts';
import {
  findReview,
  listProposalsOf,
  type Review,
  type ReviewOutcome,
  type ReviewProposal,
} from '../../rails/payments/review.rows.ts';
import { readPaymentStory, type StoryStep } from '../payments/payment-story.ts';
import { readStatedLines, type StatedLines } from './stated-lines.ts';

export interface CaseFile {
  readonly review: Review;
  readonly payment: Payment;
  /** What really came, of a deposit whose money waits in suspense. */
  readonly suspended: TransferRow | undefined;
  readonly outcomes: readonly ReviewOutcome[];
  /** Every proposal, the first one first. */
  readonly proposals: readonly ReviewProposal[];
  /** The proposal that waits for another person. */
  readonly open: ReviewProposal | undefined;
  /** What the provider's statements say, as far as they were imported. */
  readonly stated: StatedLines;
  readonly story: readonly StoryStep[];
}

export async function readCaseFile(
  reader: Reader,
  reviewId: string,
  now: Date,
): Promise<CaseFile | undefined> {
  const review = await findReview(reader, reviewId);
  const payment = review && (await findPayment(reader, review.paymentId));
  if (review === undefined || payment === undefined) return undefined;
  const suspended = await findSuspended(reader, payment);
  const proposals = await listProposalsOf(reader, [review.id]);
  return {
    review,
    payment,
    suspended,
    outcomes: possibleOutcomes(payment, suspended),
    proposals,
    open: proposals.find((one) => one.decidedAt === undefined && one.expiresAt > now),
    stated: await readStatedLines(reader, payment),
    story: await readPaymentStory(reader, payment),
  };
}

export async function findSuspended(reader: Reader, payment: Payment): Promise<TransferRow | undefined> {
  if (payment.direction === 'out') return undefined;
  return await findTransfer(reader, derivedUuid(payment.id, 'suspense own'));
}

/** Money that is not there, or is in another currency than the wallet, can only be called failed. */
export function possibleOutcomes(payment: Payment, suspended: TransferRow | undefined): ReviewOutcome[] {
  if (payment.direction === 'out') return ['paid', 'failed'];
  const canCredit = suspended !== undefined && accountCurrency(suspended.credit) === payment.currency;
  return canCredit ? ['paid', 'failed'] : ['failed'];
}
