/**
 * Draws one payment as it looks when it is over, or still open: mostly deposits, mostly succeeded, of every method.
 */
import type { Chance } from '../src/ground/chance.ts';
import { after, MINUTE_MS, SECOND_MS } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import { type Payment, type PaymentState, paymentReference } from '../src/rails/payments/payment.ts';
import { METHODS } from '../src/rails/provider.ts';

export interface Town {
  readonly members: readonly string[];
  readonly provider: string;
}

/** In a thousand payments: what became of them. */
const ENDS: readonly (readonly [PaymentState, number])[] = [
  ['succeeded', 930],
  ['failed', 50],
  ['expired', 14],
  ['review', 2],
  ['unknown', 2],
  ['pending', 2],
];
const COUNTRIES = ['CI', 'SN', 'BJ', 'TG', 'BF', 'ML'] as const;

export function drawPayment(ground: Ground, chance: Chance, { members, provider }: Town): Payment {
  const id = ground.ids.next('pay');
  const createdAt = ground.clock.now();
  const direction = chance.below(10) < 7 ? 'in' : 'out';
  const state = stateOf(drawState(chance), direction);
  const ownerId = members[chance.below(members.length)] ?? '';
  const amount = BigInt((1 + chance.below(40)) * 500);
  const fee = direction === 'in' ? (amount * 150n) / 10_000n : (amount * 100n) / 10_000n;
  const settledAt = after(createdAt, (5 + chance.below(90)) * SECOND_MS);
  const succeeded = state === 'succeeded';
  const isOpen = state === 'unknown' || state === 'pending';
  const country = COUNTRIES[chance.below(COUNTRIES.length)] ?? 'CI';
  return {
    id,
    reference: paymentReference(id, direction),
    direction,
    environment: 'sandbox',
    provider,
    ownerId,
    accountId: accountId('member', ownerId, 'XOF'),
    method: METHODS[chance.below(direction === 'in' ? METHODS.length : METHODS.length - 1)] ?? 'wave',
    country,
    serviceId: String(60 + chance.below(20)),
    serviceName: `SEEDED ${country}`,
    phone: `+22507${String(chance.below(100_000_000)).padStart(8, '0')}`,
    currency: 'XOF',
    amount,
    feePolicy: 'wallet',
    quotedFee: fee,
    wantedCredit: direction === 'in' ? amount - fee : amount,
    fee: succeeded ? (direction === 'in' ? fee : 0n) : undefined,
    credited: succeeded ? (direction === 'in' ? amount - fee : amount) : undefined,
    state,
    reason: state === 'review' ? 'answer-lost' : undefined,
    needsOtp: false,
    otpTries: 0,
    providerReference: `SEED_${id.slice(4)}`,
    upstreamReference: undefined,
    redirectUrl: undefined,
    createdAt,
    submittedAt: after(createdAt, SECOND_MS),
    expiresAt: after(createdAt, 15 * MINUTE_MS),
    // Far away: a worker that is started on this history must not ask the provider about payments that it never had.
    nextActionAt: isOpen ? new Date('2100-01-01T00:00:00Z') : undefined,
    enquiries: 1 + chance.below(4),
    enquiredAt: settledAt,
    settledAt: succeeded ? settledAt : undefined,
    lookupsMissed: 0,
    resends: 0,
    slowTold: false,
  };
}

function drawState(chance: Chance): PaymentState {
  let place = chance.below(1_000);
  for (const [state, share] of ENDS) {
    if (place < share) return state;
    place -= share;
  }
  return 'succeeded';
}

/** A withdrawal never expires. */
function stateOf(state: PaymentState, direction: 'in' | 'out'): PaymentState {
  return state === 'expired' && direction === 'out' ? 'failed' : state;
}
