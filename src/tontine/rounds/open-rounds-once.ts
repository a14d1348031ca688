/**
 * Opens rounds whose moment has come: writes what is due, and lets what was paid in advance settle it at once.
 *
 * Rounds of several groups are opened in one transaction; a process that dies leaves the rest for the next run, and a
 * round that is open already is left alone.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { cycleWithRules, type RunningCycle } from '../cycles/running-cycle.ts';
import { listShares } from '../cycles/share.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { applyCredits } from './apply-credits.ts';
import { dividendsOf } from './dividends.ts';
import { insertDues, type NewDue } from './due.rows.ts';
import { inSets } from './in-sets.ts';
import { postMoves } from './post-moves.ts';
import { findRound, listRoundsToOpen, markRoundOpened } from './round.rows.ts';
import type { Round } from './round.ts';
import { settlePayouts } from './settle-payouts.ts';

/** A round's group is locked meanwhile: few enough that its members do not notice. */
const TOGETHER = 20;

/** Opens at most `limit` rounds; returns how many. */
export async function openRoundsOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  return await inSets(db, ground, await listRoundsToOpen(db, now, limit), {
    atOnce: TOGETHER,
    oneOfAGroup: true,
    act: async (tx, { id }) => {
      const round = await findRound(tx, id);
      if (round?.state !== 'scheduled' || round.opensAt > now) return undefined;
      return await prepareRound(tx, ground, round);
    },
  });
}

/** Under the group's lock; posts last. */
export async function openRound(tx: Tx, ground: Ground, round: Round): Promise<void> {
  const posted = await postMoves(tx, ground, await prepareRound(tx, ground, round));
  invariant(posted.ok, `round ${round.id} could not apply what was paid in advance`);
}

/** Writes all but the transfers, and hands them back. */
async function prepareRound(tx: Tx, ground: Ground, round: Round): Promise<Transfer[]> {
  const now = ground.clock.now();
  const running = await cycleWithRules(tx, round.cycleId, now);
  if (running.cycle.state !== 'running') return [];
  await markRoundOpened(tx, round.id, now);
  const dues = await duesOf(tx, ground, running, round);
  await insertDues(tx, dues);
  const { groupId, id: subjectId } = round;
  await writeJournal(tx, ground, {
    groupId,
    act: 'round.opened',
    subjectId,
    facts: { number: String(round.number) },
  });
  await recordEvent(tx, ground, { name: 'round.opened', subjectId });
  const membershipIds = [...new Set(dues.map((due) => due.membershipId))];
  const { funds, rules } = running;
  const credits = await applyCredits(tx, ground, { funds, order: rules.allocationOrder, membershipIds });
  return [...credits, ...(await settlePayouts(tx, ground, running))];
}

async function duesOf(tx: Tx, ground: Ground, running: RunningCycle, round: Round): Promise<NewDue[]> {
  const { cycle, rules } = running;
  const { groupId, cycleId, id: roundId, dueAt, closesAt: lateAt } = round;
  const shares = (await listShares(tx, cycleId)).filter((share) => share.state !== 'withdrawn');
  const at = ground.clock.now();
  const own = { groupId, cycleId, roundId, dueAt, lateAt, at };
  const nextFeeAt = rules.lateFee.kind === 'none' ? undefined : lateAt;
  const lowered = await dividendsOf(tx, cycle, round, shares.length);
  const pot = shares.map((share, place) => ({
    ...own,
    id: ground.ids.next('due'),
    membershipId: share.membershipId,
    shareId: share.id,
    kind: 'pot' as const,
    amount: cycle.contribution,
    lowered: lowered[place],
    // A default was declared and is claimed: it is not fined on top, round after round.
    nextFeeAt: share.state === 'defaulted' ? undefined : nextFeeAt,
  }));
  const amount = rules.solidarity.contribution;
  const members = amount === 0n ? [] : [...new Set(shares.map((share) => share.membershipId))];
  const solidarity = members.map((membershipId) => ({
    ...own,
    id: ground.ids.next('due'),
    membershipId,
    kind: 'solidarity' as const,
    amount,
  }));
  return [...pot, ...solidarity];
}
