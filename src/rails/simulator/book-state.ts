/**
 * Turns events into the present state of the books: transactions, float, callbacks to send.
 *
 * It decides nothing and cannot fail: the same events always give the same books, which is what makes the books file
 * a complete memory.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { money } from '../../ground/money/money.ts';
import { invariant } from '../../ground/refusal.ts';
import type { Behaviour, CallbackManner } from './behaviour.ts';
import type { BookEvent } from './book-event.ts';
import { type Callback, withAcceptedAttempt, withRefusedAttempt } from './callback.ts';
import { addToFloat, floatPart, type TopUp } from './float.ts';
import { callbackBody } from './status-word.ts';
import { feeOn, type Transaction } from './transaction.ts';

export interface BookState {
  readonly transactions: Map<string, Transaction>;
  /** From the upstream reference to ours. */
  readonly upstream: Map<string, string>;
  readonly float: Map<Currency, bigint>;
  /** Money that the merchant brought, oldest first. */
  readonly topUps: TopUp[];
  readonly callbacks: Map<string, Callback>;
  /** Behaviours that somebody asked for, by wallet. */
  readonly instructions: Map<string, Behaviour>;
  /** References whose script has steps left. */
  readonly scripted: Set<string>;
  /** Ids of callbacks that are still to be sent. */
  readonly unsent: Set<string>;
}

/** Books in which nothing has happened. */
export function emptyState(): BookState {
  return {
    transactions: new Map(),
    upstream: new Map(),
    float: new Map(),
    topUps: [],
    callbacks: new Map(),
    instructions: new Map(),
    scripted: new Set(),
    unsent: new Set(),
  };
}

/** Adds one event to the state. Throws `BrokenInvariant` when it speaks of something never created. */
export function applyEvent(state: BookState, event: BookEvent): void {
  switch (event.kind) {
    case 'created':
      applyCreated(state, event);
      break;
    case 'changed':
      applyChanged(state, known(state, event.reference), event);
      break;
    case 'topped-up':
      applyTopUp(state, event);
      break;
    case 'put-away':
      state.transactions.set(event.reference, { ...known(state, event.reference), putAway: true });
      break;
    case 'pretended':
      state.transactions.set(event.reference, {
        ...known(state, event.reference),
        pretendedWord: event.word,
      });
      break;
    case 'instructed':
      if (event.behaviour === undefined) state.instructions.delete(event.wallet);
      else state.instructions.set(event.wallet, event.behaviour);
      break;
    case 'attempted':
      applyAttempt(state, event);
      break;
  }
}

function known(state: BookState, reference: string): Transaction {
  const transaction = state.transactions.get(reference);
  invariant(transaction !== undefined, `the books speak of ${reference} before its creation`);
  return transaction;
}

/** By either of its two references. */
export function findTransaction(state: BookState, reference: string): Transaction | undefined {
  return state.transactions.get(state.upstream.get(reference) ?? reference);
}

function applyCreated(state: BookState, event: BookEvent & { kind: 'created' }): void {
  const at = new Date(event.at);
  const asked = money(BigInt(event.amount), event.currency);
  const transaction: Transaction = {
    reference: event.reference,
    upstreamReference: event.upstreamReference,
    direction: event.direction,
    entryId: event.entryId,
    wallet: event.wallet,
    asked,
    moved: asked,
    fee: feeOn(asked, BigInt(event.feeBasisPoints)),
    description: event.description,
    customerName: event.customerName,
    callbackUrl: event.callbackUrl,
    returnUrl: event.returnUrl,
    behaviour: event.behaviour,
    state: 'pending',
    createdAt: at,
    updatedAt: at,
    history: [{ state: 'pending', at, cause: 'created' }],
    stepsDone: 0,
    putAway: false,
    pretendedWord: undefined,
  };
  state.transactions.set(transaction.reference, transaction);
  state.upstream.set(transaction.upstreamReference, transaction.reference);
  if (event.behaviour.script.length > 0) state.scripted.add(transaction.reference);
  moveFloat(state, undefined, transaction);
}

function applyChanged(state: BookState, before: Transaction, event: BookEvent & { kind: 'changed' }): void {
  const at = new Date(event.at);
  const transaction: Transaction = {
    ...before,
    ...(event.moved && {
      moved: money(BigInt(event.moved.amount), event.moved.currency),
      fee: money(BigInt(event.moved.fee), event.moved.currency),
    }),
    state: event.state,
    updatedAt: at,
    history: [...before.history, { state: event.state, at, cause: event.cause }],
    stepsDone: event.step === undefined ? before.stepsDone : event.step + 1,
  };
  state.transactions.set(transaction.reference, transaction);
  moveFloat(state, before, transaction);
  announce(state, transaction, at);
}

function applyAttempt(state: BookState, event: BookEvent & { kind: 'attempted' }): void {
  const callback = state.callbacks.get(event.callbackId);
  invariant(callback !== undefined, `the books speak of callback ${event.callbackId} before it is due`);
  const attempted = event.isAccepted ? withAcceptedAttempt : withRefusedAttempt;
  // A forged callback is tried once: whoever forges does not come back on a schedule.
  const tried = attempted(callback, new Date(event.at), event.evidence);
  const next: Callback = callback.isForged ? { ...tried, nextAt: undefined } : tried;
  state.callbacks.set(next.id, next);
  if (next.nextAt === undefined) state.unsent.delete(next.id);
}

function applyTopUp(state: BookState, event: BookEvent & { kind: 'topped-up' }): void {
  const amount = money(BigInt(event.amount), event.currency);
  state.topUps.push({ at: new Date(event.at), amount, cause: event.cause });
  addToFloat(state.float, amount);
}

/** The two parts may be in different currencies: what was held in one can leave in another. */
function moveFloat(state: BookState, before: Transaction | undefined, now: Transaction): void {
  if (before !== undefined) {
    const { amount, currency } = floatPart(before);
    addToFloat(state.float, money(-amount, currency));
  }
  addToFloat(state.float, floatPart(now));
}

/** What is sent for one final state: for each callback whether it is forged and how long it waits. */
const ANNOUNCEMENTS: Readonly<
  Record<CallbackManner, readonly { readonly isForged: boolean; readonly wait_ms: number }[]>
> = {
  once: [{ isForged: false, wait_ms: 0 }],
  'before-answer': [{ isForged: false, wait_ms: 0 }],
  'five-times': Array.from({ length: 5 }, () => ({ isForged: false, wait_ms: 0 })),
  'forged-first': [
    { isForged: true, wait_ms: 0 },
    { isForged: false, wait_ms: SECOND_MS },
  ],
  never: [],
};

function announce(state: BookState, transaction: Transaction, at: Date): void {
  const url = transaction.callbackUrl;
  if (url === undefined) return;
  const body = callbackBody(transaction);
  for (const { isForged, wait_ms } of ANNOUNCEMENTS[transaction.behaviour.callbacks]) {
    const id = `callback-${state.callbacks.size + 1}`;
    state.unsent.add(id);
    state.callbacks.set(id, {
      id,
      reference: transaction.reference,
      url,
      body,
      isForged,
      attempts: 0,
      nextAt: after(at, wait_ms),
      acceptedAt: undefined,
      evidence: undefined,
    });
  }
}
