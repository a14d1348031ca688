/**
 * Names every transfer that a payment may ever have in the journal, so that its story can be read by primary key.
 *
 * The journal has no index by payment, and needs none: the ids are derived from the payment's id and the role, here as in
 * `settlement.ts`, `payout-settlement.ts` and `second-settlement.ts`.
 */
import { derivedUuid, type Uuid } from '../../ground/identifiers.ts';
import type { Payment } from './payment.ts';
import { secondTransferIds } from './second-settlement.ts';

const LEGS = ['credit', 'fee-borne', 'surplus'];
const DEPOSIT_ROLES = [
  ...LEGS,
  'suspense own',
  'resolve',
  ...LEGS.flatMap((leg) => [`reverse ${leg}`, `claim ${leg}`]),
];
const HOLDS = ['hold', 'hold-fee'];
const PAYOUT_ROLES = [
  ...HOLDS.flatMap((hold) => [hold, `pay ${hold}`, `release ${hold}`, `return ${hold}`]),
  'provider-fee',
  'late-pay',
  'return late-pay',
];

/** `strayReferences` are the provider's references of other transactions that came for this payment. */
export function transferIdsOf(
  payment: Pick<Payment, 'id' | 'direction'>,
  strayReferences: readonly string[] = [],
): Uuid[] {
  const roles = payment.direction === 'in' ? DEPOSIT_ROLES : PAYOUT_ROLES;
  const own = roles.map((role) => derivedUuid(payment.id, role));
  return [...own, ...strayReferences.flatMap((one) => secondTransferIds(payment.id, one))];
}
