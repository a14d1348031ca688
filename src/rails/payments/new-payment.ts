/**
 * Makes the record of a payment that begins, a deposit or a withdrawal: what is asked, and nothing known of its end.
 *
 * Both directions begin in one place, so that a column that is added later begins the same for both. What differs is
 * named by whoever begins one.
 */
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Direction, Service } from '../provider.ts';
import type { Rails } from '../rails.ts';
import { type Payment, paymentReference } from './payment.ts';

/** Who asks, and of which number. */
export interface AskedPayment {
  readonly paymentId: string;
  readonly ownerId: string;
  /** The wallet that receives or gives. */
  readonly accountId: AccountId;
  readonly service: Service;
  /** E.164. */
  readonly phone: string;
}

/** What a deposit and a withdrawal begin differently. */
export type Beginning = Pick<
  Payment,
  'amount' | 'quotedFee' | 'wantedCredit' | 'state' | 'needsOtp' | 'expiresAt' | 'nextActionAt'
>;

export function newPayment(
  direction: Direction,
  asked: AskedPayment,
  rails: Pick<Rails, 'provider' | 'feePolicy'>,
  now: Date,
  beginning: Beginning,
): Payment {
  const { service } = asked;
  return {
    id: asked.paymentId,
    reference: paymentReference(asked.paymentId, direction),
    direction,
    environment: rails.provider.environment,
    provider: rails.provider.name,
    ownerId: asked.ownerId,
    accountId: asked.accountId,
    method: service.method,
    country: service.country,
    serviceId: service.id,
    serviceName: service.name,
    phone: asked.phone,
    currency: service.currency,
    feePolicy: rails.feePolicy,
    ...beginning,
    fee: undefined,
    credited: undefined,
    reason: undefined,
    otpTries: 0,
    providerReference: undefined,
    upstreamReference: undefined,
    redirectUrl: undefined,
    createdAt: now,
    submittedAt: undefined,
    enquiries: 0,
    enquiredAt: undefined,
    settledAt: undefined,
    lookupsMissed: 0,
    resends: 0,
    slowTold: false,
  };
}
