/**
 * Keeps what really happened at the provider: the books that ours are compared with.
 *
 * They share no line with the product, and nothing that is lost, doubled or garbled on the way changes them. Each
 * transaction remembers every effect it ever had on what the provider holds for us, because our books may lag behind
 * but may never say something that was never true.
 */
import type { Clock } from '../src/ground/clock.ts';
import type { Currency } from '../src/ground/money/currency.ts';
import type { Direction } from '../src/rails/provider.ts';

export type TrueState =
  | 'pending' // asked, not decided
  | 'success' // the money moved
  | 'failed' // it did not; on real rails a success may still follow
  | 'expired' // nobody answered; a success may still follow
  | 'reversed'; // it had moved, and came back

export interface TrueTransaction {
  /** The provider's name for it. */
  readonly reference: string;
  readonly upstreamReference: string;
  readonly direction: Direction;
  /** Our payment, by the reference that people read; the provider itself only sees it in the description. */
  readonly about: string;
  readonly callbackUrl: string | undefined;
  readonly serviceId: string;
  readonly asked: bigint;
  readonly currency: Currency;
  readonly createdAt: Date;
  /** What is moved when it succeeds. */
  moved: bigint;
  movedCurrency: Currency;
  state: TrueState;
  /** Net effect on what the provider holds for us, after every change, oldest first; 0 at the creation. */
  readonly effects: bigint[];
  /** When each of them came, without the one at the creation. */
  readonly changedAt: Date[];
  /** It tells nobody: only asking finds out. */
  silent: boolean;
  /** Asking answers "not found" until then. */
  hiddenUntil: Date | undefined;
  /** The word and the written amount that the status says in place of the true ones. */
  word: string | undefined;
  writtenAmount: string | undefined;
  /** People have agreed about it with the provider: nothing happens to it any more. */
  closed: boolean;
  /** It is the second payment of somebody who paid twice. */
  stray: boolean;
}

export interface TrueCallback {
  readonly id: number;
  readonly reference: string;
  /** The payment's own address, or nothing for the one of the merchant's dashboard. */
  readonly url: string | undefined;
  readonly body: string;
  readonly forgery: 'none' | 'signature' | 'byte';
  readonly madeAt: Date;
  accepted: boolean;
}

export interface ProviderTruth {
  readonly openedAt: Date;
  readonly transactions: TrueTransaction[];
  readonly callbacks: TrueCallback[];
  readonly topUps: Map<Currency, bigint>;
  create(order: TrueOrder): TrueTransaction;
  change(transaction: TrueTransaction, to: TrueState): void;
  find(reference: string): TrueTransaction | undefined;
  /** What the provider would let us spend: everything that came, less what went and what is on its way out. */
  spendable(currency: Currency): bigint;
  topUp(currency: Currency, amount: bigint): void;
  addCallback(callback: Omit<TrueCallback, 'id' | 'accepted' | 'madeAt'>): TrueCallback;
}

export type TrueOrder = Pick<
  TrueTransaction,
  'direction' | 'about' | 'callbackUrl' | 'serviceId' | 'asked' | 'currency'
> & {
  readonly silent?: boolean;
  readonly hiddenUntil?: Date;
  readonly stray?: boolean;
};

/** 1.5 % of a deposit, taken out of it; 1 % of a pay-out, taken besides. Rounded up to the franc. */
export function trueFee(direction: Direction, amount: bigint): bigint {
  return (amount * (direction === 'in' ? 150n : 100n) + 9_999n) / 10_000n;
}

const LEGAL: Readonly<Record<TrueState, readonly TrueState[]>> = {
  pending: ['success', 'failed', 'expired'],
  failed: ['success'],
  expired: ['success'],
  success: ['reversed'],
  reversed: [],
};

export function canBecome(transaction: TrueTransaction, to: TrueState): boolean {
  return LEGAL[transaction.state].includes(to);
}

export function openTruth(clock: Clock): ProviderTruth {
  const truth: ProviderTruth = {
    openedAt: clock.now(),
    transactions: [],
    callbacks: [],
    topUps: new Map(),
    create(order) {
      const number = String(truth.transactions.length + 1).padStart(6, '0');
      const transaction: TrueTransaction = {
        ...order,
        reference: `${order.direction === 'in' ? 'MPAYIN' : 'MPAYOUT'}_${number}`,
        upstreamReference: `MLS${number}`,
        createdAt: clock.now(),
        moved: order.asked,
        movedCurrency: order.currency,
        state: 'pending',
        effects: [0n],
        changedAt: [],
        silent: order.silent ?? false,
        hiddenUntil: order.hiddenUntil,
        word: undefined,
        writtenAmount: undefined,
        closed: false,
        stray: order.stray ?? false,
      };
      truth.transactions.push(transaction);
      return transaction;
    },
    change(transaction, to) {
      transaction.state = to;
      // A lie about the state before is over.
      if (transaction.word === 'failed') transaction.word = undefined;
      transaction.effects.push(effectOf(transaction));
      transaction.changedAt.push(clock.now());
      if (!transaction.silent) truth.addCallback(callbackAbout(transaction));
    },
    find: (reference) =>
      truth.transactions.find((one) => one.reference === reference || one.upstreamReference === reference),
    spendable(currency) {
      let held = truth.topUps.get(currency) ?? 0n;
      for (const one of truth.transactions) {
        if (one.movedCurrency === currency) held += one.effects.at(-1) ?? 0n;
        const onItsWay = one.direction === 'out' && one.state === 'pending' && one.currency === currency;
        if (onItsWay) held -= one.asked + trueFee('out', one.asked);
      }
      return held;
    },
    topUp: (currency, amount) => void truth.topUps.set(currency, (truth.topUps.get(currency) ?? 0n) + amount),
    addCallback(callback) {
      const made = { ...callback, id: truth.callbacks.length + 1, accepted: false, madeAt: clock.now() };
      truth.callbacks.push(made);
      return made;
    },
  };
  return truth;
}

/** The provider gives a deposit's fee back with the deposit, and keeps a pay-out's: it did the work. */
function effectOf({ direction, state, moved, effects }: TrueTransaction): bigint {
  const fee = trueFee(direction, moved);
  if (state === 'success') return direction === 'in' ? moved - fee : -(moved + fee);
  if (state === 'reversed') return direction === 'in' ? 0n : -fee;
  return effects.at(-1) ?? 0n;
}

/** What the provider tells of the present state. Pay-outs are told to the dashboard's address only. */
export function callbackAbout(
  transaction: TrueTransaction,
): Omit<TrueCallback, 'id' | 'accepted' | 'madeAt'> {
  return {
    reference: transaction.reference,
    url: transaction.callbackUrl,
    body: JSON.stringify({
      order_id: transaction.reference,
      soleaspay_reference: transaction.upstreamReference,
      status: wordOf(transaction),
      amount: Number(transaction.moved),
      currency: transaction.movedCurrency,
    }),
    forgery: 'none',
  };
}

/** The word of the wire for the present state, true or false. */
export function wordOf(transaction: TrueTransaction): string {
  if (transaction.word !== undefined) return transaction.word;
  const words = {
    pending: 'pending',
    success: 'success',
    failed: 'failed',
    expired: 'timeout',
    reversed: 'refund',
  };
  return words[transaction.state];
}
