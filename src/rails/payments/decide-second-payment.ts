/**
 * Carries out, or turns down, what another operator proposed about the money of a second payment.
 *
 * Two different people, known by the database too. The money leaves suspense once: to the wallet of the payment's owner,
 * or to the payer through the provider, which then owes it to us no more. A provider that took it back meanwhile has
 * closed the case, and then there is nothing left to decide.
 *
 * Refuses: `review-absent`, `review-closed`, `review-own-proposal`, `review-proposal-stale`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { type Decision, OWN_PROPOSAL, STALE } from './decide-resolution.ts';
import { lockPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { REVIEW_ABSENT, REVIEW_CLOSED } from './propose-resolution.ts';
import {
  findSecondPaymentById,
  findSecondProposal,
  markSecondPayment,
  markSecondProposalDecided,
  type SecondPayment,
  type SecondPaymentProposal,
} from './second-payment.rows.ts';
import { secondCredited, secondReturned } from './second-settlement.ts';
import { railAccounts, suspenseTransfer } from './settlement.ts';

export async function decideSecondPayment(
  tx: Tx,
  ground: Ground,
  asked: Decision,
): Promise<Answer<'approved' | 'refused'>> {
  const found = await findSecondProposal(tx, asked.proposalId);
  const about = found && (await findSecondPaymentById(tx, found.secondPaymentId));
  if (found === undefined || about === undefined) return refused(REVIEW_ABSENT);
  // Everything about a second payment happens under its payment's lock; what was read before it is read again.
  const payment = await lockPayment(tx, about.paymentId);
  const second = await findSecondPaymentById(tx, about.id);
  const proposal = await findSecondProposal(tx, asked.proposalId);
  invariant(
    payment !== undefined && second !== undefined && proposal !== undefined,
    `second payment ${about.id} lost its payment or proposal`,
  );
  const now = ground.clock.now();
  if (proposal.decidedAt !== undefined || proposal.expiresAt <= now) return refused(STALE);
  if (second.closedAt !== undefined) return refused(REVIEW_CLOSED);
  // The provider has said how much it was since somebody copied it from a statement: look again.
  if ((proposal.statedAmount === undefined) !== (second.amount !== undefined)) return refused(STALE);
  if (proposal.proposedBy === asked.by && asked.decision === 'approved') return refused(OWN_PROPOSAL);
  await markSecondProposalDecided(tx, proposal.id, { decision: asked.decision, by: asked.by, at: now });
  if (asked.decision === 'refused') return accepted('refused');
  await carryOut(tx, ground, { payment, second, proposal, by: asked.by });
  return accepted('approved');
}

interface Approved {
  readonly payment: Payment;
  readonly second: SecondPayment;
  readonly proposal: SecondPaymentProposal;
  readonly by: string;
}

async function carryOut(tx: Tx, ground: Ground, approved: Approved): Promise<void> {
  const { payment, second, proposal, by } = approved;
  const { outcome } = proposal;
  const reference = second.providerReference;
  const held = {
    amount: second.amount ?? proposal.statedAmount ?? 0n,
    currency: second.currency ?? payment.currency,
  };
  await markSecondPayment(tx, second.id, { ...held, outcome, closedAt: ground.clock.now() });
  await recordEvent(tx, ground, {
    name: 'payment.second-closed',
    subjectId: payment.id,
    facts: {
      outcome,
      reference,
      amount: String(held.amount),
      proposed: proposal.proposedBy,
      approved: by,
      reason: proposal.reason,
    },
  });
  for (const account of railAccounts(payment.provider, held.currency)) await openAccount(tx, ground, account);
  await openAccount(tx, ground, payment.accountId);
  // What could not be read never entered the books: it does now, and leaves suspense in the same moment.
  const entered = second.amount === undefined ? [suspenseTransfer(payment, held, reference, ground)] : [];
  const move = outcome === 'credited' ? secondCredited : secondReturned;
  await postOrThrow(tx, ground, [...entered, ...move({ payment, reference, held }, ground)]);
}
