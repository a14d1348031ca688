/**
 * Writes the transfers of a second payment: into suspense, and out of it once.
 *
 * The ids are derived from the payment's id and the provider's name for the second transaction. Going back to the
 * provider has one id, whether the provider took it or two people agreed, so it can happen once.
 */
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid, type Uuid } from '../../ground/identifiers.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Money } from '../../ground/money/money.ts';
import type { Payment } from './payment.ts';

/** A second transaction of the provider, and what it holds of it for us. */
export interface SecondMoney {
  readonly payment: Payment;
  readonly reference: string;
  readonly held: Money;
}

/** The ids that the entries of one second transaction can have: whatever else the payment did has others. */
export function secondTransferIds(paymentId: string, reference: string): Uuid[] {
  const roles = ['suspense', 'suspense-return', 'suspense-credit', 'second-reverse', 'second-claim'];
  return roles.map((role) => derivedUuid(paymentId, `${role} ${reference}`));
}

interface Leg {
  readonly role: string;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amount: bigint;
}

/** The provider does not owe it to us any more. */
export function secondReturned(second: SecondMoney, ground: Ground): Transfer[] {
  const { reference, held } = second;
  return written(second, ground, 'deposit.unsuspended', [
    {
      role: `suspense-return ${reference}`,
      debit: suspenseOf(second),
      credit: floatOf(second),
      amount: held.amount,
    },
  ]);
}

/** The wallet of the payment's owner gets it. */
export function secondCredited(second: SecondMoney, ground: Ground): Transfer[] {
  const { payment, reference, held } = second;
  return written(second, ground, 'deposit.second-credited', [
    {
      role: `suspense-credit ${reference}`,
      debit: suspenseOf(second),
      credit: payment.accountId,
      amount: held.amount,
    },
  ]);
}

/**
 * The provider takes back what had been credited. What the wallet no longer has becomes a claim, as for any deposit.
 */
export function secondReversed(second: SecondMoney, available: bigint, ground: Ground): Transfer[] {
  const { payment, reference, held } = second;
  const fromWallet = held.amount < available ? held.amount : available;
  const owed = held.amount - fromWallet;
  const receivable = accountId('receivable', payment.ownerId, held.currency);
  const legs: readonly Leg[] = [
    {
      role: `second-reverse ${reference}`,
      debit: payment.accountId,
      credit: floatOf(second),
      amount: fromWallet,
    },
    { role: `second-claim ${reference}`, debit: receivable, credit: floatOf(second), amount: owed },
  ];
  return written(
    second,
    ground,
    'deposit.second-reversed',
    legs.filter(({ amount }) => amount > 0n),
  );
}

function suspenseOf({ payment, held }: SecondMoney): AccountId {
  return accountId('suspense', payment.provider, held.currency);
}

function floatOf({ payment, held }: SecondMoney): AccountId {
  return accountId('float', payment.provider, held.currency);
}

function written({ payment }: SecondMoney, ground: Ground, kind: string, legs: readonly Leg[]): Transfer[] {
  const journal = { id: ground.ids.next('jrn'), kind, occurredAt: ground.clock.now() };
  return legs.map((leg, place) => ({
    id: derivedUuid(payment.id, leg.role),
    kind: 'single',
    debit: leg.debit,
    credit: leg.credit,
    amount: leg.amount,
    linked: place < legs.length - 1,
    journal,
    reference: payment.reference,
  }));
}
