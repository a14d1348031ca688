/**
 * Guesses the operator of a number from its first digits, to tick the likely choice in a form.
 *
 * It is a hint and nothing more: numbers move between operators (Benin and Cameroon have portability), and Wave works
 * on all of them. No payment may be sent anywhere because of this table.
 */
import type { Country } from './country.ts';
import type { Phone } from './phone-number.ts';

/** Whose mobile money a number most likely has. */
export type OperatorHint =
  | 'orange' // Orange Money
  | 'mtn' // MTN Mobile Money
  | 'moov' // Moov Money
  | 'other'; // a known operator without a method here

/** Where the table comes from, to know when it is old. */
export const OPERATOR_TABLE_SOURCE = {
  source: 'google/libphonenumber, carrier metadata',
  version: '9.0.35',
  published: '2026-07',
} as const;

type Prefixes = Partial<Record<OperatorHint, string>>;

/** First digits of the national number, separated by spaces; `50-54` is each of 50, 51, 52, 53, 54. */
const PREFIXES: Readonly<Record<Country, Prefixes>> = {
  CI: { orange: '07', mtn: '05', moov: '01' },
  SN: { orange: '71 77 78', other: '70 72 75 76 79' },
  BJ: {
    mtn: '0142 0146 0150-0154 0156 0157 0159 0161 0162 0166 0167 0169 0190 0191 0196 0197',
    moov: '0145 0155 0158 0160 0163-0165 0168 0194 0195 0198 0199',
    other: '0128 0140 0141 0143 0144 0147-0149 0192 0193',
  },
  TG: { moov: '78 79 96-99', other: '70-72 90-93' },
  BF: {
    moov: '01-03 50-53 60-63 70-73',
    orange: '04-07 44-46 54-57 64-67 74-77',
    other: '58 68 69 78 79',
  },
  ML: { orange: '7 82-85 90-94 200', moov: '6 89 95-99 2079 217', other: '5' },
  NE: { moov: '74 84 85 94 95', other: '77 86-89 96-99 23 70 80-83 90-93' },
  GN: { orange: '61 62', mtn: '66', other: '60 63 65' },
  CM: {
    mtn: '650-654 67 680-683',
    orange: '640-642 655-659 686-689 69',
    other: '62 66 684 685 242 243',
  },
};

const TABLE: ReadonlyMap<string, OperatorHint> = new Map(
  Object.entries(PREFIXES).flatMap(([country, operators]) =>
    Object.entries(operators).flatMap(([operator, ranges]) =>
      ranges
        .split(' ')
        .flatMap(expand)
        .map((prefix): [string, OperatorHint] => [country + prefix, operator as OperatorHint]),
    ),
  ),
);
const LONGEST_PREFIX = 4;

/** The likely operator, by the longest prefix that is known; nothing when none is. */
export function operatorHint(phone: Phone): OperatorHint | undefined {
  for (let length = LONGEST_PREFIX; length > 0; length--) {
    const hint = TABLE.get(phone.country + phone.national.slice(0, length));
    if (hint !== undefined) return hint;
  }
  return undefined;
}

function expand(range: string): string[] {
  const [first = '', last] = range.split('-');
  if (last === undefined) return [first];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_empty, step) =>
    String(Number(first) + step).padStart(first.length, '0'),
  );
}
