/**
 * Names the nine countries that the product serves, and how their phone numbers are built.
 *
 * The list is closed on purpose: a code sent to any other country is how SMS-pumping fraud begins.
 */
import type { Currency } from '../ground/money/currency.ts';

/** ISO 3166-1 alpha-2. */
export type Country = 'CI' | 'SN' | 'BJ' | 'TG' | 'BF' | 'ML' | 'NE' | 'GN' | 'CM';

export interface CountryFacts {
  /** Without the plus sign. */
  readonly callingCode: string;
  /** Digits of a mobile number without the calling code. */
  readonly numberLength: number;
  /** How people there group the digits when they say a number. */
  readonly groups: readonly number[];
  readonly currency: Currency;
  readonly fr: string;
  readonly en: string;
}

const FIVE_PAIRS = [2, 2, 2, 2, 2];
const FOUR_PAIRS = [2, 2, 2, 2];

/** The countries in the order in which the forms offer them. */
export const COUNTRIES: Readonly<Record<Country, CountryFacts>> = {
  CI: facts('225', 10, FIVE_PAIRS, 'XOF', 'Côte d’Ivoire', 'Côte d’Ivoire'),
  SN: facts('221', 9, [2, 3, 2, 2], 'XOF', 'Sénégal', 'Senegal'),
  BJ: facts('229', 10, FIVE_PAIRS, 'XOF', 'Bénin', 'Benin'),
  TG: facts('228', 8, FOUR_PAIRS, 'XOF', 'Togo', 'Togo'),
  BF: facts('226', 8, FOUR_PAIRS, 'XOF', 'Burkina Faso', 'Burkina Faso'),
  ML: facts('223', 8, FOUR_PAIRS, 'XOF', 'Mali', 'Mali'),
  NE: facts('227', 8, FOUR_PAIRS, 'XOF', 'Niger', 'Niger'),
  GN: facts('224', 9, [3, 2, 2, 2], 'GNF', 'Guinée', 'Guinea'),
  CM: facts('237', 9, [1, 2, 2, 2, 2], 'XAF', 'Cameroun', 'Cameroon'),
};

export const COUNTRY_CODES: readonly Country[] = ['CI', 'SN', 'BJ', 'TG', 'BF', 'ML', 'NE', 'GN', 'CM'];

/** The country whose calling code begins these international digits (no plus sign), when it is one of the nine. */
export function countryOfDigits(digits: string): Country | undefined {
  return COUNTRY_CODES.find((country) => digits.startsWith(COUNTRIES[country].callingCode));
}

function facts(
  callingCode: string,
  numberLength: number,
  groups: readonly number[],
  currency: Currency,
  fr: string,
  en: string,
): CountryFacts {
  return { callingCode, numberLength, groups, currency, fr, en };
}
