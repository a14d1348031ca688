/**
 * Sorts claimed callbacks into those that say no more than "look at this payment again", and the others.
 *
 * Nearly all are of the first kind, and two statements find their payments. Several about one payment become one
 * question. Whatever needs a lock, a wait or a second look goes the careful way, each alone.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { Payment } from '../payments/payment.ts';
import {
  type ReadPayment,
  readPayments,
  readPaymentsByProviderReference,
} from '../payments/payment-set.rows.ts';
import type { CallbackHint } from '../provider.ts';
import type { Rails } from '../rails.ts';
import { onlyNames } from './find-callback-payment.ts';
import type { NamedPayment } from './followed-callback.ts';
import type { StoredCallback } from './provider-callback.rows.ts';

/** Callbacks may be unsigned, so anybody who knows a reference could make us ask: the provider counts our calls. */
const ASK_AT_MOST_EVERY_MS = 3 * SECOND_MS;

export interface SortedCallbacks {
  readonly named: readonly NamedPayment[];
  readonly others: readonly StoredCallback[];
}

export async function sortCallbacks(
  db: Db,
  ground: Ground,
  rails: Rails,
  callbacks: readonly StoredCallback[],
): Promise<SortedCallbacks> {
  const hinted = callbacks.map((callback) => ({ callback, hint: hintOf(rails, callback) }));
  const ids = hinted.flatMap(({ callback }) => callback.paymentId ?? []);
  const byId = await readPayments(db, [...new Set(ids)]);
  const references = hinted.flatMap(({ callback, hint }) => {
    const reference = hint.references?.reference;
    return callback.paymentId === undefined && isOwn(rails, callback) && reference !== undefined
      ? [reference]
      : [];
  });
  const { name, environment } = rails.provider;
  const byReference = await readPaymentsByProviderReference(db, name, environment, [...new Set(references)]);
  const named = new Map<string, ReadPayment & { callbacks: StoredCallback[] }>();
  const others: StoredCallback[] = [];
  for (const { callback, hint } of hinted) {
    const read =
      callback.paymentId === undefined
        ? byReference.get(hint.references?.reference ?? '')
        : byId.get(callback.paymentId);
    if (
      read === undefined ||
      !onlyNames(callback, hint, read.payment) ||
      soonestQuestion(read.payment, ground)
    ) {
      others.push(callback);
      continue;
    }
    const known = named.get(read.payment.id);
    if (known === undefined) named.set(read.payment.id, { ...read, callbacks: [callback] });
    else known.callbacks.push(callback);
  }
  return { named: [...named.values()], others };
}

/** When the provider may be asked about this payment again; nothing when it may be asked now. */
export function soonestQuestion(payment: Payment, ground: Ground): Date | undefined {
  const soonest = payment.enquiredAt && after(payment.enquiredAt, ASK_AT_MOST_EVERY_MS);
  return soonest !== undefined && ground.clock.now() < soonest ? soonest : undefined;
}

export function hintOf(rails: Rails, callback: StoredCallback): CallbackHint {
  return rails.provider.readCallback({
    body: callback.body,
    headers: {},
    contentType: callback.contentType,
    receivedAt: callback.receivedAt,
  });
}

/** What another provider or environment sent earlier is looked up under its own name. */
function isOwn(rails: Rails, callback: StoredCallback): boolean {
  return callback.provider === rails.provider.name && callback.environment === rails.provider.environment;
}
