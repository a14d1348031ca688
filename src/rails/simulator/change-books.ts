/**
 * Decides what may happen in the simulator's books and turns it into events.
 *
 * Every decision looks at the present state and the clock only; nothing here changes the state except by an event that
 * was recorded first, so what was answered is never more than what is remembered.
 */
import type { Chance } from '../../ground/chance.ts';
import { after, type Clock } from '../../ground/clock.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { type Money, money } from '../../ground/money/money.ts';
import { type Answer, accepted, type Refusal, refused } from '../../ground/refusal.ts';
import type { Direction } from '../provider.ts';
import type { Behaviour } from './behaviour.ts';
import type { BookEvent } from './book-event.ts';
import { BOOK_REFUSALS, changeRefusal } from './book-refusals.ts';
import { type BookState, findTransaction } from './book-state.ts';
import { findEntry } from './catalogue.ts';
import type { TopUpCause } from './float.ts';
import { behaviourOf } from './magic-numbers.ts';
import { checkRequest, type PaymentRequest } from './payment-request.ts';
import { drawReference, drawUpstreamReference } from './references.ts';
import { canChange, collectedFrom, feeOn, type Transaction, type TransactionState } from './transaction.ts';

/** What a decision needs: the state, time, chance, and the way to make something happen. */
export interface Desk {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly state: BookState;
  /** Fee on a pay-out by catalogue id, in hundredths of a percent of what is asked; nothing where it is not named. */
  readonly payoutFees: Readonly<Record<string, bigint>>;
  /** The present instant as it is written in events. */
  at(): string;
  /** Records the event, then applies it. */
  happen(event: BookEvent): void;
}

/** Creates a payment. Refuses what the service cannot do, what its behaviour refuses, and what exceeds the float. */
export function createTransaction(desk: Desk, request: PaymentRequest): Answer<Transaction> {
  const checked = checkRequest(request);
  if (!checked.ok) return checked;
  const { entry, wallet } = checked.value;
  const { direction, amount } = request;
  const behaviour =
    desk.state.instructions.get(wallet) ?? behaviourOf(wallet, { direction, isCard: entry.isCard });
  const no = refusalOf(behaviour, direction);
  if (no !== undefined) return refused(no);
  const rate = direction === 'in' ? entry.feeBasisPoints : (desk.payoutFees[entry.id] ?? 0n);
  const held = desk.state.float.get(amount.currency) ?? 0n;
  if (direction === 'out' && held < amount.amount + feeOn(amount, rate).amount) {
    return refused(BOOK_REFUSALS.balanceInsufficient);
  }
  const isTaken = (reference: string) => findTransaction(desk.state, reference) !== undefined;
  const reference = drawReference(direction, desk.chance, isTaken);
  desk.happen({
    kind: 'created',
    at: desk.at(),
    reference,
    upstreamReference: drawUpstreamReference(desk.chance, isTaken),
    direction,
    entryId: entry.id,
    wallet,
    amount: amount.amount.toString(),
    currency: amount.currency,
    feeBasisPoints: rate.toString(),
    description: request.description,
    customerName: request.customerName,
    ...(request.callbackUrl !== undefined && { callbackUrl: request.callbackUrl }),
    ...(request.returnUrl !== undefined && { returnUrl: request.returnUrl }),
    behaviour,
  });
  return answerWith(desk.state, reference);
}

/** What a behaviour refuses before anything is executed; nothing when it executes. */
function refusalOf({ creation }: Behaviour, direction: Direction): Refusal | undefined {
  switch (creation) {
    case 'no-funds':
      return direction === 'in' ? BOOK_REFUSALS.fundsInsufficient : BOOK_REFUSALS.balanceInsufficient;
    case 'no-recipient':
      return BOOK_REFUSALS.recipientUnknown;
    case 'lost-before':
      return BOOK_REFUSALS.connectionBroken;
    case 'busy-429':
      return BOOK_REFUSALS.tooManyRequests;
    case 'gateway-502':
      return BOOK_REFUSALS.gatewayDown;
    default:
      return undefined;
  }
}

