/**
 * Closes rounds whose grace is over: what is missing is late, and the officers are asked for each pot of the round.
 *
 * A pot whose turn is not decided yet (an auction, a vote) is asked for when it is; one that is not whole is covered
 * in the moment of the agreement, so that whoever pays until then still counts.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { askPayout } from './ask-payout.ts';
import { markRoundDuesLate } from './due.rows.ts';
import { inSets } from './in-sets.ts';
import { postMoves } from './post-moves.ts';
import { findRound, listRounds, listRoundsToClose, markRoundClosed } from './round.rows.ts';
import { placesOf, type Round } from './round.ts';
import { settlePayouts } from './settle-payouts.ts';

/** A round's group is locked meanwhile: few enough that its members do not notice. */
const TOGETHER = 20;

/** Closes at most `limit` rounds; returns how many. */
export async function closeRoundsOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  return await inSets(db, ground, await listRoundsToClose(db, now, limit), {
    atOnce: TOGETHER,
    oneOfAGroup: true,
    act: async (tx, { id }) => {
      const round = await findRound(tx, id);
      if (round?.state !== 'open' || round.closesAt > now) return undefined;
      return await finishRound(tx, ground, round);
    },
  });
}

/** Under the group's lock; posts last. */
export async function closeRound(tx: Tx, ground: Ground, round: Round): Promise<void> {
  const posted = await postMoves(tx, ground, await finishRound(tx, ground, round));
  invariant(posted.ok, `round ${round.id} could not pay what was agreed`);
}

/** Writes all but the transfers, and hands them back. */
async function finishRound(tx: Tx, ground: Ground, round: Round): Promise<Transfer[]> {
  const now = ground.clock.now();
  await markRoundClosed(tx, round.id, now);
  await markRoundDuesLate(tx, round.id);
  const { groupId, id: subjectId } = round;
  await writeJournal(tx, ground, {
    groupId,
    act: 'round.closed',
    subjectId,
    facts: { number: String(round.number) },
  });
  await recordEvent(tx, ground, { name: 'round.closed', subjectId });
  const running = await cycleWithRules(tx, round.cycleId, now);
  for (const place of placesOf(await listRounds(tx, round.cycleId), round.number)) {
    // What it refuses an officer can still do later: nothing here is lost.
    await askPayout(tx, ground, { running, place });
  }
  return await settlePayouts(tx, ground, running);
}
