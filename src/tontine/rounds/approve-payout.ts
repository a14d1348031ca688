/**
 * Hands a pot out, or as much of it as the by-law allows now, when enough officers agreed.
 *
 * It posts nothing; it hands back the transfers. Refuses: `payout-absent`, `payout-done`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { findPayout, markPayoutApproved } from './payout.rows.ts';
import { PAYOUT_ABSENT, PAYOUT_DONE } from './payout.ts';
import { settlePayouts } from './settle-payouts.ts';

export async function approvePayout(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const payout = await findPayout(tx, request.subjectId);
  if (payout === undefined) return refused(PAYOUT_ABSENT);
  if (payout.state !== 'proposed') return refused(PAYOUT_DONE);
  const now = ground.clock.now();
  await markPayoutApproved(tx, payout.id, now);
  const running = await cycleWithRules(tx, payout.cycleId, now);
  return accepted(await settlePayouts(tx, ground, running));
}
