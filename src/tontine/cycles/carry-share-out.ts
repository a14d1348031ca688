/**
 * Shares the common fund out in the moment of the last agreement: into wallets at once, in notes as something to be handed
 * over.
 *
 * What is shared is what the fund holds now; when that is not what was agreed to, nothing is, and it is asked anew. It
 * posts nothing; it hands back the transfers.
 *
 * Refuses: `share-out-changed`, and what the plan refuses.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellMembers } from '../members/tell-members.ts';
import { insertHandout } from '../rounds/cash-box.rows.ts';
import { walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { type PlannedPart, planShareOut, type ShareOutPlan } from './plan-share-out.ts';
import { insertShareOut, type ShareOutPart } from './share-out.rows.ts';

/** A part that has its row. */
interface NumberedPart extends ShareOutPart {
  /** Nobody where it goes in notes. */
  readonly personId: string | undefined;
}

export async function carryShareOut(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const { groupId, id: requestId, subjectId: cycleId } = request;
  const planned = await planShareOut(tx, groupId);
  if (!planned.ok) return planned;
  const plan = planned.value;
  if (plan.cycle.id !== cycleId || String(plan.total) !== request.facts.amount) return refused(CHANGED);
  const id = ground.ids.next('sho');
  const at = ground.clock.now();
  const parts = plan.parts.flatMap((part) => numbered(ground, part));
  const { total, shares } = plan;
  await insertShareOut(tx, { id, groupId, cycleId, requestId, total, shares, at }, parts);
  const { currency } = plan.cycle;
  for (const part of parts.filter((one) => one.inNotes)) {
    await insertHandout(tx, {
      id: ground.ids.next('hnd'),
      groupId,
      membershipId: part.membershipId,
      purpose: 'share-out',
      subjectId: part.id,
      accountId: part.accountId,
      currency,
      amount: part.amount,
      createdAt: at,
    });
  }
  await tell(tx, ground, { id, groupId }, plan);
  const moves = parts.flatMap(({ id: row, personId, accountId: from, amount, inNotes }) =>
    personId === undefined || inNotes
      ? []
      : [{ row, role: 'wallet', from, to: walletOf(personId, currency), amount }],
  );
  return accepted(movesOf(ground, 'tontine.shared-out', id, moves));
}

function numbered(ground: Ground, { membershipId, shares, personId, pieces }: PlannedPart): NumberedPart[] {
  return pieces.map(({ account, purse, amount }) => ({
    id: ground.ids.next('shp'),
    membershipId,
    shares,
    personId,
    accountId: account,
    inNotes: purse === 'cash',
    amount,
  }));
}

async function tell(
  tx: Tx,
  ground: Ground,
  { id: subjectId, groupId }: { readonly id: string; readonly groupId: string },
  { total, parts }: ShareOutPlan,
): Promise<void> {
  const facts = { amount: String(total) };
  await writeJournal(tx, ground, { groupId, act: 'fund.shared-out', subjectId, facts });
  for (const { membershipId, amount } of parts) {
    await tellMembers(tx, ground, {
      groupId,
      to: [membershipId],
      kind: 'fund.shared-out',
      subjectId,
      facts: { amount: String(amount) },
    });
  }
  await recordEvent(tx, ground, { name: 'fund.shared-out', subjectId, facts });
}

const CHANGED = refusal(
  'share-out-changed',
  'conflict',
  'Le fonds commun n’est plus celui qui était demandé. Répondez non, puis demandez le partage de nouveau.',
  'The common fund is not what was asked about any more. Answer no, then ask for the share-out anew.',
);
