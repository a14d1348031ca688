/**
 * Builds the transfers of one fact: linked, so that all of them happen or none, and named after the rows they follow.
 */
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';

/** What can happen to the money of a group. */
export type TontineJournal =
  | 'tontine.contributed'
  | 'tontine.paid-out'
  | 'tontine.advanced'
  | 'tontine.exchanged'
  | 'tontine.handed-over'
  | 'tontine.credit-returned'
  | 'tontine.guarantee-returned'
  | 'tontine.premium-paid'
  | 'tontine.aid-granted'
  | 'tontine.shared-out'
  | 'tontine.refunded'
  | 'tontine.default-covered'
  | 'tontine.share-sold'
  | 'tontine.variance'
  | 'tontine.corrected';

export interface Move {
  /** The row that the transfer follows, and what it is to that row: together its id. */
  readonly row: string;
  readonly role: string;
  readonly from: AccountId;
  readonly to: AccountId;
  readonly amount: bigint;
}

/** Nothing for an amount of nothing. */
export function movesOf(
  ground: Ground,
  kind: TontineJournal,
  reference: string,
  moves: readonly Move[],
): Transfer[] {
  const real = moves.filter((move) => move.amount !== 0n);
  const journal = { id: ground.ids.next('jrn'), kind, occurredAt: ground.clock.now() };
  return real.map((move, place) => ({
    id: derivedUuid(move.row, move.role),
    kind: 'single',
    debit: move.from,
    credit: move.to,
    amount: move.amount,
    linked: place < real.length - 1,
    journal,
    reference,
  }));
}
