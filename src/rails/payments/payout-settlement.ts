/**
 * Writes the transfers of a withdrawal: hold, pay, release, late payment, return.
 *
 * The hold is a pending transfer made with the request. Paying posts it and releasing voids it; the ledger lets only
 * one of the two happen, whoever asks and however often. All ids are derived from the payment's id and the role.
 */
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid, type Uuid } from '../../ground/identifiers.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Currency } from '../../ground/money/currency.ts';

/** What the transfers of a withdrawal are made from: the payment's row, or what will become one. */
export interface PayoutFigures {
  readonly id: string;
  readonly reference: string;
  readonly provider: string;
  readonly ownerId: string;
  readonly accountId: AccountId;
  readonly currency: Currency;
  /** What the recipient is sent. */
  readonly amount: bigint;
  /** What the person pays on top, to the host. */
  readonly quotedFee: bigint;
}

interface Move {
  readonly role: string;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amount: bigint;
}

/** The two legs that a withdrawal reserves: what is sent, and the host's fee when there is one. */
function legsOf(payout: PayoutFigures): Move[] {
  const float = accountId('float', payout.provider, payout.currency);
  const legs: Move[] = [{ role: 'hold', debit: payout.accountId, credit: float, amount: payout.amount }];
  if (payout.quotedFee > 0n) {
    const fees = accountId('fees-platform', 'all', payout.currency);
    legs.push({ role: 'hold-fee', debit: payout.accountId, credit: fees, amount: payout.quotedFee });
  }
  return legs;
}

export function holdTransfers(payout: PayoutFigures, ground: Ground): Transfer[] {
  return linked(payout, 'withdrawal.held', ground, legsOf(payout), (move) => ({
    id: derivedUuid(payout.id, move.role),
    kind: 'pending',
  }));
}

/** Posts the hold; `providerFee` is what the provider took besides, at the host's expense. */
export function payTransfers(payout: PayoutFigures, providerFee: bigint, ground: Ground): Transfer[] {
  const posts = linked(payout, 'withdrawal.paid', ground, legsOf(payout), (move) => ({
    id: derivedUuid(payout.id, `pay ${move.role}`),
    kind: 'post',
    pendingId: derivedUuid(payout.id, move.role),
  }));
  return providerFee > 0n ? [...posts, providerFeeTransfer(payout, providerFee, ground)] : posts;
}

/** The id of the transfer that gives the amount back: in the ledger exactly when the hold was released. */
export function releaseIdOf(paymentId: string): Uuid {
  return derivedUuid(paymentId, 'release hold');
}

/** Voids the hold: all of it is spendable again. Every release of a withdrawal uses these same ids. */
export function releaseTransfers(payout: PayoutFigures, ground: Ground): Transfer[] {
  return linked(payout, 'withdrawal.released', ground, legsOf(payout), (move) => ({
    id: derivedUuid(payout.id, `release ${move.role}`),
    kind: 'void',
    pendingId: derivedUuid(payout.id, move.role),
  }));
}

/**
 * The provider paid after the hold was released: the person owes it, and nothing is taken behind their back. The
 * provider's fee is the host's, as for every withdrawal.
 */
export function latePaymentTransfers(payout: PayoutFigures, providerFee: bigint, ground: Ground): Transfer[] {
  const move: Move = {
    role: 'late-pay',
    debit: accountId('receivable', payout.ownerId, payout.currency),
    credit: accountId('float', payout.provider, payout.currency),
    amount: payout.amount,
  };
  const owed = linked(payout, 'withdrawal.paid-after-release', ground, [move], () => ({
    id: derivedUuid(payout.id, move.role),
    kind: 'single',
  }));
  return providerFee > 0n ? [...owed, providerFeeTransfer(payout, providerFee, ground)] : owed;
}

/** A withdrawal that was paid after its release came back: the claim on the person ends. */
export function lateReturnTransfers(payout: PayoutFigures, ground: Ground): Transfer[] {
  const move: Move = {
    role: 'return late-pay',
    debit: accountId('float', payout.provider, payout.currency),
    credit: accountId('receivable', payout.ownerId, payout.currency),
    amount: payout.amount,
  };
  return linked(payout, 'withdrawal.returned', ground, [move], () => ({
    id: derivedUuid(payout.id, move.role),
    kind: 'single',
  }));
}

/** A paid withdrawal came back: amount and fee return to where they were, because nothing was delivered. */
export function returnTransfers(payout: PayoutFigures, ground: Ground): Transfer[] {
  const moves = legsOf(payout).map((leg) => ({
    role: `return ${leg.role}`,
    debit: leg.credit,
    credit: leg.debit,
    amount: leg.amount,
  }));
  return linked(payout, 'withdrawal.returned', ground, moves, (move) => ({
    id: derivedUuid(payout.id, move.role),
    kind: 'single',
  }));
}

function providerFeeTransfer(payout: PayoutFigures, fee: bigint, ground: Ground): Transfer {
  return {
    id: derivedUuid(payout.id, 'provider-fee'),
    kind: 'single',
    debit: accountId('fees-provider', 'all', payout.currency),
    credit: accountId('float', payout.provider, payout.currency),
    amount: fee,
    journal: { id: ground.ids.next('jrn'), kind: 'withdrawal.provider-fee', occurredAt: ground.clock.now() },
    reference: payout.reference,
  };
}

type Shape = Pick<Transfer, 'id' | 'kind'> & { readonly pendingId?: NonNullable<Transfer['pendingId']> };

function linked(
  payout: PayoutFigures,
  journalKind: string,
  ground: Ground,
  moves: readonly Move[],
  shape: (move: Move) => Shape,
): Transfer[] {
  const journal = { id: ground.ids.next('jrn'), kind: journalKind, occurredAt: ground.clock.now() };
  return moves.map((move, place) => ({
    ...shape(move),
    debit: move.debit,
    credit: move.credit,
    amount: move.amount,
    linked: place < moves.length - 1,
    journal,
    reference: payout.reference,
  }));
}
