/**
 * Tells what a keeper's box holds, and what of it is already promised: a box never gives what is not in it.
 */
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type Handout, listOpenHandouts } from './cash-box.rows.ts';
import { sumGiven } from './cash-handover.rows.ts';
import { boxAccount, keeperDebtAccount } from './funds.ts';

export interface Keeper {
  readonly groupId: string;
  /** The membership. */
  readonly keeperId: string;
  readonly personId: string;
  readonly currency: Currency;
}

/** Whether any of the group's notes are in the box of this member, promised or not, or were missing there and are owed. */
export async function keepsNotes(
  reader: Reader,
  { groupId, personId }: { readonly groupId: string; readonly personId: string | null },
  currency: Currency,
): Promise<boolean> {
  if (personId === null) return false;
  const box = await readBalance(reader, boxAccount(groupId, personId, currency));
  const debt = await readBalance(reader, keeperDebtAccount(groupId, personId, currency));
  return (box?.posted ?? 0n) > 0n || (debt?.posted ?? 0n) > 0n;
}

/** What a keeper says they have handed over to members, and nobody has confirmed. */
export function sumHandedOver(handouts: readonly Handout[], keeperId: string): bigint {
  return handouts
    .filter((handout) => handout.state === 'declared' && handout.keeperId === keeperId)
    .reduce((sum, handout) => sum + handout.amount, 0n);
}

/** What is in the box without what the keeper says they have handed over, to members or to another keeper. */
export async function freeInBox(reader: Reader, keeper: Keeper): Promise<bigint> {
  const balance = await readBalance(reader, boxAccount(keeper.groupId, keeper.personId, keeper.currency));
  const promised = sumHandedOver(await listOpenHandouts(reader, keeper.groupId), keeper.keeperId);
  const given = await sumGiven(reader, keeper.groupId, keeper.keeperId);
  return (balance?.posted ?? 0n) - promised - given;
}
