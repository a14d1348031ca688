/**
 * States that every transfer of a payment has an id made from the payment: that is what lets each happen once.
 */
import { derivedUuid } from '../src/ground/identifiers.ts';
import type { BookedPayment, BookedTransfer } from './books.rows.ts';
import type { TrueTransaction } from './provider-truth.ts';

const ROLES: readonly string[] = [
  ...['credit', 'fee-borne', 'surplus'].flatMap((role) => [role, `reverse ${role}`, `claim ${role}`]),
  ...['hold', 'hold-fee'].flatMap((role) => [role, `pay ${role}`, `release ${role}`, `return ${role}`]),
  'provider-fee',
  'late-pay',
  'return late-pay',
  'suspense own',
  'resolve',
];

function suspenseRoles({ reference }: TrueTransaction): string[] {
  const roles = ['suspense', 'suspense-return', 'suspense-credit', 'second-reverse', 'second-claim'];
  return roles.map((role) => `${role} ${reference}`);
}

/** Every step asks again; the hashes of an id are always the same. */
const idsByPayment = new Map<string, ReadonlySet<string>>();
/** More than one universe has, and less than fills the memory. */
const REMEMBERED_PAYMENTS = 500;

function knownIds(paymentId: string): ReadonlySet<string> {
  let known = idsByPayment.get(paymentId);
  if (known === undefined) {
    if (idsByPayment.size >= REMEMBERED_PAYMENTS) idsByPayment.clear();
    known = new Set(ROLES.map((role) => derivedUuid(paymentId, role)));
    idsByPayment.set(paymentId, known);
  }
  return known;
}

/** The ledger lets each id happen once; that protects a payment only while its ids are made from the payment. */
export function idsAreDerived(
  payment: BookedPayment,
  own: readonly BookedTransfer[],
  transactions: readonly TrueTransaction[],
): string[] {
  const known = knownIds(payment.id);
  const unknown = own.filter((one) => !known.has(one.id));
  if (unknown.length === 0) return [];
  const roles = transactions.flatMap(suspenseRoles);
  const suspended = new Set<string>(roles.map((role) => derivedUuid(payment.id, role)));
  return unknown
    .filter((one) => !suspended.has(one.id))
    .map((one) => `${payment.reference}: the id of its ${one.journalKind} is not made from the payment`);
}
