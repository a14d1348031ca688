/**
 * Keeps the simulated aggregator's books: payments, the merchant's float per currency, and callbacks to send.
 *
 * It is a machine without network, file or timer: time and chance are handed in, every change is one event given to
 * `record` before it counts, and old events bring the same books back. The server stands in front of it, and the
 * fault simulator drives it directly. Its float is the truth that our own ledger is compared with.
 */
import type { Chance } from '../../ground/chance.ts';
import type { Clock } from '../../ground/clock.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { type Money, money } from '../../ground/money/money.ts';
import { type Answer, invariant } from '../../ground/refusal.ts';
import type { Behaviour } from './behaviour.ts';
import { dueCallbacks, nextDueAt } from './book-agenda.ts';
import type { BookEvent } from './book-event.ts';
import { applyEvent, type BookState, emptyState, findTransaction } from './book-state.ts';
import type { Callback } from './callback.ts';
import { changeState, createTransaction, type Desk, pretend, putAway, tick, topUp } from './change-books.ts';
import type { TopUp } from './float.ts';
import type { PaymentRequest } from './payment-request.ts';
import type { Transaction, TransactionState } from './transaction.ts';

export interface SimulatorBooks {
  /**
   * Creates a payment; its outcome follows from its behaviour. Refuses what the service cannot do (`checkRequest`),
   * what the wallet's behaviour refuses before execution, and a pay-out that with its fee exceeds the float.
   */
  create(request: PaymentRequest): Answer<Transaction>;
  /** By either of its two references. */
  find(reference: string): Transaction | undefined;
  /** All of them, oldest first. */
  list(): readonly Transaction[];
  /** The money is moved. Refuses a final transaction, except a failed or expired one: a late success. */
  approve(reference: string, cause?: string): Answer<Transaction>;
  /** Refuses a transaction that is not pending, as does `expire`. */
  refuse(reference: string, cause?: string): Answer<Transaction>;
  expire(reference: string): Answer<Transaction>;
  /** The operator takes a success back. Refuses anything else; the float may become negative. */
  reverse(reference: string): Answer<Transaction>;
  /** The payer puts the message away without deciding. Refuses a final transaction. */
  putAway(reference: string): Answer<Transaction>;
  /** Later payments of this wallet (digits with calling code) behave so; without a behaviour, as usual again. */
  instruct(wallet: string, behaviour?: Behaviour): void;
  /** The API says this word in place of the true state; without a word, the truth again. */
  pretend(reference: string, word?: string): Answer<Transaction>;
  /** Does the scripted steps that are due and returns how many. */
  tick(): number;
  /** What the aggregator holds for the merchant. */
  balance(currency: Currency): Money;
  /**
   * The merchant brings money (whole units of the currency) into its account; answers the balance. Refuses less than 1
   * and more than 1 000 000 000.
   */
  topUpFloat(currency: Currency, amount: bigint): Answer<Money>;
  /** Everything that the merchant brought, oldest first. */
  topUps(): readonly TopUp[];
  /** Callbacks due by now, oldest first. */
  dueCallbacks(limit: number): readonly Callback[];
  callbacksOf(reference: string): readonly Callback[];
  /** Notes what the merchant answered to a callback: `isAccepted` ends it, otherwise it waits for its next turn. */
  noteAttempt(callbackId: string, isAccepted: boolean, evidence: string): void;
  /** When the next scripted step or callback is due, for whoever moves the clock by hand. */
  nextDueAt(): Date | undefined;
}

/** Whole units per currency. */
export type OpeningFloat = Readonly<Partial<Record<Currency, bigint>>>;

export interface BooksOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  /** Keeps an event for ever; when it throws, the event has not happened. */
  readonly record?: (event: BookEvent) => void;
  /** Events kept before, in their order. */
  readonly past?: Iterable<BookEvent>;
  /** What the merchant's account holds when the books are new; books with a past have theirs already. */
  readonly openingFloat?: OpeningFloat;
  /** Fee on a pay-out by catalogue id, in hundredths of a percent of what is asked, on top of it; 0 unless named. */
  readonly payoutFees?: Readonly<Record<string, bigint>>;
}

/** Opens the books as the past left them. Throws `BrokenInvariant` when the past contradicts itself. */
export function openBooks(options: BooksOptions): SimulatorBooks {
  const state = emptyState();
  for (const event of options.past ?? []) applyEvent(state, event);
  const desk: Desk = {
    clock: options.clock,
    chance: options.chance,
    payoutFees: options.payoutFees ?? {},
    state,
    at: () => options.clock.now().toISOString(),
    happen: (event) => {
      options.record?.(event);
      applyEvent(state, event);
    },
  };
  if (isNew(state)) openFloat(desk, options.openingFloat ?? {});
  const change = (reference: string, to: TransactionState, cause: string) =>
    changeState(desk, reference, to, cause);
  return {
    create: (request) => createTransaction(desk, request),
    find: (reference) => findTransaction(state, reference),
    list: () => [...state.transactions.values()],
    approve: (reference, cause = 'payer-approved') => change(reference, 'success', cause),
    refuse: (reference, cause = 'payer-refused') => change(reference, 'failed', cause),
    expire: (reference) => change(reference, 'expired', 'payer-silent'),
    reverse: (reference) => change(reference, 'reversed', 'operator-reversal'),
    putAway: (reference) => putAway(desk, reference),
    instruct: (wallet, behaviour) =>
      desk.happen({ kind: 'instructed', at: desk.at(), wallet, ...(behaviour && { behaviour }) }),
    pretend: (reference, word) => pretend(desk, reference, word),
    tick: () => tick(desk),
    balance: (currency) => money(state.float.get(currency) ?? 0n, currency),
    topUpFloat: (currency, amount) => topUp(desk, money(amount, currency), 'merchant'),
    topUps: () => [...state.topUps],
    dueCallbacks: (limit) => dueCallbacks(state, options.clock.now()).slice(0, limit),
    callbacksOf: (reference) =>
      [...state.callbacks.values()].filter((callback) => callback.reference === reference),
    noteAttempt: (callbackId, isAccepted, evidence) => {
      invariant(state.callbacks.has(callbackId), `there is no callback ${callbackId}`);
      desk.happen({ kind: 'attempted', at: desk.at(), callbackId, isAccepted, evidence });
    },
    nextDueAt: () => nextDueAt(state),
  };
}

/** No payment yet, and nothing brought later than the opening. */
function isNew(state: BookState): boolean {
  return state.transactions.size === 0 && state.topUps.every(({ cause }) => cause === 'opening');
}

/** Currency by currency, so that a process killed in between opens the others next time. */
function openFloat(desk: Desk, float: OpeningFloat): void {
  const opened = new Set(desk.state.topUps.map(({ amount }) => amount.currency));
  for (const currency of ['XOF', 'XAF', 'GNF', 'EUR', 'USD'] as const) {
    const amount = float[currency] ?? 0n;
    if (amount === 0n || opened.has(currency)) continue;
    const answer = topUp(desk, money(amount, currency), 'opening');
    invariant(answer.ok, `an opening float of ${amount} ${currency} is not possible`);
  }
}
