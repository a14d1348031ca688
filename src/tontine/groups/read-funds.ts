/**
 * Tells what the funds of a group hold, in wallets and in notes, and what is in whose box: one read of the ledger.
 */

import type { AccountId } from '../../ground/ledger/account.ts';
import { type AccountBalance, readBalances } from '../../ground/ledger/balance.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { boxAccount, type Funds, fundAccount } from '../rounds/funds.ts';

export const SHOWN_FUNDS = ['pot', 'solidarity', 'guarantee', 'fines', 'interest'] as const;
export type ShownFund = (typeof SHOWN_FUNDS)[number];

export interface FundStanding {
  readonly fund: ShownFund;
  readonly wallet: bigint;
  readonly cash: bigint;
}

export interface BoxStanding {
  readonly keeperId: string;
  readonly name: string;
  readonly amount: bigint;
}

export interface FundsStanding {
  readonly funds: readonly FundStanding[];
  readonly boxes: readonly BoxStanding[];
}

export interface KeeperOfBox {
  readonly membershipId: string;
  readonly personId: string | null;
  readonly name: string;
}

export async function readFunds(
  reader: Reader,
  of: Funds,
  keepers: readonly KeeperOfBox[],
): Promise<FundsStanding> {
  const boxes = keepers.flatMap((keeper) =>
    keeper.personId === null
      ? []
      : [{ ...keeper, account: boxAccount(of.groupId, keeper.personId, of.currency) }],
  );
  const halves = SHOWN_FUNDS.flatMap((fund) => [
    fundAccount(of, fund, 'wallet'),
    fundAccount(of, fund, 'cash'),
  ]);
  const balances = await readBalances(reader, [...halves, ...boxes.map((box) => box.account)]);
  return {
    funds: SHOWN_FUNDS.map((fund) => ({
      fund,
      wallet: postedOn(balances, fundAccount(of, fund, 'wallet')),
      cash: postedOn(balances, fundAccount(of, fund, 'cash')),
    })),
    boxes: boxes.map((box) => ({
      keeperId: box.membershipId,
      name: box.name,
      amount: postedOn(balances, box.account),
    })),
  };
}

function postedOn(balances: ReadonlyMap<AccountId, AccountBalance>, account: AccountId): bigint {
  return balances.get(account)?.posted ?? 0n;
}
