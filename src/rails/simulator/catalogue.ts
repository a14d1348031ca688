/**
 * Lists the ways to pay that the simulated aggregator offers, country by country.
 *
 * The ids 1 to 5 are the documented ones; the others are deliberately irregular, as on the real merchant accounts, so
 * that nobody is tempted to hard-code them. Some services cannot pay out, one operator is unknown to the product, and
 * several countries only take amounts in steps of 5 francs: what differs there must differ here.
 */
import type { Currency } from '../../ground/money/currency.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: Currency;
  readonly deposits: boolean;
  readonly withdrawals: boolean;
  /** Smallest and largest amount of one payment, in francs, and the step between two amounts. */
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
  readonly stepAmount: bigint;
  /** Fee on what is collected, in hundredths of a percent (150 = 1.5 %), rounded up to a whole franc. */
  readonly feeBasisPoints: bigint;
  readonly needsOtp: boolean;
  /** The person continues on a hosted page, to pay or to be paid, and no message is sent to a phone. */
  readonly isCard: boolean;
}

export interface Country {
  readonly name: string;
  readonly currency: Currency;
  readonly callingCode: string;
  /** Digits of a national number, without the calling code. */
  readonly nationalDigits: number;
}

export const COUNTRIES: Readonly<Record<string, Country>> = {
  CI: { name: "Côte d'Ivoire", currency: 'XOF', callingCode: '225', nationalDigits: 10 },
  SN: { name: 'Sénégal', currency: 'XOF', callingCode: '221', nationalDigits: 9 },
  BJ: { name: 'Bénin', currency: 'XOF', callingCode: '229', nationalDigits: 10 },
  TG: { name: 'Togo', currency: 'XOF', callingCode: '228', nationalDigits: 8 },
  BF: { name: 'Burkina Faso', currency: 'XOF', callingCode: '226', nationalDigits: 8 },
  ML: { name: 'Mali', currency: 'XOF', callingCode: '223', nationalDigits: 8 },
  CM: { name: 'Cameroun', currency: 'XAF', callingCode: '237', nationalDigits: 9 },
};

/** id, name, operator, largest amount, step, fee in basis points, what is special about it. */
type Row = readonly [string, string, string, number, number, number, ...Particularity[]];

type Particularity =
  | 'otp' // the payer makes a code on the operator's menu first
  | 'deposit-only' // money can come in and cannot go out
  | 'card' // hosted card page; most cards are not paid out to
  | 'card-payout'; // this one is, on the same kind of page

const ROWS: readonly Row[] = [
  ['1', 'MOMO CM', 'MTN Mobile Money', 1_000_000, 5, 300],
  ['2', 'OM CM', 'Orange Money', 1_000_000, 5, 300, 'deposit-only'],
  ['3', 'OM CI', 'Orange Money', 1_500_000, 1, 180, 'otp'],
  ['4', 'OM SN', 'Orange Money', 1_500_000, 5, 190, 'otp'],
  ['5', 'OM BF', 'Orange Money', 1_000_000, 5, 220, 'otp', 'deposit-only'],
  ['30', 'MOMO CI', 'MTN Mobile Money', 1_500_000, 1, 170],
  ['31', 'MOOV CI', 'Moov Money', 1_500_000, 1, 200],
  ['32', 'WAVE CI', 'Wave', 2_000_000, 1, 150],
  ['25', 'WAVE SN', 'Wave', 2_000_000, 1, 150],
  ['35', 'MOMO BJ', 'MTN Mobile Money', 1_000_000, 1, 200],
  ['36', 'MOOV BJ', 'Moov Money', 1_000_000, 1, 210],
  ['37', 'T-MONEY TG', 'Mixx by Yas (T-Money)', 1_000_000, 1, 250],
  ['38', 'MOOV TG', 'Moov Money (Flooz)', 1_000_000, 1, 240],
  ['33', 'MOOV BF', 'Moov Money', 1_000_000, 5, 220],
  ['39', 'OM ML', 'Orange Money', 1_000_000, 5, 230],
  ['40', 'MOOV ML', 'Moov Money', 1_000_000, 5, 230, 'deposit-only'],
  ['71', 'VISA CI', 'Carte Visa', 1_000_000, 1, 350, 'card'],
  ['72', 'VISA SN', 'Carte Visa', 1_000_000, 1, 350, 'card', 'card-payout'],
  ['74', 'VISA BJ', 'Carte Visa', 1_000_000, 1, 350, 'card'],
  ['75', 'VISA TG', 'Carte Visa', 1_000_000, 1, 350, 'card'],
  ['77', 'VISA BF', 'Carte Visa', 1_000_000, 1, 350, 'card'],
  ['78', 'VISA ML', 'Carte Visa', 1_000_000, 1, 350, 'card'],
  ['79', 'VISA CM', 'Carte Visa', 1_000_000, 1, 350, 'card'],
];

export const CATALOGUE: readonly CatalogueEntry[] = ROWS.map(toEntry);

function toEntry([id, name, operator, max, step, fee, ...particularities]: Row): CatalogueEntry {
  const code = name.slice(-2);
  const country = COUNTRIES[code];
  if (country === undefined) throw new Error(`the catalogue names no country in ${name}`);
  const isCard = particularities.includes('card');
  return {
    id,
    name,
    description: `${operator} ${country.name}`,
    country: code,
    currency: country.currency,
    deposits: true,
    withdrawals: isCard ? particularities.includes('card-payout') : !particularities.includes('deposit-only'),
    minAmount: 100n,
    maxAmount: BigInt(max),
    stepAmount: BigInt(step),
    feeBasisPoints: BigInt(fee),
    needsOtp: particularities.includes('otp'),
    isCard,
  };
}

/** The official clients may also name the two services of Cameroon by operator. */
const NICKNAMES: Readonly<Record<string, string>> = { mtn: '1', orange: '2' };

/** By id; the two nicknames are understood in any case of letters. */
export function findEntry(idOrName: string): CatalogueEntry | undefined {
  const id = NICKNAMES[idOrName.toLowerCase()] ?? idOrName;
  return CATALOGUE.find((entry) => entry.id === id);
}
