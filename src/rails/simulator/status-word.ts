/**
 * Says a transaction's state in the words of the API.
 *
 * The documented words are `pending`, `processing`, `success` and `failed`; `timeout` and `refund` are seen by those
 * who integrate it. Pages of the simulator show the true state; only the API uses these words.
 */
import type { Transaction, TransactionState } from './transaction.ts';

const WORDS: Readonly<Record<TransactionState, string>> = {
  pending: 'pending',
  success: 'success',
  failed: 'failed',
  expired: 'timeout',
  reversed: 'refund',
};

/** The word that the API says for the present state, true or pretended. */
export function statusWord(transaction: Transaction): string {
  if (transaction.pretendedWord !== undefined) return transaction.pretendedWord;
  if (transaction.state === 'success' && transaction.behaviour.successWord !== undefined) {
    return transaction.behaviour.successWord;
  }
  // A pay-out, and a message that the payer has seen, are on their way.
  if (transaction.state === 'pending' && (transaction.direction === 'out' || transaction.putAway))
    return 'processing';
  return WORDS[transaction.state];
}

/** The body of a callback: fields and order as documented. */
export function callbackBody(transaction: Transaction): string {
  return JSON.stringify({
    order_id: transaction.reference,
    soleaspay_reference: transaction.upstreamReference,
    status: statusWord(transaction),
    amount: Number(transaction.moved.amount),
    currency: transaction.moved.currency,
  });
}
