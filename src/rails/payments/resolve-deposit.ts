/**
 * Moves the money of a deposit under review out of suspense: to the person, or back to where it came from.
 *
 * Only what really came is moved, as the suspense entry recorded it. Giving it back here means that the provider
 * returns it: the float shrinks by the same amount.
 *
 * Where there is nothing in suspense, or something in another currency than the wallet's, it can only go back: `paid` is
 * refused before (`whyNotPaid`), and throws here.
 *
 * Refuses: `review-nothing-to-credit`.
 */
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { accountCurrency, accountId } from '../../ground/ledger/account.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import { findTransfer } from '../../ground/ledger/transfer.rows.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { invariant, type Refusal, refusal } from '../../ground/refusal.ts';
import { markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import type { ReviewOutcome } from './review.rows.ts';

export async function resolveDeposit(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  outcome: ReviewOutcome,
): Promise<void> {
  const suspended = await findTransfer(tx, derivedUuid(payment.id, 'suspense own'));
  const settledAt = ground.clock.now();
  if (suspended === undefined) {
    invariant(outcome === 'failed', `deposit ${payment.id} has nothing in suspense to give to anybody`);
    await markPayment(tx, payment.id, { state: 'failed', reason: 'resolved', settledAt, nextActionAt: null });
    return;
  }
  const currency = accountCurrency(suspended.credit);
  const suspense = accountId('suspense', payment.provider, currency);
  const mayCredit = currency === payment.currency;
  invariant(outcome === 'failed' || mayCredit, `deposit ${payment.id}: ${currency} cannot enter this wallet`);
  const to = outcome === 'paid' ? payment.accountId : accountId('float', payment.provider, currency);
  await openAccount(tx, ground, to);
  await markPayment(
    tx,
    payment.id,
    outcome === 'paid'
      ? {
          state: 'succeeded',
          reason: 'resolved',
          credited: suspended.amount,
          fee: 0n,
          settledAt,
          nextActionAt: null,
        }
      : { state: 'failed', reason: 'resolved', settledAt, nextActionAt: null },
  );
  await postOrThrow(tx, ground, [
    {
      id: derivedUuid(payment.id, 'resolve'),
      kind: 'single',
      debit: suspense,
      credit: to,
      amount: suspended.amount,
      journal: { id: ground.ids.next('jrn'), kind: `deposit.resolved-${outcome}`, occurredAt: settledAt },
      reference: payment.reference,
    },
  ]);
}

/** Why a deposit under review cannot be said to be paid: its money never came into our books, or came as another. */
export async function whyNotPaid(reader: Reader, payment: Payment): Promise<Refusal | undefined> {
  if (payment.direction === 'out') return undefined;
  const suspended = await findTransfer(reader, derivedUuid(payment.id, 'suspense own'));
  const isHeld = suspended !== undefined && accountCurrency(suspended.credit) === payment.currency;
  return isHeld ? undefined : NOTHING_TO_CREDIT;
}

const NOTHING_TO_CREDIT = refusal(
  'review-nothing-to-credit',
  'conflict',
  'Aucun argent de cette monnaie n’attend pour ce dépôt : il ne peut pas être crédité.',
  'No money in this currency waits for this deposit: it cannot be credited.',
);
