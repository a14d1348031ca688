/**
 * Asks to let an officer put notes of their own into their box and be paid for them from a fund's wallet money.
 *
 * Members without a phone are paid in notes; where everybody else pays from wallets there would be none. That the
 * notes are in the box is the officer's word against everybody's money, so others must have seen them.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`, `contribution-amount`,
 * `cash-fund-short`, `approval-nobody`.
 */
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { enterGroup } from '../groups/enter-group.ts';
import { AMOUNT_NOT_POSITIVE } from './contribution.ts';
import { CASH_FUND_SHORT, type ExchangeCash } from './exchange-cash.ts';
import { findExchangeFunds } from './exchange-funds.ts';
import { fundAccount } from './funds.ts';

export async function proposeExchange(
  tx: Tx,
  ground: Ground,
  asked: ExchangeCash,
): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'exchange-cash');
  if (!actor.ok) return actor;
  const found = await findExchangeFunds(tx, asked, ground.clock.now());
  if (!found.ok) return found;
  if (asked.amount <= 0n) return refused(AMOUNT_NOT_POSITIVE);
  const inFund = await readBalance(tx, fundAccount(found.value.funds, asked.fund, 'wallet'));
  if ((inFund?.available ?? 0n) < asked.amount) return refused(CASH_FUND_SHORT);
  const requestedBy = actor.value.membership.id;
  return await askApproval(tx, ground, {
    groupId: asked.groupId,
    rules: actor.value.rules,
    kind: 'exchange',
    subjectId: asked.exchangeId,
    requestedBy,
    beneficiaryId: requestedBy,
    facts: { amount: String(asked.amount), fund: asked.fund },
  });
}
