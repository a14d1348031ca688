/**
 * Answers the auditor's first question: does everything add up?
 *
 * In every currency what was debited equals what was credited, for good and in holds apart; and every account holds
 * what the journal says when it is replayed from its first row. It reads the whole journal: for the night, not for a
 * page.
 */
import type { Reader } from '../postgres/database.ts';
import type { AccountId } from './account.ts';
import { type DifferenceRow, listCurrencySums, listDifferences } from './trial-balance.rows.ts';

export interface CurrencySums {
  readonly currency: string;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
}

export interface Difference {
  /** Nothing when the journal names an account that does not exist. */
  readonly account: AccountId | undefined;
  readonly amount: DifferenceRow['amount'];
  readonly onAccount: bigint;
  readonly inJournal: bigint;
}

export interface TrialBalance {
  readonly currencies: readonly CurrencySums[];
  readonly differences: readonly Difference[];
  /** True when debits equal credits in every currency, and nothing differs from the journal. */
  readonly balanced: boolean;
}

export async function readTrialBalance(reader: Reader): Promise<TrialBalance> {
  const currencies = (await listCurrencySums(reader)).map((row) => ({
    currency: row.currency,
    debitsPosted: BigInt(row.debits_posted),
    creditsPosted: BigInt(row.credits_posted),
    debitsPending: BigInt(row.debits_pending),
    creditsPending: BigInt(row.credits_pending),
  }));
  const differences = (await listDifferences(reader)).map((row) => ({
    account: row.id ?? undefined,
    amount: row.amount,
    onAccount: BigInt(row.on_account),
    inJournal: BigInt(row.in_journal),
  }));
  const balanced =
    differences.length === 0 &&
    currencies.every(
      (sums) => sums.debitsPosted === sums.creditsPosted && sums.debitsPending === sums.creditsPending,
    );
  return { currencies, differences, balanced };
}
