/**
 * Decides what one transfer is answered: every rule of the ledger, in the order in which it applies.
 */

import { isInsideWindow } from './id-window.ts';
import type { AccountState, LedgerState } from './ledger-state.ts';
import { LARGEST_AMOUNT, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

/** What the id answers for itself, wherever it stands; nothing when it is new. */
export function answerOfId(
  state: LedgerState,
  transfer: Transfer,
  recordedAt: Date,
): TransferCode | undefined {
  const earlier = state.journal.get(transfer.id);
  if (earlier !== undefined) return compare(earlier.transfer, transfer);
  const refusal = state.refusals.get(transfer.id);
  if (refusal !== undefined) return refusal;
  return isInsideWindow(transfer.id, recordedAt, state.coverage) ? undefined : 'id-outside-window';
}

/** What a new transfer is answered for its content; `posted` when nothing speaks against it. */
export function answerOfContent(state: LedgerState, transfer: Transfer): TransferCode {
  if (transfer.amount <= 0n) return 'amount-not-positive';
  if (transfer.debit === transfer.credit) return 'same-account';
  return transfer.kind === 'single' || transfer.kind === 'pending'
    ? answerOfMove(state, transfer)
    : answerOfResolution(state, transfer);
}

function compare(earlier: Transfer, later: Transfer): TransferCode {
  if (earlier.kind !== later.kind) return 'exists-different-kind';
  if (earlier.debit !== later.debit) return 'exists-different-debit';
  if (earlier.credit !== later.credit) return 'exists-different-credit';
  if (earlier.amount !== later.amount) return 'exists-different-amount';
  if (earlier.pendingId !== later.pendingId) return 'exists-different-pending';
  const sameJournal =
    earlier.journal.id === later.journal.id &&
    earlier.journal.kind === later.journal.kind &&
    earlier.journal.occurredAt.getTime() === later.journal.occurredAt.getTime();
  if (!sameJournal) return 'exists-different-journal';
  if (earlier.reference !== later.reference) return 'exists-different-reference';
  return 'exists';
}

function answerOfMove(state: LedgerState, transfer: Transfer): TransferCode {
  if (transfer.pendingId !== undefined) return 'pending-id-unexpected';
  const debit = state.accounts.get(transfer.debit);
  const credit = state.accounts.get(transfer.credit);
  if (debit === undefined || credit === undefined) return 'account-not-found';
  if (debit.currency !== credit.currency) return 'currency-differs';
  if (debit.closed || credit.closed) return 'account-closed';
  const debits = debit.debitsPosted + debit.debitsPending + transfer.amount;
  const credits = credit.creditsPosted + credit.creditsPending + transfer.amount;
  if (debits > LARGEST_AMOUNT || credits > LARGEST_AMOUNT) return 'overflow';
  if (!isWithinLimit(debit, debits)) return 'exceeds-credits';
  return 'posted';
}

function isWithinLimit(account: AccountState, debits: bigint): boolean {
  return !account.limited || debits <= account.creditsPosted;
}

function answerOfResolution(state: LedgerState, transfer: Transfer): TransferCode {
  if (transfer.pendingId === undefined) return 'pending-not-found';
  const hold = state.journal.get(transfer.pendingId)?.transfer;
  if (hold === undefined) return 'pending-not-found';
  if (hold.kind !== 'pending') return 'pending-not-pending';
  if (hold.debit !== transfer.debit) return 'pending-different-debit';
  if (hold.credit !== transfer.credit) return 'pending-different-credit';
  if (transfer.kind === 'post' && transfer.amount > hold.amount) return 'amount-exceeds-pending';
  if (transfer.kind === 'void' && transfer.amount !== hold.amount) return 'pending-different-amount';
  const end = state.resolutions.get(hold.id);
  if (end === 'post') return 'already-posted';
  if (end === 'void') return 'already-voided';
  return 'posted';
}
