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
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { fundAccount } from '../rounds/funds.ts';
import { postMoves } from '../rounds/post-moves.ts';
import { findCycle, markCycleEnded } from './cycle.rows.ts';
import { CYCLE_ABSENT, type Cycle } from './cycle.ts';
import { findOpenEnd } from './find-open-end.ts';
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
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const no = await findOpenEnd(tx, running.value.cycle);
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

const CYCLE_NOTES_MISSING = refusal(
  'cycle-notes-missing',
  'conflict',
  'Des membres sans téléphone attendent leur caution en espèces, et il n’y en a pas assez dans les caisses.',
  'Members without a phone wait for their deposit in notes, and the boxes do not hold enough.',
);
