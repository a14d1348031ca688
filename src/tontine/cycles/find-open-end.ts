/**
 * Says what is still open in a cycle: a pot that waits, a due that can be collected, notes that were promised, a refund.
 *
 * Whatever is done once everything else is done asks here first.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type Refusal, refusal } from '../../ground/refusal.ts';
import { listExits } from '../members/exit.rows.ts';
import { listMembers } from '../members/membership.rows.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { listUnmetDues } from '../rounds/due.rows.ts';
import { type Due, missingOf } from '../rounds/due.ts';
import { listAdvancedDues, openAdvance } from '../rounds/guarantee-advance.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import type { Cycle } from './cycle.ts';

/** `cycle-not-served`, `cycle-dues-open`, `cycle-notes-open` or `cycle-refund-open`; nothing when all is done. */
export async function findOpenEnd(reader: Reader, cycle: Cycle): Promise<Refusal | undefined> {
  const rounds = await listRounds(reader, cycle.id);
  if (rounds.some((round) => round.state !== 'served' && round.state !== 'cancelled'))
    return CYCLE_NOT_SERVED;
  const unmet = await collectable(reader, cycle);
  const advanced = await listAdvancedDues(
    reader,
    unmet.map((due) => due.id),
  );
  for (const due of unmet) {
    const covered = advanced
      .filter((one) => one.dueId === due.id)
      .reduce((sum, one) => sum + openAdvance(one), 0n);
    // A deposit that was never paid is not given back; what the fund stood in for is kept from the deposit.
    if (due.kind !== 'guarantee' && missingOf(due) > covered) return CYCLE_DUES_OPEN;
  }
  const notes = await listOpenHandouts(reader, cycle.groupId);
  if (notes.some((handout) => handout.purpose === 'payout' || handout.purpose === 'refund'))
    return CYCLE_NOTES_OPEN;
  const exits = await listExits(reader, cycle.id);
  return exits.some((exit) => exit.state === 'approved') ? CYCLE_REFUND_OPEN : undefined;
}

/** Without the fines of those who left meanwhile: nobody can pay them any more, and they are in no pot. */
async function collectable(reader: Reader, cycle: Cycle): Promise<Due[]> {
  const left = await listMembers(reader, cycle.groupId, ['resigned', 'expelled']);
  const gone = new Set(left.map((member) => member.id));
  const unmet = await listUnmetDues(reader, cycle.id);
  return unmet.filter((due) => due.kind !== 'fine' || !gone.has(due.membershipId));
}

const CYCLE_NOT_SERVED = refusal(
  'cycle-not-served',
  'conflict',
  'Toutes les cagnottes ne sont pas encore remises.',
  'Not all pots have been handed out yet.',
);
const CYCLE_DUES_OPEN = refusal(
  'cycle-dues-open',
  'conflict',
  'Il reste des cotisations ou des amendes à payer dans ce cycle.',
  'There are still contributions or fines to be paid in this cycle.',
);
const CYCLE_NOTES_OPEN = refusal(
  'cycle-notes-open',
  'conflict',
  'Des espèces sont encore à remettre à un bénéficiaire.',
  'Notes are still to be handed to a beneficiary.',
);
const CYCLE_REFUND_OPEN = refusal(
  'cycle-refund-open',
  'conflict',
  'Un membre sorti attend encore son remboursement.',
  'A member who left still waits for their refund.',
);
