/**
 * Names the currencies and how many decimals each has.
 *
 * The exponent lives here and nowhere else: multiplying francs by 100 because "cents" exist elsewhere is a classic
 * way to charge a hundred times too much. XOF, XAF and GNF have exponent 0 (ISO 4217), so 1 is one franc.
 */
export type Currency =
  | 'XOF' // franc CFA of the West African union (BCEAO)
  | 'XAF' // franc CFA of the Central African union (BEAC)
  | 'GNF' // franc of Guinea
  | 'EUR' // euro
  | 'USD'; // United States dollar

const EXPONENTS: Readonly<Record<Currency, number>> = { XOF: 0, XAF: 0, GNF: 0, EUR: 2, USD: 2 };

export const CURRENCIES = Object.keys(EXPONENTS) as readonly Currency[];

/** Number of decimals of the currency: an amount of 1 is 10^−exponent of it. */
export function exponentOf(currency: Currency): number {
  return EXPONENTS[currency];
}

/** True for the codes above, in capital letters. */
export function isCurrency(text: unknown): text is Currency {
  return typeof text === 'string' && Object.hasOwn(EXPONENTS, text);
}
