/**
 * Does what was agreed to, in the transaction of the deciding voice: kind by kind, the one act that follows.
 *
 * What it hands back are the transfers that are still to be posted, because the ledger comes last.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import { carryShareOut } from '../cycles/carry-share-out.ts';
import { waivePenalty } from '../discipline/waive-penalty.ts';
import { adoptRules } from '../groups/adopt-rules.ts';
import { agreeVariance } from '../meetings/agree-variance.ts';
import { approveExit } from '../members/approve-exit.ts';
import { coverDefault } from '../members/cover-default.ts';
import { expelMember } from '../members/expel-member.ts';
import { approvePayout } from '../rounds/approve-payout.ts';
import { carryExchange } from '../rounds/carry-exchange.ts';
import { correctContribution } from '../rounds/correct-contribution.ts';
import { grantAid } from '../solidarity/grant-aid.ts';
import { substituteShare } from '../turns/substitute-share.ts';
import type { ApprovalKind, ApprovalRequest } from './approval.ts';

/** What follows a yes. */
export type CarryOut = (tx: Tx, ground: Ground, request: ApprovalRequest) => Promise<Answer<Transfer[]>>;

/** Complete by type: what nothing follows from cannot be asked. */
const CONSEQUENCES: Readonly<Record<ApprovalKind, CarryOut>> = {
  payout: approvePayout,
  rules: adoptRules,
  waiver: waivePenalty,
  expulsion: expelMember,
  correction: correctContribution,
  exit: approveExit,
  'default-cover': coverDefault,
  substitution: substituteShare,
  aid: grantAid,
  exchange: carryExchange,
  'cash-variance': agreeVariance,
  'share-out': carryShareOut,
};

export async function carryOut(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  return await CONSEQUENCES[request.kind](tx, ground, request);
}
