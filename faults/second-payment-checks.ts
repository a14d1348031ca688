/**
 * States what must be true of second payments: what lies in suspense is what nobody has decided, to the franc.
 */
import { derivedUuid } from '../src/ground/identifiers.ts';
import type { BookedPayment, BookedSecond, BookedTransfer, Books } from './books.rows.ts';

export function checkSeconds(payment: BookedPayment, own: readonly BookedTransfer[], books: Books): string[] {
  if (payment.direction === 'out') return [];
  const seconds = books.seconds.filter((one) => one.payment === payment.id);
  return [
    ...suspenseIsExplained(payment, own, seconds),
    ...seconds.flatMap((one) => outcomeIsBooked(payment, own, one)),
  ];
}

/** Every franc in suspense has somebody who must decide about it, and nothing else has. */
function suspenseIsExplained(
  payment: BookedPayment,
  own: readonly BookedTransfer[],
  seconds: readonly BookedSecond[],
): string[] {
  const inSuspense = own.reduce((sum, { debit, credit, amount }) => {
    if (credit.startsWith('suspense:')) return sum + amount;
    return debit.startsWith('suspense:') ? sum - amount : sum;
  }, 0n);
  const ownId = derivedUuid(payment.id, 'suspense own');
  const resolved = own.some((one) => one.journalKind.startsWith('deposit.resolved-'));
  const underReview = resolved ? 0n : (own.find((one) => one.id === ownId)?.amount ?? 0n);
  const undecided = seconds
    .filter((one) => one.outcome === undefined)
    .reduce((sum, one) => sum + (one.amount ?? 0n), 0n);
  return inSuspense === underReview + undecided
    ? []
    : [
        `${payment.reference} has ${inSuspense} in suspense, ${undecided} of second payments and ${underReview} under review`,
      ];
}

/** Each decision is one entry, and what was taken back afterwards is another. */
function outcomeIsBooked(
  payment: BookedPayment,
  own: readonly BookedTransfer[],
  { providerReference, outcome, amount, reversed }: BookedSecond,
): string[] {
  const about = `the second payment ${providerReference} of ${payment.reference}`;
  const has = (role: string): boolean =>
    own.some((one) => one.id === derivedUuid(payment.id, `${role} ${providerReference}`));
  const left = outcome === 'returned' || (outcome === 'taken-back' && amount !== undefined);
  const isReversed = has('second-reverse') || has('second-claim');
  return [
    ...(has('suspense-credit') === (outcome === 'credited')
      ? []
      : [`${about} is ${outcome}, and the wallet does not agree`]),
    ...(has('suspense-return') === left ? [] : [`${about} is ${outcome}, and suspense does not agree`]),
    ...(isReversed === reversed
      ? []
      : [`${about} was reversed: ${reversed}, and the books say ${isReversed}`]),
  ];
}
