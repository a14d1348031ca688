/**
 * Finds the payment that a callback is about, and what may be asked of the provider because of it.
 *
 * The address that was called names the payment with certainty; a reference in the body names one that we know only if
 * the provider gave it to us earlier. The body's own claims go no further than this.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import {
  findPayment,
  findPaymentByProviderReference,
  lockPayment,
  markPayment,
} from '../payments/payment.rows.ts';
import { isInFlight, type Payment, type PaymentState } from '../payments/payment.ts';
import type { CallbackHint } from '../provider.ts';
import type { StoredCallback } from './provider-callback.rows.ts';

export type CallbackPayment =
  | { readonly found: 'payment'; readonly payment: Payment } // ask about it by our stored references
  | { readonly found: 'too-early'; readonly paymentId: string | undefined } // not sent, or not committed yet
  | { readonly found: 'being-sent'; readonly paymentId: string } // its instruction is under way, and will be answered or given up
  | { readonly found: 'stray'; readonly payment: Payment; readonly hint: CallbackHint } // another transaction of theirs
  | { readonly found: 'other-environment' };

/**
 * True when the callback says no more than "look at this payment again", as nearly all do: then nothing has to be locked
 * or written before the provider is asked. `payment` is the one that it names.
 */
export function onlyNames(callback: StoredCallback, hint: CallbackHint, payment: Payment): boolean {
  if (hint.environment !== undefined && hint.environment !== callback.environment) return false;
  if (payment.environment !== callback.environment || payment.provider !== callback.provider) return false;
  const hinted = hint.references?.reference;
  return (
    payment.providerReference !== undefined && (hinted === undefined || hinted === payment.providerReference)
  );
}

/** Ends of a deposit that never got references: each is soft, and the money may have come all the same. */
const MAY_ADOPT: readonly PaymentState[] = ['unknown', 'expired', 'failed'];

export async function findCallbackPayment(
  tx: Tx,
  ground: Ground,
  callback: StoredCallback,
  hint: CallbackHint,
): Promise<CallbackPayment> {
  if (hint.environment !== undefined && hint.environment !== callback.environment) {
    return { found: 'other-environment' };
  }
  const hinted = hint.references?.reference;
  if (callback.paymentId === undefined) {
    const payment =
      hinted === undefined
        ? undefined
        : await findPaymentByProviderReference(tx, callback.provider, callback.environment, hinted);
    return payment === undefined
      ? { found: 'too-early', paymentId: undefined }
      : { found: 'payment', payment };
  }
  const payment = await lockPayment(tx, callback.paymentId);
  if (payment === undefined) return { found: 'too-early', paymentId: undefined };
  if (payment.environment !== callback.environment || payment.provider !== callback.provider) {
    return { found: 'other-environment' };
  }
  if (payment.providerReference !== undefined) {
    const stray = hinted !== undefined && hinted !== payment.providerReference;
    return stray ? { found: 'stray', payment, hint } : { found: 'payment', payment };
  }
  // Its sender may have died: after an outage this is looked at before that is found out, however old it is.
  if (payment.state === 'submitting') return { found: 'being-sent', paymentId: payment.id };
  if (!MAY_ADOPT.includes(payment.state)) return { found: 'too-early', paymentId: payment.id };
  return await adoptReferences(tx, ground, payment, callback, hint);
}

/** After a lost answer the callback's references are the only ones there will be; the status read will test them. */
async function adoptReferences(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  callback: StoredCallback,
  hint: CallbackHint,
): Promise<CallbackPayment> {
  if (hint.references === undefined) return { found: 'too-early', paymentId: payment.id };
  const { reference, upstreamReference } = hint.references;
  const holder = await findPaymentByProviderReference(tx, callback.provider, callback.environment, reference);
  if (holder !== undefined) return { found: 'stray', payment, hint };
  await markPayment(tx, payment.id, {
    providerReference: reference,
    upstreamReference: upstreamReference ?? null,
    nextActionAt: ground.clock.now(),
    ...(isInFlight(payment) ? { state: 'pending' as const } : {}),
  });
  await recordEvent(tx, ground, { name: 'payment.found', subjectId: payment.id });
  const found = await findPayment(tx, payment.id);
  return found === undefined
    ? { found: 'too-early', paymentId: payment.id }
    : { found: 'payment', payment: found };
}
