/**
 * States what must be true when all faults have healed and weeks have passed: nothing is in flight, and our float is
 * the provider's, to the franc.
 *
 * What may still differ is listed here one by one, with the reason why no program could know better; the rest is a
 * loss.
 */
import type { BookedPayment, BookedTransfer, Books } from './books.rows.ts';
import { about, floatEffects, groupByReference } from './checks.ts';
import { type Coverage, count } from './coverage.ts';
import { type ProviderTruth, type TrueTransaction, trueFee } from './provider-truth.ts';

/** Why our float may differ from the provider's after everything has come to rest. */
export type Explanation =
  | 'people must decide' // an open review: two people have not agreed yet
  | 'never told' // the provider told nobody, and there was nothing to ask by: only its statement can say
  | 'nameless decision' // people closed it without the provider's name for it: what comes later fits nothing of ours
  | 'fee of a decision' // people closed it without knowing the provider's fee: only its statement can say
  | 'fee of a return'; // it came back before we saw it leave, and the provider kept its fee

export function checkQuiet(books: Books, truth: ProviderTruth, coverage: Coverage): string[] {
  const byReference = groupByReference(books.transfers);
  return [
    ...books.payments.flatMap((payment) => [
      ...isAtRest(payment),
      ...floatIsTrue(payment, byReference.get(payment.reference) ?? [], truth, coverage),
    ]),
    ...books.callbacks.map((callback) => `callback ${callback.id} still waits`),
    ...books.seconds
      .filter((one) => one.outcome === undefined)
      .map((one) => `the second payment ${one.providerReference} is still nobody’s`),
    ...ordersWithoutPayment(books, truth),
  ];
}

const AT_REST = new Set(['succeeded', 'failed', 'expired', 'cancelled', 'reversed', 'review']);

function isAtRest({ reference, state }: BookedPayment): string[] {
  return AT_REST.has(state) ? [] : [`${reference} is still ${state} after weeks of quiet`];
}

function ordersWithoutPayment({ payments }: Books, truth: ProviderTruth): string[] {
  const known = new Set(payments.map((payment) => payment.reference));
  return truth.transactions
    .filter((one) => !known.has(one.about))
    .map((one) => `${one.reference} was executed for ${one.about}, which we do not know`);
}

function floatIsTrue(
  payment: BookedPayment,
  own: readonly BookedTransfer[],
  truth: ProviderTruth,
  coverage: Coverage,
): string[] {
  const transactions = about(truth, payment.reference);
  const effects = floatEffects(payment, own);
  const currencies = new Set([...effects.keys(), ...transactions.map((one) => one.movedCurrency)]);
  return [...currencies].flatMap((currency) => {
    const ours = effects.get(currency) ?? 0n;
    const theirs = transactions
      .filter((one) => one.movedCurrency === currency)
      .reduce((sum, one) => sum + (one.effects.at(-1) ?? 0n), 0n);
    if (ours === theirs) return [];
    const why = explain(payment, transactions, ours - theirs);
    if (why !== undefined) {
      count(coverage, `explained: ${why}`);
      return [];
    }
    const what = `${payment.reference} (${payment.state}${payment.reason === undefined ? '' : `, ${payment.reason}`})`;
    return [`${what}: our float moved by ${ours} ${currency}, the provider's by ${theirs}`];
  });
}

function explain(
  payment: BookedPayment,
  transactions: readonly TrueTransaction[],
  difference: bigint,
): Explanation | undefined {
  if (payment.state === 'review') return 'people must decide';
  if (transactions.some((one) => neverTold(payment, one))) return 'never told';
  const [only] = transactions;
  if (payment.direction === 'in' || only === undefined || transactions.length > 1) return undefined;
  const isNameless = payment.reason === 'resolved' && payment.providerReference === undefined;
  if (isNameless && only.state === 'reversed') return 'nameless decision';
  const fee = trueFee('out', only.moved);
  if (difference !== fee) return undefined;
  if (payment.reason === 'resolved' || payment.calledPaid) return 'fee of a decision';
  return only.state === 'reversed' && payment.state === 'failed' ? 'fee of a return' : undefined;
}

/**
 * A silent transaction whose name we never learnt, or that changed after we had stopped asking. A deposit that ended
 * badly is asked about for a week, so its late success is no excuse.
 */
function neverTold(payment: BookedPayment, transaction: TrueTransaction): boolean {
  if (!transaction.silent) return false;
  if (payment.providerReference !== transaction.reference) return true;
  if (transaction.state === 'reversed') return true;
  return payment.direction === 'out' && payment.state === 'failed';
}
