/**
 * Writes the transfers of a payment's outcomes: credit, suspense, reversal.
 *
 * The ids are derived from the payment's id and the role, so that each can exist once whatever happens. Amounts come
 * from our own row; the only foreign figures are the fee that the provider kept and, for suspense, what it holds.
 */
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Money } from '../../ground/money/money.ts';
import { type DepositLeg, splitDeposit } from './fee-policy.ts';
import type { Payment } from './payment.ts';

export interface Settlement {
  readonly credited: bigint;
  readonly transfers: readonly Transfer[];
}

/** The accounts that payments of one provider and currency move, besides the owner's own. */
export function railAccounts(provider: string, currency: Currency): AccountId[] {
  return [
    accountId('float', provider, currency),
    accountId('suspense', provider, currency),
    accountId('fees-provider', 'all', currency),
    accountId('fees-platform', 'all', currency),
  ];
}

/** The deposit arrives: the provider owes us the net, the wallet receives what its fee policy says. */
export function creditTransfers(payment: Payment, fee: bigint, ground: Ground): Settlement {
  const { credited, legs } = splitDeposit(payment.feePolicy, payment.amount, fee, payment.wantedCredit);
  const journal = { id: ground.ids.next('jrn'), kind: 'deposit.settled', occurredAt: ground.clock.now() };
  const transfers = legs.map((leg, place) => ({
    id: derivedUuid(payment.id, leg.role),
    kind: 'single' as const,
    ...sidesOf(leg, payment),
    amount: leg.amount,
    linked: place < legs.length - 1,
    journal,
    reference: payment.reference,
  }));
  return { credited, transfers };
}

/** Real money that fits no request of ours waits in suspense, in the currency in which it came. */
export function suspenseTransfer(payment: Payment, paid: Money, about: string, ground: Ground): Transfer {
  return {
    id: derivedUuid(payment.id, `suspense ${about}`),
    kind: 'single',
    debit: accountId('float', payment.provider, paid.currency),
    credit: accountId('suspense', payment.provider, paid.currency),
    amount: paid.amount,
    journal: { id: ground.ids.next('jrn'), kind: 'deposit.suspended', occurredAt: ground.clock.now() },
    reference: payment.reference,
  };
}

/**
 * The provider takes the money back: each leg of the credit is mirrored. What the wallet no longer has (`available`)
 * becomes a claim on the person, never a negative balance.
 */
export function reversalTransfers(payment: Payment, available: bigint, ground: Ground): Transfer[] {
  const receivable = accountId('receivable', payment.ownerId, payment.currency);
  const journal = { id: ground.ids.next('jrn'), kind: 'deposit.reversed', occurredAt: ground.clock.now() };
  let left = available;
  const moves: { role: string; debit: AccountId; credit: AccountId; amount: bigint }[] = [];
  for (const leg of creditedLegs(payment)) {
    const sides = sidesOf(leg, payment);
    if (sides.credit !== payment.accountId) {
      moves.push({
        role: `reverse ${leg.role}`,
        debit: sides.credit,
        credit: sides.debit,
        amount: leg.amount,
      });
      continue;
    }
    const fromWallet = leg.amount < left ? leg.amount : left;
    left -= fromWallet;
    if (fromWallet > 0n) {
      moves.push({
        role: `reverse ${leg.role}`,
        debit: sides.credit,
        credit: sides.debit,
        amount: fromWallet,
      });
    }
    const owed = leg.amount - fromWallet;
    if (owed > 0n)
      moves.push({ role: `claim ${leg.role}`, debit: receivable, credit: sides.debit, amount: owed });
  }
  return moves.map((move, place) => ({
    id: derivedUuid(payment.id, move.role),
    kind: 'single',
    debit: move.debit,
    credit: move.credit,
    amount: move.amount,
    linked: place < moves.length - 1,
    journal,
    reference: payment.reference,
  }));
}

/** The legs by which the money came: of a resolved review only what was in suspense, else what was asked. */
function creditedLegs(payment: Payment): readonly DepositLeg[] {
  if (payment.reason === 'resolved' && payment.credited !== undefined) {
    return [{ role: 'credit', amount: payment.credited }];
  }
  const fee = payment.fee ?? payment.quotedFee;
  return splitDeposit(payment.feePolicy, payment.amount, fee, payment.wantedCredit).legs;
}

function sidesOf(leg: DepositLeg, payment: Payment): { debit: AccountId; credit: AccountId } {
  const float = accountId('float', payment.provider, payment.currency);
  switch (leg.role) {
    case 'credit':
      return { debit: float, credit: payment.accountId };
    case 'fee-borne':
      return { debit: accountId('fees-provider', 'all', payment.currency), credit: payment.accountId };
    case 'surplus':
      return { debit: float, credit: accountId('fees-platform', 'all', payment.currency) };
  }
}