/** Brings a transaction into another state. Refuses an unknown one and a change that is not legal. */
export function changeState(
  desk: Desk,
  reference: string,
  to: TransactionState,
  cause: string,
): Answer<Transaction> {
  const transaction = findTransaction(desk.state, reference);
  if (transaction === undefined) return refused(BOOK_REFUSALS.transactionUnknown);
  if (!canChange(transaction.state, to)) return refused(changeRefusal(transaction.state, to));
  desk.happen(changed(transaction, to, cause, desk.clock.now()));
  return answerWith(desk.state, transaction.reference);
}

function changed(
  transaction: Transaction,
  to: TransactionState,
  cause: string,
  at: Date,
  step?: number,
): BookEvent {
  return {
    kind: 'changed',
    at: at.toISOString(),
    reference: transaction.reference,
    state: to,
    cause,
    ...(step !== undefined && { step }),
    ...(to === 'success' && { moved: movedBy(transaction) }),
  };
}

function movedBy(transaction: Transaction): { amount: string; currency: Currency; fee: string } {
  const moved = collectedFrom(transaction.asked, transaction.behaviour.collects);
  // A pay-out's fee was taken with the order and stays; a pay-in's is a part of what really came.
  const fee =
    transaction.direction === 'out'
      ? transaction.fee
      : feeOn(moved, findEntry(transaction.entryId)?.feeBasisPoints ?? 0n);
  return { amount: moved.amount.toString(), currency: moved.currency, fee: fee.amount.toString() };
}

/** Notes that the payer put the message away. Refuses a transaction that is not pending. */
export function putAway(desk: Desk, reference: string): Answer<Transaction> {
  const transaction = findTransaction(desk.state, reference);
  if (transaction === undefined) return refused(BOOK_REFUSALS.transactionUnknown);
  if (transaction.state !== 'pending') return refused(changeRefusal(transaction.state, 'put-away'));
  desk.happen({ kind: 'put-away', at: desk.at(), reference: transaction.reference });
  return answerWith(desk.state, transaction.reference);
}

const LARGEST_TOP_UP = 1_000_000_000n;

/** Adds money of the merchant to the float. Refuses less than 1 and more than a thousand million. */
export function topUp(desk: Desk, amount: Money, cause: TopUpCause): Answer<Money> {
  if (amount.amount < 1n || amount.amount > LARGEST_TOP_UP) return refused(BOOK_REFUSALS.topUpInvalid);
  const { currency } = amount;
  desk.happen({ kind: 'topped-up', at: desk.at(), amount: amount.amount.toString(), currency, cause });
  return accepted(money(desk.state.float.get(currency) ?? 0n, currency));
}

/** Makes the API say another word than the true state. Refuses an unknown transaction. */
export function pretend(desk: Desk, reference: string, word: string | undefined): Answer<Transaction> {
  const transaction = findTransaction(desk.state, reference);
  if (transaction === undefined) return refused(BOOK_REFUSALS.transactionUnknown);
  desk.happen({
    kind: 'pretended',
    at: desk.at(),
    reference: transaction.reference,
    ...(word !== undefined && { word }),
  });
  return answerWith(desk.state, transaction.reference);
}

/** Does the scripted steps that are due; returns how many. */
export function tick(desk: Desk): number {
  const now = desk.clock.now();
  let done = 0;
  for (const reference of desk.state.scripted) {
    for (let step = desk.state.transactions.get(reference)?.stepsDone ?? 0; ; step++) {
      const transaction = desk.state.transactions.get(reference);
      const next = transaction?.behaviour.script[step];
      if (transaction === undefined || next === undefined) {
        desk.state.scripted.delete(reference);
        break;
      }
      const dueAt = after(transaction.createdAt, next.after_ms);
      if (dueAt > now) break;
      if (!canChange(transaction.state, next.state)) continue;
      // Dated when it was due, not when somebody looked: late looking must not change the books.
      desk.happen(changed(transaction, next.state, next.cause, dueAt, step));
      done += 1;
    }
  }
  return done;
}

function answerWith(state: BookState, reference: string): Answer<Transaction> {
  const transaction = findTransaction(state, reference);
  return transaction === undefined ? refused(BOOK_REFUSALS.transactionUnknown) : accepted(transaction);
}
