/**
 * Reads an amount that a person typed.
 *
 * Nothing is guessed: `25.000` is twenty-five thousand to one reader and twenty-five to another, and a wrong guess
 * moves a thousand times too much. Only text is read, never a JavaScript number, which may have lost a franc before
 * it arrived.
 *
 * Refuses: amount-missing, amount-unreadable, amount-too-long, amount-foreign-digits, amount-negative,
 * amount-exponent, amount-ambiguous, amount-decimals, amount-grouping, amount-zero, amount-below-minimum,
 * amount-above-maximum.
 */
import { type Answer, accepted, type Refusal, refusal, refused } from '../refusal.ts';
import { type Currency, exponentOf } from './currency.ts';
import { type Money, money } from './money.ts';
import { moneyText } from './money-text.ts';

export interface AmountBounds {
  /** Smallest amount accepted, inclusive, in the currency's smallest unit; never below 1. */
  readonly min?: bigint;
  /** Largest amount accepted, inclusive, in the currency's smallest unit. */
  readonly max?: bigint;
}

/** Longer texts are not amounts: fifteen digits and their spaces and unit fit. */
const LONGEST_TEXT = 40;
const MOST_DIGITS = 15;

/** Unit words that may follow the number; the longer ones first. */
const UNIT_WORDS: Readonly<Record<Currency, RegExp>> = {
  XOF: /\s*(?:F\s*CFA|CFA|XOF|F|francs?)$/i,
  XAF: /\s*(?:F\s*CFA|CFA|XAF|F|francs?)$/i,
  GNF: /\s*(?:GNF|FG|F|francs?)$/i,
  EUR: /\s*(?:EUR|€|euros?)$/i,
  USD: /\s*(?:USD|\$)$/i,
};

/** Reads `25000`, `25 000`, `25 000 F`, `25 000 F CFA`; for a currency with cents also `25,50` and `25.50`. */
export function parseAmount(text: unknown, currency: Currency, bounds: AmountBounds = {}): Answer<Money> {
  if (text === undefined || text === null) return refused(MISSING);
  if (typeof text !== 'string') return refused(UNREADABLE);
  if (text.length > LONGEST_TEXT) return refused(TOO_LONG);
  const typed = text.trim();
  if (typed === '') return refused(MISSING);
  const number = typed.replace(UNIT_WORDS[currency], '');
  const exponent = exponentOf(currency);
  const fault = findFault(number, exponent);
  if (fault !== undefined) return refused(fault);
  const [whole = '', decimals = ''] = number.replaceAll(/\s/g, '').split(/[.,]/);
  const digits = whole + decimals.padEnd(exponent, '0');
  if (digits.length > MOST_DIGITS) return refused(TOO_LONG);
  return withinBounds(money(BigInt(digits), currency), bounds);
}

function findFault(number: string, exponent: number): Refusal | undefined {
  if (/\p{Nd}/u.test(number.replaceAll(/[0-9]/g, ''))) return FOREIGN_DIGITS;
  if (/^[-\u2212\u2013]\s*\d|\d\s*-$/.test(number)) return NEGATIVE;
  if (/^\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(number)) return EXPONENT;
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(number)) return AMBIGUOUS;
  const [whole = '', decimals, ...rest] = number.split(/[.,]/);
  if (rest.length > 0 || !/^\d[\d \u00a0\u202f]*$/.test(whole)) return UNREADABLE;
  if (decimals !== undefined) {
    if (!/^\d*$/.test(decimals)) return UNREADABLE;
    if (exponent === 0) return NO_CENTS;
    if (decimals.length === 0 || decimals.length > exponent) return TOO_MANY_DECIMALS;
  }
  if (!/^(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)$/.test(whole)) return GROUPING;
  return undefined;
}

function withinBounds(amount: Money, bounds: AmountBounds): Answer<Money> {
  if (amount.amount === 0n) return refused(ZERO);
  if (bounds.min !== undefined && amount.amount < bounds.min) {
    const least = money(bounds.min, amount.currency);
    return refused(
      refusal(
        'amount-below-minimum',
        'invalid',
        `Le montant minimum est de ${moneyText(least, 'page', 'fr')}.`,
        `The smallest amount is ${moneyText(least, 'page', 'en')}.`,
      ),
    );
  }
  if (bounds.max !== undefined && amount.amount > bounds.max) {
    const most = money(bounds.max, amount.currency);
    return refused(
      refusal(
        'amount-above-maximum',
        'invalid',
        `Le montant maximum est de ${moneyText(most, 'page', 'fr')}.`,
        `The largest amount is ${moneyText(most, 'page', 'en')}.`,
      ),
    );
  }
  return accepted(amount);
}

const MISSING = refusal('amount-missing', 'invalid', 'Indiquez un montant.', 'Enter an amount.');
const UNREADABLE = refusal(
  'amount-unreadable',
  'invalid',
  'Ce montant ne se lit pas. Écrivez seulement des chiffres, par exemple 25000.',
  'This amount cannot be read. Write digits only, for example 25000.',
);
const TOO_LONG = refusal(
  'amount-too-long',
  'invalid',
  'Ce montant est trop long. Vérifiez le nombre de zéros.',
  'This amount is too long. Check the number of zeros.',
);
const FOREIGN_DIGITS = refusal(
  'amount-foreign-digits',
  'invalid',
  'Écrivez le montant avec les chiffres 0 à 9.',
  'Write the amount with the digits 0 to 9.',
);
const NEGATIVE = refusal(
  'amount-negative',
  'invalid',
  'Le montant ne peut pas être négatif.',
  'The amount cannot be negative.',
);
const EXPONENT = refusal(
  'amount-exponent',
  'invalid',
  'Écrivez le montant en entier, sans la lettre « e ».',
  'Write the amount in full, without the letter "e".',
);
const AMBIGUOUS = refusal(
  'amount-ambiguous',
  'invalid',
  'Écrivez le montant sans point ni virgule, par exemple 25000 : nous ne voulons pas deviner.',
  'Write the amount without point or comma, for example 25000: we do not want to guess.',
);
const NO_CENTS = refusal(
  'amount-decimals',
  'invalid',
  'Le franc n’a pas de centimes. Écrivez un nombre entier, par exemple 25000.',
  'The franc has no cents. Write a whole number, for example 25000.',
);
const TOO_MANY_DECIMALS = refusal(
  'amount-decimals',
  'invalid',
  'Écrivez deux chiffres au plus après la virgule.',
  'Write at most two digits after the decimal point.',
);
const GROUPING = refusal(
  'amount-grouping',
  'invalid',
  'Les espaces sont mal placés. Écrivez par exemple 25 000 ou 25000.',
  'The spaces are misplaced. Write for example 25 000 or 25000.',
);
const ZERO = refusal(
  'amount-zero',
  'invalid',
  'Le montant doit être supérieur à zéro.',
  'The amount must be above zero.',
);
