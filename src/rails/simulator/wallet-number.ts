/**
 * Writes a wallet's number in one way: digits with the country's calling code, no plus sign.
 *
 * The clients of the real API send `690000000`, `237690000000` and `+2250700000000` for the same kind of field. Two
 * spellings of one number would be two phones, and a push would wait on the one that nobody looks at.
 */
import { COUNTRIES } from './catalogue.ts';

/**
 * The international digits of `typed`, or nothing when it is no number of the countries served. With a `country` the
 * national form is understood too, and a number of another country is refused.
 */
export function walletNumber(typed: string, country?: string): string | undefined {
  const compact = typed.replaceAll(/[\s.()-]/g, '');
  const digits = compact.replace(/^(\+|00)/, '');
  if (!/^\d{8,15}$/.test(digits)) return undefined;
  for (const [code, { callingCode, nationalDigits }] of Object.entries(COUNTRIES)) {
    if (country !== undefined && code !== country) continue;
    if (digits.startsWith(callingCode) && digits.length === callingCode.length + nationalDigits)
      return digits;
    if (country !== undefined && digits.length === nationalDigits) return callingCode + digits;
  }
  return undefined;
}

/** The number for people: `+225 07 00 00 12 34`. */
export function walletText(wallet: string): string {
  const country = Object.values(COUNTRIES).find(
    ({ callingCode, nationalDigits }) =>
      wallet.startsWith(callingCode) && wallet.length === callingCode.length + nationalDigits,
  );
  if (country === undefined) return wallet;
  const national = wallet.slice(country.callingCode.length);
  // Nine digits are read 77 123 45 67, the even lengths by pairs.
  const groups = national.length === 9 ? /^(..)(...)(..)(..)$/ : /(..)(?=.)/g;
  const spaced =
    national.length === 9 ? national.replace(groups, '$1 $2 $3 $4') : national.replace(groups, '$1 ');
  return `+${country.callingCode} ${spaced}`;
}
