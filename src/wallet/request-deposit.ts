/**
 * Starts a deposit into a person's wallet: checks the ceilings, then asks the rails to collect.
 *
 * The id of the payment was made when the form was drawn, so a double click, a resend after a lost page and a patient
 * reload are all the same deposit with the same answer.
 *
 * Refuses: `request-changed`, `payment-id-taken`, `payment-form-too-old`, `deposit-frozen`, `deposit-too-many-pushes`,
 * `deposit-holding-exceeded`, `deposit-monthly-load-exceeded`.
 */
import { after } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import { rememberAnswer } from '../ground/idempotency/remember-answer.ts';
import { readBalance } from '../ground/ledger/balance.ts';
import { openAccount } from '../ground/ledger/open-account.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { lockName } from '../ground/postgres/lock-name.ts';
import { type Answer, accepted, invariant, type Refusal, refused } from '../ground/refusal.ts';
import { collect } from '../rails/payments/collect.ts';
import { countAskedOf, sumCreditedSince, sumIncoming } from '../rails/payments/payment-sums.rows.ts';
import type { Rails } from '../rails/rails.ts';
import {
  DEPOSIT_LIMITS,
  holdingExceeded,
  monthlyLoadExceeded,
  PUSHES_PER_PHONE,
  TOO_MANY_PUSHES,
} from './deposit-limits.ts';
import type { DepositQuote } from './quote-deposit.ts';
import { type IdentifiedOwner, walletAccount } from './wallet.ts';

export interface DepositRequest {
  readonly owner: IdentifiedOwner;
  readonly paymentId: string;
  /** The number that pays, E.164. */
  readonly phone: string;
  readonly quote: DepositQuote;
}

/** The id of the payment, new or the one that this form had already made. */
export async function requestDeposit(
  tx: Tx,
  ground: Ground,
  rails: Rails,
  asked: DepositRequest,
): Promise<Answer<string>> {
  return await rememberAnswer(tx, ground, {
    scope: asked.owner.id,
    key: asked.paymentId,
    request: {
      phone: asked.phone,
      method: asked.quote.service.method,
      amount: String(asked.quote.quote.amount),
    },
    act: async () => await start(tx, ground, rails, asked),
    read: (stored) => {
      invariant(typeof stored === 'string', 'a remembered deposit is the id of its payment');
      return stored;
    },
  });
}

async function start(tx: Tx, ground: Ground, rails: Rails, asked: DepositRequest): Promise<Answer<string>> {
  const accountId = walletAccount(asked.owner);
  // Two forms sent at once would each see the room that the other is about to fill.
  await lockName(tx, `deposit ${accountId}`);
  await lockName(tx, `push ${asked.phone}`);
  const reason = await whyNot(tx, ground, asked);
  if (reason !== undefined) return refused(reason);
  await openAccount(tx, ground, accountId);
  const payment = await collect(tx, ground, rails, {
    paymentId: asked.paymentId,
    ownerId: asked.owner.id,
    accountId,
    service: asked.quote.service,
    phone: asked.phone,
    quote: asked.quote.quote,
  });
  return payment.ok ? accepted(payment.value.id) : payment;
}

async function whyNot(tx: Tx, ground: Ground, asked: DepositRequest): Promise<Refusal | undefined> {
  const now = ground.clock.now();
  const { currency, quote } = asked.quote;
  const pushes = await countAskedOf(tx, asked.phone, after(now, -PUSHES_PER_PHONE.within_ms));
  if (pushes >= PUSHES_PER_PHONE.most) return TOO_MANY_PUSHES;
  const limits = DEPOSIT_LIMITS[currency];
  if (limits === undefined) return undefined;
  const accountId = walletAccount(asked.owner);
  // In this order: a deposit that settles in between is then seen twice, and never not at all.
  const own = { ownerId: asked.owner.id, accountId };
  const incoming = await sumIncoming(tx, own);
  const held = (await readBalance(tx, accountId))?.posted ?? 0n;
  const holding = limits.holding[asked.owner.identification];
  const room = holding - held - incoming;
  if (quote.credit > room) {
    const left = room > 0n ? room : 0n;
    return holdingExceeded({ amount: holding, currency }, { amount: left, currency });
  }
  const monthStart = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const loaded = await sumCreditedSince(tx, own, monthStart);
  if (loaded + incoming + quote.credit > limits.monthlyLoad) {
    return monthlyLoadExceeded({ amount: limits.monthlyLoad, currency });
  }
  return undefined;
}
