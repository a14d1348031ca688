/**
 * Takes an officer's notes into their box and pays them from the fund's wallet money, when enough people have seen the
 * notes.
 *
 * It posts nothing; it hands back the transfers. Refuses: `cycle-not-running`, `cash-fund-short`.
 */
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { insertBox, insertExchange } from './cash-box.rows.ts';
import { CASH_FUND_SHORT } from './exchange-cash.ts';
import { type ExchangedFund, findExchangeFunds } from './exchange-funds.ts';
import { boxAccount, fundAccount, walletOf } from './funds.ts';
import { movesOf } from './moves.ts';
import { settlePayouts } from './settle-payouts.ts';

export async function carryExchange(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const { groupId, subjectId: id } = request;
  const now = ground.clock.now();
  const fund = (request.facts.fund ?? 'pot') as ExchangedFund;
  const found = await findExchangeFunds(tx, { groupId, fund }, now);
  if (!found.ok) return found;
  const { funds, running } = found.value;
  const { currency } = funds;
  const amount = BigInt(request.facts.amount ?? '0');
  const account = fundAccount(funds, fund, 'wallet');
  if (((await readBalance(tx, account))?.available ?? 0n) < amount) return refused(CASH_FUND_SHORT);
  const keeper = await findMembership(tx, request.requestedBy ?? '');
  invariant(keeper?.personId, `exchange ${id} was asked by nobody`);
  const keeperId = keeper.id;
  await insertBox(tx, groupId, keeperId, now);
  await insertExchange(tx, { id, groupId, keeperId, accountId: account, currency, amount: -amount, at: now });
  const facts = { amount: String(amount), fund, to: 'notes' };
  await writeJournal(tx, ground, { groupId, act: 'cash.exchanged', actorId: keeperId, subjectId: id, facts });
  const box = boxAccount(groupId, keeper.personId, currency);
  const transfers = movesOf(ground, 'tontine.exchanged', id, [
    { row: id, role: 'notes', from: box, to: fundAccount(funds, fund, 'cash'), amount },
    { row: id, role: 'wallet', from: account, to: walletOf(keeper.personId, currency), amount },
  ]);
  if (running === undefined) return accepted(transfers);
  return accepted([...transfers, ...(await settlePayouts(tx, ground, running, transfers))]);
}
