/**
 * Writes down what a person wants to withdraw, so that their PIN can be asked for exactly that (W1).
 *
 * Nothing is reserved and nothing is promised: limits and freezes are looked at so that nobody types a PIN in vain, and
 * again when it counts (`confirm-withdrawal.ts`). What the number received from others is not looked at here, where
 * asking is free, because the answer would tell it. The same form sent again is the same request.
 *
 * Refuses: `payment-form-too-old`, `withdrawal-frozen`, `withdrawal-day-exceeded`, `withdrawal-week-exceeded`,
 * `withdrawal-month-exceeded`, `request-changed`, `withdrawal-request-lapsed`, `withdrawal-absent` (the id is somebody
 * else's).
 */
import { after, DAY_MS, MINUTE_MS } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import { REQUEST_CHANGED } from '../ground/idempotency/remember-answer.ts';
import { idTime_ms } from '../ground/identifiers.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, type Refusal, refused } from '../ground/refusal.ts';
import type { Person } from '../people/person.ts';
import { WITHDRAWAL_ABSENT } from '../rails/payments/cancel-disbursement.ts';
import { FORM_TOO_OLD } from '../rails/payments/collect.ts';
import { WITHDRAWAL_FROZEN } from '../rails/payments/disburse.ts';
import { findFreeze } from '../rails/payments/freeze.rows.ts';
import { checkOwnCeilings } from './check-own-ceilings.ts';
import type { WithdrawalQuote } from './quote-withdrawal.ts';
import { findWithdrawalRequest, insertWithdrawalRequest } from './withdrawal-request.rows.ts';
import { asksTheSame, CHALLENGE_MS, REQUEST_LAPSED, type WithdrawalRequest } from './withdrawal-request.ts';

export interface RequestWithdrawal {
  readonly person: Pick<Person, 'id' | 'identification'>;
  /** Made when the form was drawn; the payment will have it. */
  readonly paymentId: string;
  /** The number that receives, E.164. */
  readonly phone: string;
  readonly quote: WithdrawalQuote;
}

/** The request, new or the one that this form had already made, be it confirmed by now. */
export async function requestWithdrawal(
  tx: Tx,
  ground: Ground,
  asked: RequestWithdrawal,
): Promise<Answer<WithdrawalRequest>> {
  const now = ground.clock.now();
  const age_ms = now.getTime() - idTime_ms(asked.paymentId);
  if (age_ms > DAY_MS || age_ms < -MINUTE_MS) return refused(FORM_TOO_OLD);
  const request = newRequest(asked, now);
  const earlier = await findWithdrawalRequest(tx, request);
  if (earlier !== undefined) return resume(earlier, request, now);
  const reason = await whyNot(tx, asked, now);
  if (reason !== undefined) return refused(reason);
  if (await insertWithdrawalRequest(tx, request)) return accepted(request);
  const twin = await findWithdrawalRequest(tx, request);
  return twin === undefined ? refused(WITHDRAWAL_ABSENT) : resume(twin, request, now);
}

function resume(earlier: WithdrawalRequest, asked: WithdrawalRequest, now: Date): Answer<WithdrawalRequest> {
  if (!asksTheSame(earlier, asked)) return refused(REQUEST_CHANGED);
  const over = earlier.state === 'lapsed' || (earlier.state === 'requested' && now >= earlier.expiresAt);
  return over ? refused(REQUEST_LAPSED) : accepted(earlier);
}

async function whyNot(tx: Tx, asked: RequestWithdrawal, now: Date): Promise<Refusal | undefined> {
  const { person, phone, quote } = asked;
  const { method } = quote.service;
  const frozen = await findFreeze(tx, { ownerId: person.id, phone, method, direction: 'out' });
  if (frozen !== undefined) return WITHDRAWAL_FROZEN;
  const { amount, currency } = quote;
  return await checkOwnCeilings(tx, { person, amount: { amount, currency }, now });
}

function newRequest(asked: RequestWithdrawal, now: Date): WithdrawalRequest {
  const { service, currency, amount, fee } = asked.quote;
  return {
    paymentId: asked.paymentId,
    personId: asked.person.id,
    phone: asked.phone,
    method: service.method,
    serviceId: service.id,
    currency,
    amount,
    fee,
    state: 'requested',
    createdAt: now,
    expiresAt: after(now, CHALLENGE_MS),
    confirmedAt: undefined,
  };
}
