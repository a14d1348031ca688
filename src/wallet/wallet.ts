/**
 * Is a person's spendable account in the books.
 *
 * One wallet per person, in the currency of the country where the number was issued. No money changes currency on the
 * way in: XOF and XAF are two unions with two laws.
 */
import { type AccountId, accountId } from '../ground/ledger/account.ts';
import type { Currency } from '../ground/money/currency.ts';
import { COUNTRIES, type Country } from '../people/country.ts';
import type { Identification } from '../people/identification.ts';

/** The currency of a country's mobile money. */
export function currencyOf(country: Country): Currency {
  return COUNTRIES[country].currency;
}

export interface WalletOwner {
  readonly id: string;
  readonly country: Country;
}

/** An owner whose limits matter. */
export interface IdentifiedOwner extends WalletOwner {
  readonly identification: Identification;
}

export function walletAccount(owner: WalletOwner): AccountId {
  return accountId('member', owner.id, currencyOf(owner.country));
}
