/**
 * Undoes a transfer by a new one in the opposite direction, once per original.
 *
 * Nothing in the journal is ever changed: what was wrong stays visible, and so does its correction. The caller makes
 * the id of the reversal and keeps it, as for every transfer; after `transfer.funds-missing` that id is burnt, and a
 * later attempt needs a fresh one.
 *
 * Refuses: `transfer.absent`, `transfer.moved-nothing` (a hold or its release), `transfer.already-reversed`,
 * `transfer.funds-missing` when the money is no longer on the account that received it.
 */
import type { Ground } from '../ground.ts';
import type { Uuid } from '../identifiers.ts';
import type { Tx } from '../postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../refusal.ts';
import { lockShard } from './account.rows.ts';
import { postTransfers } from './post-transfers.ts';
import { findReversal, insertReversal } from './reversal.rows.ts';
import { findTransfer } from './transfer.rows.ts';
import type { JournalMark } from './transfer.ts';

export const TRANSFER_ABSENT = refusal(
  'transfer.absent',
  'absent',
  "Cette opération n'existe pas.",
  'There is no such transfer.',
);
export const TRANSFER_MOVED_NOTHING = refusal(
  'transfer.moved-nothing',
  'conflict',
  "Cette opération n'a déplacé aucune somme : il n'y a rien à annuler.",
  'This transfer moved no money: there is nothing to reverse.',
);
export const TRANSFER_ALREADY_REVERSED = refusal(
  'transfer.already-reversed',
  'conflict',
  'Cette opération a déjà été annulée.',
  'This transfer has already been reversed.',
);
export const TRANSFER_FUNDS_MISSING = refusal(
  'transfer.funds-missing',
  'conflict',
  "La somme n'est plus disponible sur le compte qui l'avait reçue.",
  'The money is no longer available on the account that received it.',
);

export interface Reversal {
  /** Of the new transfer. */
  readonly id: Uuid;
  /** The transfer to undo: a single or a post. */
  readonly original: Uuid;
  readonly journal: JournalMark;
  readonly reference?: string;
}

export async function reverseTransfer(tx: Tx, ground: Ground, reversal: Reversal): Promise<Answer<void>> {
  const original = await findTransfer(tx, reversal.original);
  if (original === undefined) return refused(TRANSFER_ABSENT);
  if (original.kind !== 'single' && original.kind !== 'post') return refused(TRANSFER_MOVED_NOTHING);
  await lockShard(tx);
  const earlier = await findReversal(tx, original.id);
  if (earlier !== undefined && earlier !== reversal.id) return refused(TRANSFER_ALREADY_REVERSED);
  const [code] = await postTransfers(tx, ground, [
    {
      id: reversal.id,
      kind: 'single',
      debit: original.credit,
      credit: original.debit,
      amount: original.amount,
      journal: reversal.journal,
      ...(reversal.reference === undefined ? {} : { reference: reversal.reference }),
    },
  ]);
  if (code === 'exceeds-credits') return refused(TRANSFER_FUNDS_MISSING);
  if (code === 'exists' && earlier === reversal.id) return accepted(undefined);
  invariant(code === 'posted', `reversal ${reversal.id} of ${original.id} was answered ${code}`);
  await insertReversal(tx, original.id, reversal.id);
  return accepted(undefined);
}
