/**
 * Knows the calling code and the currency of each country that the adapter can serve.
 *
 * A service announced with another currency than its country's would ask people for the wrong money, and a number of
 * another country cannot be asked at all: both are stopped here, before anything is sent.
 */
import type { Currency } from '../../../ground/money/currency.ts';

export interface Country {
  readonly callingCode: string;
  readonly currency: Currency;
}

const COUNTRIES: Readonly<Record<string, Country>> = {
  BF: { callingCode: '226', currency: 'XOF' },
  BJ: { callingCode: '229', currency: 'XOF' },
  CI: { callingCode: '225', currency: 'XOF' },
  CM: { callingCode: '237', currency: 'XAF' },
  GN: { callingCode: '224', currency: 'GNF' },
  ML: { callingCode: '223', currency: 'XOF' },
  NE: { callingCode: '227', currency: 'XOF' },
  SN: { callingCode: '221', currency: 'XOF' },
  TG: { callingCode: '228', currency: 'XOF' },
};

/** By ISO 3166-1 alpha-2 code, in capital letters. */
export function countryOf(code: string): Country | undefined {
  return Object.hasOwn(COUNTRIES, code) ? COUNTRIES[code] : undefined;
}
