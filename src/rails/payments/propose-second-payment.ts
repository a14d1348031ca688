/**
 * Writes down where one operator would send the money of a second payment, with the reason and the evidence.
 *
 * Nothing moves: a second operator must agree (`decide-second-payment.ts`). Where nobody could read how much it was, the
 * proposal says what the provider's statement says; everywhere else the books know it, and nobody types amounts.
 *
 * Refuses: `review-absent`, `review-closed`, `review-proposal-open`, `review-words-missing`, `second-payment-amount`,
 * `second-payment-currency`.
 */
import { after } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { lockPayment } from './payment.rows.ts';
import {
  PROPOSAL_LIFE_MS,
  PROPOSAL_OPEN,
  REVIEW_ABSENT,
  REVIEW_CLOSED,
  WORDS_MISSING,
} from './propose-resolution.ts';
import {
  findOpenSecondProposal,
  findSecondPaymentById,
  insertSecondProposal,
  markSecondProposalDecided,
  type SecondOutcome,
} from './second-payment.rows.ts';

const AMOUNT = refusal(
  'second-payment-amount',
  'invalid',
  'Le montant du relevé est demandé si, et seulement si, les livres ne le connaissent pas.',
  'The amount of the statement is asked for when the books do not know it, and only then.',
);
const CURRENCY = refusal(
  'second-payment-currency',
  'conflict',
  'Cet argent est dans une autre monnaie que le portefeuille : il ne peut que repartir.',
  'This money is in another currency than the wallet: it can only go back.',
);

export interface SecondProposal {
  readonly secondPaymentId: string;
  readonly outcome: SecondOutcome;
  /** What the provider holds of it for us, by its statement; only where the books do not know. */
  readonly statedAmount?: bigint;
  readonly reason: string;
  readonly evidence: string;
  /** Id of the operator. */
  readonly by: string;
}

/** The id of the proposal. */
export async function proposeSecondPayment(
  tx: Tx,
  ground: Ground,
  asked: SecondProposal,
): Promise<Answer<string>> {
  const found = await findSecondPaymentById(tx, asked.secondPaymentId);
  if (found === undefined) return refused(REVIEW_ABSENT);
  // The payment's lock keeps a callback from closing it, or from reading the amount, behind this proposal.
  const payment = await lockPayment(tx, found.paymentId);
  const second = await findSecondPaymentById(tx, asked.secondPaymentId);
  invariant(payment !== undefined && second !== undefined, `second payment ${found.id} lost its payment`);
  if (second.closedAt !== undefined) return refused(REVIEW_CLOSED);
  if (asked.reason.trim().length < 3 || asked.evidence.trim().length < 3) return refused(WORDS_MISSING);
  const stated = asked.statedAmount;
  if ((stated === undefined) !== (second.amount !== undefined)) return refused(AMOUNT);
  if (stated !== undefined && stated <= 0n) return refused(AMOUNT);
  const isForeign = second.currency !== undefined && second.currency !== payment.currency;
  if (asked.outcome === 'credited' && isForeign) return refused(CURRENCY);
  const now = ground.clock.now();
  const earlier = await findOpenSecondProposal(tx, second.id);
  if (earlier !== undefined) {
    if (earlier.expiresAt > now) return refused(PROPOSAL_OPEN);
    await markSecondProposalDecided(tx, earlier.id, { decision: 'refused', by: asked.by, at: now });
  }
  const id = ground.ids.next('prp');
  const inserted = await insertSecondProposal(tx, {
    id,
    secondPaymentId: second.id,
    outcome: asked.outcome,
    statedAmount: stated,
    reason: asked.reason.trim(),
    evidence: asked.evidence.trim(),
    proposedBy: asked.by,
    proposedAt: now,
    expiresAt: after(now, PROPOSAL_LIFE_MS),
  });
  return inserted ? accepted(id) : refused(PROPOSAL_OPEN);
}
