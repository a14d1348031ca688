/**
 * Makes a payment for tests of pure rules, which say only what matters to them.
 */
import { after, DAY_MS, MINUTE_MS } from '../../ground/clock.ts';
import { accountId } from '../../ground/ledger/account.ts';
import type { Payment } from '../payments/payment.ts';

export const MADE_AT = new Date('2026-01-05T08:00:00.000Z');
export const PAYMENT_ID = 'pay_01kdx2v7g0abcdefghjkmnpqrs';

/** A deposit of 10 000 francs, accepted as R1 a moment ago, changed as told. */
export function samplePayment(changes: Partial<Payment> = {}): Payment {
  return {
    id: PAYMENT_ID,
    reference: 'D-FGHJK-MNPQR',
    direction: 'in',
    environment: 'sandbox',
    provider: 'scripted',
    ownerId: 'per_awa',
    accountId: accountId('member', 'per_awa', 'XOF'),
    method: 'mtn_money',
    country: 'CI',
    serviceId: '71',
    serviceName: 'TEST CI',
    phone: '+2250700000001',
    currency: 'XOF',
    amount: 10_000n,
    feePolicy: 'wallet',
    quotedFee: 150n,
    wantedCredit: 9_850n,
    fee: undefined,
    credited: undefined,
    state: 'pending',
    reason: undefined,
    needsOtp: false,
    otpTries: 0,
    providerReference: 'R1',
    upstreamReference: undefined,
    redirectUrl: undefined,
    createdAt: MADE_AT,
    submittedAt: MADE_AT,
    expiresAt: after(MADE_AT, 15 * MINUTE_MS),
    nextActionAt: after(MADE_AT, DAY_MS),
    enquiries: 0,
    enquiredAt: undefined,
    settledAt: undefined,
    lookupsMissed: 0,
    resends: 0,
    slowTold: false,
    ...changes,
  };
}
