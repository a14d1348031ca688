/**
 * Undoes a contribution when enough officers agreed: every allocation gets its opposite, and the money goes back where
 * it came from. What was wrong stays visible, and all members are told.
 *
 * It posts nothing; it hands back the transfers. Refuses: `contribution-over`, `contribution-settled` when a leaver was
 * promised it back, the share was handed on with it, or it covers a default, `contribution-spent` when the pot was handed out meanwhile, or the fund does
 * not hold it any more, or the box has promised its notes to somebody.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { cycleWithRules, type RunningCycle } from '../cycles/running-cycle.ts';
import { findShare } from '../cycles/share.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { isDefaultCover } from '../members/default.rows.ts';
import { findExit } from '../members/exit.rows.ts';
import { waitingFor } from '../members/exit-claims.ts';
import { findMembership, listMembers } from '../members/membership.rows.ts';
import { tellMembers } from '../members/tell-members.ts';
import { type AllocationRow, insertAllocations, listAllocations } from './allocation.rows.ts';
import { freeInBox } from './box.ts';
import { findContribution, markContributionCorrected } from './contribution.rows.ts';
import { CONTRIBUTION_OVER, type Contribution, creditOf } from './contribution.ts';
import { markCorrectionDone } from './correction.rows.ts';
import { findDue, sumExitsMet } from './due.rows.ts';
import type { Due } from './due.ts';
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
  const all = await listAllocations(tx, contribution.id);
  // What a sold pot or a covered default has set free is credit by now.
  const undone = new Set(all.map((row) => row.reversesId));
  const rows = all.filter((row) => row.amount > 0n && !undone.has(row.id));
  const dues = await duesOf(tx, rows);
  if (await isPromised(tx, contribution, dues)) return refused(CONTRIBUTION_SETTLED);
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
  if (await wasRefunded(tx, dues)) return refused(CONTRIBUTION_SPENT);
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

async function duesOf(tx: Tx, rows: readonly AllocationRow[]): Promise<Due[]> {
  const found: Due[] = [];
  for (const row of rows) {
    const due = await findDue(tx, row.dueId);
    if (due !== undefined) found.push(due);
  }
  return found;
}

/**
 * A leaver gets back what they have paid, from the group or from whoever took their share over, and who stood in for
 * somebody has: undone besides, it would be given twice.
 */
async function isPromised(tx: Tx, contribution: Contribution, dues: readonly Due[]): Promise<boolean> {
  for (const due of dues) {
    if (due.kind !== 'pot' || due.shareId === null) continue;
    const share = await findShare(tx, due.shareId);
    if (share?.state === 'withdrawn' || share?.membershipId !== contribution.membershipId) return true;
  }
  return await isDefaultCover(tx, contribution);
}

/** What the served gave back for a leaver has gone on to the leaver. */
async function wasRefunded(tx: Tx, dues: readonly Due[]): Promise<boolean> {
  const ids = new Set(dues.flatMap((due) => (due.kind === 'exit' && due.subjectId ? [due.subjectId] : [])));
  for (const id of ids) {
    const exit = await findExit(tx, id);
    if (exit === undefined) continue;
    const met = await sumExitsMet(tx, id);
    const gone = exit.refundedWallet + exit.refundedCash + (await waitingFor(tx, exit));
    if (met.wallet + met.cash < gone) return true;
  }
  return false;
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
  const { groupId, keeperId, currency, amount } = contribution;
  if (keeperId === null) return true;
  // The keeper may have exchanged the notes meanwhile, or says that they gave them to somebody who has not answered yet.
  const personId = (await findMembership(tx, keeperId))?.personId;
  invariant(personId, `contribution ${contribution.id} is in nobody’s box`);
  return (await freeInBox(tx, { groupId, keeperId, personId, currency })) >= amount;
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
const CONTRIBUTION_SETTLED = refusal(
  'contribution-settled',
  'conflict',
  'Ce versement compte dans le remboursement d’un membre sorti ou dans le prix d’une part cédée, ou couvre une défaillance : il ne peut plus être annulé.',
  'This contribution counts for the refund of a member who left or for the price of a share handed on, or covers a default: it can no longer be undone.',
);
