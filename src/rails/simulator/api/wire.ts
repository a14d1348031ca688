/**
 * Writes transactions and services in the documented shapes of the API.
 *
 * The documents wrap everything in `{success, message, data}`; the official clients of the older generation read five
 * fields beside that envelope, so they are repeated there for them and for nobody else.
 */
import { after, SECOND_MS } from '../../../ground/clock.ts';
import { CATALOGUE, type CatalogueEntry, COUNTRIES, findEntry } from '../catalogue.ts';
import { statusWord } from '../status-word.ts';
import type { Transaction } from '../transaction.ts';
import type { Generation } from './authenticate.ts';

export type Wire = Readonly<Record<string, unknown>>;

/** The success envelope of the documents. */
export function envelope(message: string, data: Wire): Wire {
  return { success: true, message, data };
}

/** The envelope of an answer about one transaction. */
export function transactionEnvelope(
  message: string,
  data: Wire,
  of: Transaction,
  generation: Generation,
): Wire {
  if (generation === 'jwt') return envelope(message, data);
  return {
    ...envelope(message, data),
    reference: of.reference,
    status: statusWord(of),
    amount: Number(of.moved.amount),
    currency: of.moved.currency,
    created_at: of.createdAt.toISOString(),
  };
}

/** What creating a pay-in answers; `publicUrl` leads to the card page and has no slash at its end. */
export function payinWire(of: Transaction, publicUrl: string): Wire {
  const entry = findEntry(of.entryId);
  return {
    transaction_reference: of.reference,
    soleaspay_reference: of.upstreamReference,
    amount: Number(of.asked.amount),
    fee_amount: Number(of.fee.amount),
    net_amount: Number(of.asked.amount - of.fee.amount),
    currency: of.asked.currency,
    status: statusWord(of),
    service_used: of.entryId,
    service_name: entry?.name ?? null,
    otp_required: entry?.needsOtp ?? false,
    payment_url: cardUrl(of, publicUrl),
  };
}

/** Where the person continues, for a service that is not decided on a phone. */
function cardUrl({ entryId, reference }: Transaction, publicUrl: string): string | null {
  return findEntry(entryId)?.isCard ? `${publicUrl}/card/${reference}/` : null;
}

/** What creating a pay-out answers: no fee is documented, so one is told only where one is taken. */
export function payoutWire(of: Transaction, publicUrl: string): Wire {
  const url = cardUrl(of, publicUrl);
  return {
    transaction_reference: of.reference,
    soleaspay_reference: of.upstreamReference,
    amount: Number(of.asked.amount),
    currency: of.asked.currency,
    // A pay-out is told as pending when it is taken in and as processing afterwards.
    status: of.state === 'pending' ? 'pending' : statusWord(of),
    ...payoutFeeWire(of),
    ...(url === null ? {} : { payment_url: url }),
  };
}

function payoutFeeWire(of: Transaction): Wire {
  return of.direction === 'out' && of.fee.amount > 0n ? { fee_amount: Number(of.fee.amount) } : {};
}

/** What the two status calls by POST answer: what was really taken from the payer or given to the recipient. */
export function statusWire(of: Transaction): Wire {
  return {
    order_id: of.reference,
    pay_id: of.upstreamReference,
    status: statusWord(of),
    amount: Number(of.moved.amount),
    currency: of.moved.currency,
    created_at: of.createdAt.toISOString(),
    ...payoutFeeWire(of),
  };
}

/** The aggregator itself asks the layer below every half minute until the transaction is decided. */
const POLLING_MS = 30 * SECOND_MS;

/** What the two status calls by GET answer. */
export function paymentWire(of: Transaction, now: Date): Wire {
  const until = of.state === 'pending' ? now : of.updatedAt;
  const attempts = Math.floor((until.getTime() - of.createdAt.getTime()) / POLLING_MS);
  return {
    reference: of.reference,
    soleaspay_reference: of.upstreamReference,
    amount: Number(of.moved.amount),
    currency: of.moved.currency,
    status: statusWord(of),
    description: of.description,
    created_at: of.createdAt.toISOString(),
    updated_at: of.updatedAt.toISOString(),
    polling_attempts: attempts,
    last_polling_at: attempts === 0 ? null : after(of.createdAt, attempts * POLLING_MS).toISOString(),
  };
}

/** What the list of services answers. */
export function servicesWire(): Wire {
  const all = CATALOGUE.map(serviceWire);
  return {
    all_services: all,
    services_by_country: Object.groupBy(all, ({ country_code }) => country_code),
    payin_services: all.filter(({ depositable }) => depositable),
    payout_services: all.filter(({ withdrawable }) => withdrawable),
  };
}

function serviceWire(entry: CatalogueEntry) {
  return {
    id: entry.id,
    name: entry.name,
    description: entry.description,
    country_code: entry.country,
    country_name: COUNTRIES[entry.country]?.name ?? entry.country,
    withdrawable: entry.withdrawals,
    depositable: entry.deposits,
    is_active: true,
    currency: entry.currency,
    min_amount: Number(entry.minAmount),
    max_amount: Number(entry.maxAmount),
    amount_step: Number(entry.stepAmount),
    otp_required: entry.needsOtp,
    fee_percent: Number(entry.feeBasisPoints) / 100,
  };
}
