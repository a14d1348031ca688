/**
 * Writes down that a pot is to be handed out to the share whose turn it is, and asks the officers for it.
 *
 * Called by the officers and by the closing of a round. Asked again it asks anew, where nobody had answered or somebody
 * had said no; a pot that was agreed is never asked for a second time.
 *
 * Refuses: `turn-absent`, `payout-not-ready`, `payout-done`, `approval-nobody`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { findShare } from '../cycles/share.rows.ts';
import { listTurns, type Turn } from '../cycles/turn.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listDuesOfRound } from './due.rows.ts';
import { missingOf } from './due.ts';
import { findPayout, findPayoutOf, insertPayout } from './payout.rows.ts';
import { PAYOUT_DONE, PAYOUT_NOT_READY, type Payout, TURN_ABSENT } from './payout.ts';
import { readPotSizes } from './pot-size.ts';
import { listRounds, markRoundClosed } from './round.rows.ts';
import { type Round, roundOfPlace } from './round.ts';

export interface AskPayout {
  readonly running: RunningCycle;
  /** Which pot. */
  readonly place: number;
  /** The membership that asks; nobody, when the round closes by itself. */
  readonly requestedBy?: string | undefined;
}

export async function askPayout(tx: Tx, ground: Ground, asked: AskPayout): Promise<Answer<Payout>> {
  const { running, place } = asked;
  const { cycle } = running;
  const turn = (await listTurns(tx, cycle.id)).find((one) => one.place === place);
  const rounds = await listRounds(tx, cycle.id);
  const round = roundOfPlace(rounds, place);
  if (turn === undefined || round === undefined) return refused(TURN_ABSENT);
  const earlier = await findPayoutOf(tx, turn.shareId);
  if (earlier !== undefined && earlier.state !== 'proposed') return refused(PAYOUT_DONE);
  if (earlier === undefined && !(await isReady(tx, ground, round))) return refused(PAYOUT_NOT_READY);
  const whole = (await readPotSizes(tx, cycle, rounds))(round);
  const payout = earlier ?? (await propose(tx, ground, asked, { turn, round, whole }));
  const request = await askApproval(tx, ground, {
    groupId: cycle.groupId,
    rules: running.rules,
    kind: 'payout',
    subjectId: payout.id,
    requestedBy: asked.requestedBy,
    beneficiaryId: payout.membershipId,
    facts: { amount: String(payout.amount), round: String(round.number) },
  });
  return request.ok ? accepted(payout) : request;
}

/** Collecting has ended, or it has nothing to wait for: then it ends now. */
async function isReady(tx: Tx, ground: Ground, round: Round): Promise<boolean> {
  if (round.state === 'closed') return true;
  if (round.state !== 'open') return false;
  const dues = await listDuesOfRound(tx, round.id, 'pot');
  if (dues.some((due) => missingOf(due) > 0n)) return false;
  await markRoundClosed(tx, round.id, ground.clock.now());
  return true;
}

interface Chosen {
  readonly turn: Turn;
  readonly round: Round;
  /** What one pot of the round is. */
  readonly whole: bigint;
}

async function propose(
  tx: Tx,
  ground: Ground,
  asked: AskPayout,
  { turn, round, whole }: Chosen,
): Promise<Payout> {
  const { cycle } = asked.running;
  const share = await findShare(tx, turn.shareId);
  invariant(share?.state === 'active', `the turn of ${turn.shareId} belongs to no active share`);
  const id = ground.ids.next('pyo');
  const { groupId } = cycle;
  // A discount stays in the pot, as what everybody paid less; only its commission leaves it.
  const fundAmount = turn.premium + turn.commission;
  await insertPayout(tx, {
    id,
    groupId,
    cycleId: cycle.id,
    roundId: round.id,
    shareId: share.id,
    membershipId: share.membershipId,
    amount: whole - turn.discount - turn.premium,
    fundAmount,
    proposedBy: asked.requestedBy ?? null,
    proposedAt: ground.clock.now(),
  });
  const payout = await findPayout(tx, id);
  invariant(payout !== undefined, `payout ${id} was not written`);
  const facts = { amount: String(payout.amount), round: String(round.number), to: share.membershipId };
  await writeJournal(tx, ground, {
    groupId,
    act: 'payout.proposed',
    actorId: asked.requestedBy,
    subjectId: id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'payout.proposed', subjectId: id, facts });
  return payout;
}
