/**
 * Says what the ledger answers to a transfer.
 *
 * The codes stand in the order in which they are looked for: the first that applies is the answer. A refused id is
 * burnt: whatever is asked with it later, it answers its first refusal again and never has an effect. Three answers
 * burn nothing: `exists`, `exists-different-…` (the id belongs to a transfer that happened), `id-outside-window`.
 */
export const TRANSFER_CODES = [
  // The id answers for itself, wherever it stands.
  'exists', // the same transfer, with the same content, happened before: as good as posted
  'exists-different-kind', // the id happened before with another kind
  'exists-different-debit', // the id happened before from another account
  'exists-different-credit', // the id happened before to another account
  'exists-different-amount', // the id happened before with another amount
  'exists-different-pending', // the id happened before and ended another hold
  'exists-different-journal', // the id happened before as part of another fact, or with another time
  'exists-different-reference', // the id happened before with another reference
  'id-outside-window', // the time inside the id is over 400 days old, over a day ahead, or has no partition
  // Its place in the batch.
  'linked-failed', // another member of its chain was refused
  'linked-chain-open', // it is chained to a next transfer, and the batch ends here
  // What it says.
  'amount-not-positive', // the amount is zero or negative
  'same-account', // it gives and receives on one account
  // A single or a hold.
  'pending-id-unexpected', // it names a hold though it ends none
  'account-not-found', // one of the two accounts was never opened
  'currency-differs', // the two accounts count in two currencies
  'account-closed', // one of the two accounts is closed
  'overflow', // a sum on one of the accounts would pass 2^63 − 1
  'exceeds-credits', // the account that gives is limited and has not that much available
  // A post or a void.
  'pending-not-found', // no transfer has the id of the hold, or none was named
  'pending-not-pending', // the transfer named is not a hold
  'pending-different-debit', // the hold is on another giving account
  'pending-different-credit', // the hold is for another receiving account
  'amount-exceeds-pending', // more is posted than was reserved
  'pending-different-amount', // less or more is voided than was reserved
  'already-posted', // the hold ended before, by a post
  'already-voided', // the hold ended before, by a void
  'posted', // it happened now
] as const;

export type TransferCode = (typeof TRANSFER_CODES)[number];

/** True when the transfer is in effect: it happened now, or had happened before with the same content. */
export function isPosted(code: TransferCode): code is 'posted' | 'exists' {
  return code === 'posted' || code === 'exists';
}

export function isTransferCode(text: string): text is TransferCode {
  return (TRANSFER_CODES as readonly string[]).includes(text);
}
