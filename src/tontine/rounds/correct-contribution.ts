/**
 * Undoes a contribution when enough officers agreed: every allocation gets its opposite, and the money goes back where
 * it came from. What was wrong stays visible, and all members are told.
 *
 * It posts nothing; it hands back the transfers. Refuses: `contribution-over`, `contribution-spent` when the pot was
 * handed out meanwhile, or the fund does not hold it any more.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { cycleWithRules, type RunningCycle } from '../cycles/running-cycle.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership, listMembers } from '../members/membership.rows.ts';
import { tellMembers } from '../members/tell-members.ts';
import { type AllocationRow, insertAllocations, listAllocations } from './allocation.rows.ts';
import { findContribution, markContributionCorrected } from './contribution.rows.ts';
import { CONTRIBUTION_OVER, type Contribution, creditOf } from './contribution.ts';
import { markCorrectionDone } from './correction.rows.ts';
import { findDue } from './due.rows.ts';
import { boxAccount, fundAccount, prepaidAccount, walletOf } from './funds.ts';
import { listAdvancedDues, markRepaid } from './guarantee-advance.rows.ts';
import { type Move, movesOf } from './moves.ts';
import { potHolds } from './pot-holds.ts';

export async function correctContribution(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const contribution = await findContribution(tx, request.subjectId);
  if (contribution?.state !== 'confirmed') return refused(CONTRIBUTION_OVER);
  const now = ground.clock.now();
  const running = await cycleWithRules(tx, contribution.cycleId, now);
  const home = await homeOf(tx, contribution);
  const { funds } = running;
  const credit: Move = {
    row: contribution.id,
    role: 'credit back',
    from: prepaidAccount(contribution.membershipId, funds.currency, contribution.method),
    to: home,
    amount: creditOf(contribution),
  };
  const rows = (await listAllocations(tx, contribution.id)).filter((row) => row.amount > 0n);
  const opposites = rows.map((row) => opposite(ground, row));
  await insertAllocations(tx, opposites);
  for (const row of rows.filter((one) => one.fund === 'guarantee')) await owesAgain(tx, row);
  await markContributionCorrected(tx, contribution.id, now);
  const moves = opposites.map((row) => ({
    row: row.id,
    role: 'move',
    from: fundAccount(funds, row.fund, contribution.method),
    to: home,
    amount: -row.amount,
  }));
  if (!(await isThere(tx, running, contribution, moves))) return refused(CONTRIBUTION_SPENT);
  await tellAll(tx, ground, contribution, request);
  return accepted(movesOf(ground, 'tontine.corrected', contribution.id, [credit, ...moves]));
}

/** Where the money came from: the payer's wallet, or the keeper's box. */
async function homeOf(tx: Tx, contribution: Contribution) {
  const { groupId, currency, keeperId, payerId } = contribution;
  const person = (await findMembership(tx, keeperId ?? payerId))?.personId;
  invariant(person, `contribution ${contribution.id} came from nobody`);
  return keeperId === null ? walletOf(person, currency) : boxAccount(groupId, person, currency);
}

function opposite(ground: Ground, row: AllocationRow): AllocationRow {
  return {
    ...row,
    id: ground.ids.next('alc'),
    amount: -row.amount,
    source: 'reversal',
    reversesId: row.id,
    at: ground.clock.now(),
  };
}

/** What had gone back to the guarantee fund is advanced again. */
async function owesAgain(tx: Tx, row: AllocationRow): Promise<void> {
  const due = await findDue(tx, row.dueId);
  if (due?.kind !== 'pot') return;
  let left = row.amount;
  for (const advanced of (await listAdvancedDues(tx, [due.id])).toReversed()) {
    const part = left < advanced.repaid ? left : advanced.repaid;
    if (part > 0n) await markRepaid(tx, advanced, -part);
    left -= part;
  }
}

/** No round may have been served with it, and no fund may go below zero. */
async function isThere(
  tx: Tx,
  running: RunningCycle,
  contribution: Contribution,
  moves: readonly Move[],
): Promise<boolean> {
  if (!(await potHolds(tx, running))) return false;
  const sums = new Map<Move['from'], bigint>();
  for (const move of moves) sums.set(move.from, (sums.get(move.from) ?? 0n) + move.amount);
  for (const [account, sum] of sums) {
    if (((await readBalance(tx, account))?.available ?? 0n) < sum) return false;
  }
  if (contribution.method === 'wallet') return true;
  // The keeper may have exchanged the notes meanwhile.
  const box = await homeOf(tx, contribution);
  return ((await readBalance(tx, box))?.posted ?? 0n) >= contribution.amount;
}

async function tellAll(
  tx: Tx,
  ground: Ground,
  contribution: Contribution,
  request: ApprovalRequest,
): Promise<void> {
  const { groupId, id: subjectId } = contribution;
  const reason = request.reason ?? undefined;
  const facts = { amount: String(contribution.amount), for: contribution.membershipId };
  await markCorrectionDone(tx, subjectId, ground.clock.now());
  await tellMembers(tx, ground, {
    groupId,
    to: (await listMembers(tx, groupId)).map((member) => member.id),
    kind: 'contribution.corrected',
    subjectId,
    facts: { ...facts, reason: reason ?? '' },
  });
  const actorId = request.requestedBy ?? undefined;
  await writeJournal(tx, ground, {
    groupId,
    act: 'contribution.corrected',
    actorId,
    subjectId,
    reason,
    facts,
  });
  await recordEvent(tx, ground, { name: 'contribution.corrected', subjectId, facts });
}

const CONTRIBUTION_SPENT = refusal(
  'contribution-spent',
  'conflict',
  'Cet argent a déjà été remis à quelqu’un : le versement ne peut plus être annulé.',
  'This money was already handed to somebody: the contribution can no longer be undone.',
);
