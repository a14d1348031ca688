/**
 * Is one movement of one amount from one account to another, as its maker states it.
 *
 * The maker chooses the id before anything happens and uses it again on every retry: that is what makes a retry safe.
 * A retry must therefore say exactly the same, journal included; keep what a transfer will say on the row of the fact
 * it belongs to, instead of drawing it again.
 */
import type { Uuid } from '../identifiers.ts';
import { invariant } from '../refusal.ts';
import type { AccountId } from './account.ts';

export type TransferKind =
  | 'single' // moves the amount at once
  | 'pending' // reserves the amount on both sides: a hold
  | 'post' // ends a hold by moving the amount, or less; what is left over is released
  | 'void'; // ends a hold by releasing all of it

/** The business fact that a transfer is a leg of; all its legs carry the same one. */
export interface JournalMark {
  /** `jrn_…`. */
  readonly id: string;
  /** What happened, such as `deposit.settled`. */
  readonly kind: string;
  /** When it happened in the world; the ledger keeps beside it when it was recorded. */
  readonly occurredAt: Date;
}

export interface Transfer {
  /** Made by the caller; the idempotency key. */
  readonly id: Uuid;
  readonly kind: TransferKind;
  /** The account that gives. For a post or void: that of the hold. */
  readonly debit: AccountId;
  /** The account that receives. For a post or void: that of the hold. */
  readonly credit: AccountId;
  /** Whole number of the currency's smallest unit. For a void: the whole amount of the hold. */
  readonly amount: bigint;
  /** The hold that a post or void ends; absent otherwise. */
  readonly pendingId?: Uuid;
  /** Chained to the next transfer of the batch: a chain happens whole or not at all. */
  readonly linked?: boolean;
  readonly journal: JournalMark;
  /** The caller's own words or number, for proofs. */
  readonly reference?: string;
}

/** The largest amount, and the largest sum on one side of an account: 2^63 − 1. */
export const LARGEST_AMOUNT = 2n ** 63n - 1n;

const UUID_SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const JOURNAL_SHAPE = /^jrn_[0-9a-z]{1,40}$/;
const JOURNAL_KIND_SHAPE = /^(?=.{1,60}$)[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const REFERENCE_LIMIT = 200;

/**
 * Throws `BrokenInvariant` for a transfer that no correct caller can make: one such row in a batch would otherwise
 * stop the whole batch inside the database, without naming itself.
 */
export function checkShape(transfer: Transfer): void {
  const { id, journal, reference, pendingId, amount } = transfer;
  invariant(UUID_SHAPE.test(id), `'${id}' is not the id of a transfer`);
  invariant(pendingId === undefined || UUID_SHAPE.test(pendingId), `transfer ${id} names no hold`);
  invariant(amount >= -LARGEST_AMOUNT && amount <= LARGEST_AMOUNT, `transfer ${id} exceeds 64 bits`);
  invariant(JOURNAL_SHAPE.test(journal.id), `transfer ${id} has journal '${journal.id}'`);
  invariant(JOURNAL_KIND_SHAPE.test(journal.kind), `transfer ${id} has journal kind '${journal.kind}'`);
  invariant(!Number.isNaN(journal.occurredAt.getTime()), `transfer ${id} occurred at no instant`);
  invariant(
    reference === undefined ||
      (reference !== '' &&
        reference.length <= REFERENCE_LIMIT &&
        reference.isWellFormed() &&
        !reference.includes('\0')),
    `transfer ${id} has an empty, long or unwritable reference`,
  );
}
