/**
 * Names the ledger accounts of a group: every fund in two halves, by where its money is.
 *
 * What is in wallets is backed by the float at the provider; what is in boxes is notes. The two halves never pay for
 * each other by themselves: a wallet that was credited from notes would be money from nothing. So the boxes of a group
 * always hold exactly what its funds in notes say.
 */
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { AllocatedFund } from './allocation.rows.ts';
import type { ExpectedFor } from './due.ts';

/** Where money is. */
export type Purse =
  | 'wallet' // on accounts, backed by the provider's float
  | 'cash'; // in a box

export interface Funds {
  readonly groupId: string;
  readonly cycleId: string;
  readonly currency: Currency;
}

/** The pot belongs to a cycle, every other fund to the group. */
export function fundAccount(of: Funds, fund: AllocatedFund | 'interest', purse: Purse): AccountId {
  const owner = fund === 'pot' ? of.cycleId : of.groupId;
  return accountId(fund, purse === 'cash' ? `${owner}:cash` : owner, of.currency);
}

/** What a member paid beyond what was due. */
export function prepaidAccount(membershipId: string, currency: Currency, purse: Purse): AccountId {
  return accountId('prepaid', purse === 'cash' ? `${membershipId}:cash` : membershipId, currency);
}

/** The box of one keeper, named by the person: it stays the same box whatever becomes of the membership. */
export function boxAccount(groupId: string, keeperPersonId: string, currency: Currency): AccountId {
  return accountId('cash', `${groupId}:${keeperPersonId}`, currency);
}

/** What a keeper owes the group because it was missing in their box. */
export function keeperDebtAccount(groupId: string, personId: string, currency: Currency): AccountId {
  return accountId('receivable', `${groupId}:${personId}`, currency);
}

export function walletOf(personId: string, currency: Currency): AccountId {
  return accountId('member', personId, currency);
}

/** Where the money of a due goes; what is owed to a leaver passes through the pot. */
export function fundOf(kind: ExpectedFor): AllocatedFund {
  if (kind === 'fine') return 'fines';
  return kind === 'exit' ? 'pot' : kind;
}
