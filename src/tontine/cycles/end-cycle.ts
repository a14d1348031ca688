/**
 * Ends a cycle whose shares were all served: deposits and credits go back, and the pot is empty to the franc.
 *
 * What a share never paid, and the guarantee fund stood in for, is kept from its own deposit. Money in wallets goes
 * back at once; what is in notes is asked from the keepers, and whoever has no phone is paid from notes.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-absent`, `cycle-not-running`,
 * `cycle-not-served`, `cycle-dues-open`, `cycle-notes-open`, `cycle-refund-open`, `cycle-notes-missing`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, type Refusal, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listExits } from '../members/exit.rows.ts';
import { listMembers } from '../members/membership.rows.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { listUnmetDues } from '../rounds/due.rows.ts';
import { type Due, missingOf } from '../rounds/due.ts';
import { fundAccount } from '../rounds/funds.ts';
import { listAdvancedDues, openAdvance } from '../rounds/guarantee-advance.rows.ts';
import { postMoves } from '../rounds/post-moves.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findCycle, markCycleEnded } from './cycle.rows.ts';
import { CYCLE_ABSENT, type Cycle } from './cycle.ts';
import { returnCredits } from './return-credits.ts';
import { returnDeposits } from './return-deposits.ts';
import { type RunningCycle, runningCycle } from './running-cycle.ts';

export interface EndCycle extends Entering {
  readonly cycleId: string;
}

export async function endCycle(tx: Tx, ground: Ground, asked: EndCycle): Promise<Answer<Cycle>> {
  const actor = await enterGroup(tx, ground, asked, 'end-cycle');
  if (!actor.ok) return actor;
  const earlier = await findCycle(tx, asked.cycleId);
  if (earlier?.groupId !== asked.groupId) return refused(CYCLE_ABSENT);
  if (earlier.state === 'complete') return accepted(earlier);
  const now = ground.clock.now();
  const running = await runningCycle(tx, asked.groupId, now);
  if (!running.ok) return running;
  const no = await whyNotYet(tx, running.value);
  if (no !== undefined) return refused(no);
  const { cycle } = running.value;
  const deposits = await returnDeposits(tx, ground, running.value);
  if (deposits === undefined) return refused(CYCLE_NOTES_MISSING);
  const credits = await returnCredits(tx, ground, running.value);
  await markCycleEnded(tx, cycle.id, 'complete', now);
  await writeJournal(tx, ground, {
    groupId: cycle.groupId,
    act: 'cycle.ended',
    actorId: actor.value.membership.id,
    subjectId: cycle.id,
  });
  await recordEvent(tx, ground, { name: 'cycle.ended', subjectId: cycle.id });
  const posted = await postMoves(tx, ground, [...deposits, ...credits]);
  if (!posted.ok) return posted;
  await expectEmptyPot(tx, running.value);
  const ended = await findCycle(tx, cycle.id);
  invariant(ended !== undefined, `cycle ${cycle.id} disappeared`);
  return accepted(ended);
}

async function whyNotYet(tx: Tx, { cycle }: RunningCycle): Promise<Refusal | undefined> {
  const rounds = await listRounds(tx, cycle.id);
  if (rounds.some((round) => round.state !== 'served' && round.state !== 'cancelled'))
    return CYCLE_NOT_SERVED;
  const unmet = await collectable(tx, cycle);
  const advanced = await listAdvancedDues(
    tx,
    unmet.map((due) => due.id),
  );
  for (const due of unmet) {
    const covered = advanced
      .filter((one) => one.dueId === due.id)
      .reduce((sum, one) => sum + openAdvance(one), 0n);
    // A deposit that was never paid is not given back; what the fund stood in for is kept from the deposit.
    if (due.kind !== 'guarantee' && missingOf(due) > covered) return CYCLE_DUES_OPEN;
  }
  const notes = await listOpenHandouts(tx, cycle.groupId);
  if (notes.some((handout) => handout.purpose === 'payout' || handout.purpose === 'refund'))
    return CYCLE_NOTES_OPEN;
  const exits = await listExits(tx, cycle.id);
  return exits.some((exit) => exit.state === 'approved') ? CYCLE_REFUND_OPEN : undefined;
}

/** Without the fines of those who left meanwhile: nobody can pay them any more, and they are in no pot. */
async function collectable(tx: Tx, cycle: Cycle): Promise<Due[]> {
  const left = await listMembers(tx, cycle.groupId, ['resigned', 'expelled']);
  const gone = new Set(left.map((member) => member.id));
  const unmet = await listUnmetDues(tx, cycle.id);
  return unmet.filter((due) => due.kind !== 'fine' || !gone.has(due.membershipId));
}

/** What entered the pot has left it, on both sides. */
async function expectEmptyPot(tx: Tx, { cycle, funds }: RunningCycle): Promise<void> {
  for (const purse of ['wallet', 'cash'] as const) {
    const left = await readBalance(tx, fundAccount(funds, 'pot', purse));
    invariant(
      (left?.posted ?? 0n) === 0n,
      `cycle ${cycle.id} would end with ${left?.posted} in its pot (${purse})`,
    );
  }
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
const CYCLE_NOTES_MISSING = refusal(
  'cycle-notes-missing',
  'conflict',
  'Des membres sans téléphone attendent leur caution en espèces, et il n’y en a pas assez dans les caisses.',
  'Members without a phone wait for their deposit in notes, and the boxes do not hold enough.',
);
