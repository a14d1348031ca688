/**
 * Reads all notes of a group at once: those that are to leave a box, those on their way to another one, and what each box
 * holds and may still give.
 *
 * One read for a page and for the figure that leads to it: a list that asked for each line would be slow in the group
 * that needs it most. Whoever may see which line is for the page to say.
 */
import { readBalances } from '../../ground/ledger/balance.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { sumHandedOver } from './box.ts';
import { type Handout, listOpenHandouts } from './cash-box.rows.ts';
import { type Handover, listOpenHandovers } from './cash-handover.rows.ts';
import { boxAccount } from './funds.ts';

/** The membership that keeps a box, and what is in it. */
export interface HeldBox {
  readonly keeperId: string;
  readonly holds: bigint;
}

export interface BoxOfNotes extends HeldBox {
  /** Without what the keeper says they have handed over. */
  readonly free: bigint;
}

export interface NotesOfGroup {
  readonly handouts: readonly Handout[];
  readonly handovers: readonly Handover[];
  readonly boxes: readonly BoxOfNotes[];
}

/** Somebody of the group, whether they keep a box or not. */
export interface PerhapsKeeper {
  readonly id: string;
  readonly personId: string | null;
  readonly keepsBox: boolean;
}

export async function readNotes(
  reader: Reader,
  of: { readonly groupId: string; readonly currency: Currency },
  people: readonly PerhapsKeeper[],
): Promise<NotesOfGroup> {
  const keepers = people.flatMap(({ id, personId, keepsBox }) =>
    keepsBox && personId !== null ? [{ id, account: boxAccount(of.groupId, personId, of.currency) }] : [],
  );
  const balances = await readBalances(
    reader,
    keepers.map((keeper) => keeper.account),
  );
  return await readNotesOfBoxes(
    reader,
    of.groupId,
    keepers.map(({ id, account }) => ({ keeperId: id, holds: balances.get(account)?.posted ?? 0n })),
  );
}

/** The same where it is known already what the boxes hold. */
export async function readNotesOfBoxes(
  reader: Reader,
  groupId: string,
  held: readonly HeldBox[],
): Promise<NotesOfGroup> {
  const handouts = await listOpenHandouts(reader, groupId);
  const handovers = await listOpenHandovers(reader, groupId);
  const givenBy = (keeperId: string): bigint =>
    handovers
      .filter((handover) => handover.fromId === keeperId)
      .reduce((sum, handover) => sum + handover.amount, 0n);
  return {
    handouts,
    handovers,
    boxes: held.map((box) => ({
      ...box,
      free: box.holds - sumHandedOver(handouts, box.keeperId) - givenBy(box.keeperId),
    })),
  };
}
