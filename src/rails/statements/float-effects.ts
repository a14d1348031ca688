/**
 * Says what movements of the float mean: for which transaction of the provider each one was, and when that can have
 * happened there. Pure.
 */
import type { Uuid } from '../../ground/identifiers.ts';
import type { Payment } from '../payments/payment.ts';
import type { SecondPayment } from '../payments/second-payment.rows.ts';
import { secondTransferIds } from '../payments/second-settlement.ts';
import type { BookedEffect } from './compare-statement.ts';

/** One movement of the float. */
export interface Movement {
  readonly transferId: Uuid;
  /** Positive when the provider owes us more. */
  readonly amount: bigint;
  readonly recordedAt: Date;
  /** The payment's, as people read it out; absent where it was found by the payment. */
  readonly reference?: string;
}

export interface Leg extends Movement {
  /** It cannot have happened before at the provider; unknown where no payment is known. */
  readonly earliest: Date;
}

export interface MeantEffect extends BookedEffect {
  readonly legs: readonly Leg[];
}

export interface Meaning {
  readonly payments: readonly Payment[];
  readonly seconds: readonly SecondPayment[];
  /** Whose a movement is, where that is known already. */
  readonly ownerOf: ReadonlyMap<Uuid, Payment>;
}

export function effectsOf(
  movements: readonly Movement[],
  { payments, seconds, ownerOf }: Meaning,
): MeantEffect[] {
  const byReference = new Map(payments.map((payment) => [payment.reference, payment]));
  const secondOf = new Map<string, SecondPayment>();
  for (const second of seconds)
    for (const id of secondTransferIds(second.paymentId, second.providerReference)) secondOf.set(id, second);
  const effects = new Map<string, MeantEffect>();
  for (const line of movements) {
    const payment = ownerOf.get(line.transferId) ?? byReference.get(line.reference ?? '');
    const second = secondOf.get(line.transferId);
    const reference =
      second?.providerReference ??
      payment?.providerReference ??
      payment?.reference ??
      line.reference ??
      line.transferId;
    const known = effects.get(reference);
    effects.set(reference, {
      reference,
      paymentId: payment?.id,
      // Of a second payment and of a review only what the provider holds of it is kept.
      amount: second === undefined && payment?.reason !== 'resolved' ? payment?.amount : undefined,
      effect: (known?.effect ?? 0n) + line.amount,
      isReturned: second === undefined ? payment?.state === 'reversed' : isGone(second),
      legs: [...(known?.legs ?? []), { ...line, earliest: payment?.createdAt ?? line.recordedAt }],
    });
  }
  return [...effects.values()];
}

function isGone({ outcome, reversedAt }: SecondPayment): boolean {
  return reversedAt !== undefined || outcome === 'returned' || outcome === 'taken-back';
}
