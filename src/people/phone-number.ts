/**
 * Reads a mobile phone number of one of the nine countries.
 *
 * A number that is understood wrongly sends money to a stranger, so only what is certain is accepted: a valid mobile
 * number under complete metadata (the small metadata accepts ranges that no operator has). The one rewrite is
 * Benin's: since 30 November 2024 every old 8-digit number there is the same one preceded by 01.
 *
 * Refuses: phone-missing, phone-unreadable, phone-foreign-digits, phone-country-missing, phone-country-unsupported,
 * phone-too-short, phone-too-long, phone-not-mobile, phone-not-in-use.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Answer, accepted, invariant, type Refusal, refusal, refused } from '../ground/refusal.ts';
import { COUNTRIES, type Country, countryOfDigits } from './country.ts';

export interface Phone {
  /** With the plus sign, no spaces: the only form that is stored. */
  readonly e164: string;
  readonly country: Country;
  /** The digits after the calling code. */
  readonly national: string;
}

const LONGEST_TEXT = 40;
/** Longest national number of the nine countries; anything longer starts with a calling code. */
const LONGEST_NATIONAL = 10;

/**
 * Reads `07 07 07 07 07` (with `defaultCountry`), `+225 07…`, `00225…`, `225…`; spaces, dots, dashes and brackets may
 * stand between the digits.
 */
export function parsePhone(text: unknown, defaultCountry?: Country): Answer<Phone> {
  if (text === undefined || text === null) return refused(MISSING);
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return refused(UNREADABLE);
  const typed = text.trim();
  if (typed === '') return refused(MISSING);
  if (/\p{Nd}/u.test(typed.replaceAll(/[0-9]/g, ''))) return refused(FOREIGN_DIGITS);
  const compact = typed.replaceAll(/[\s.\-\u2010-\u2013()]/g, '').replace(/^00/, '+');
  if (!/^\+?[0-9]+$/.test(compact)) return refused(UNREADABLE);
  const international = compact.startsWith('+') || compact.length > LONGEST_NATIONAL;
  if (!international) {
    return defaultCountry === undefined ? refused(COUNTRY_MISSING) : parseNational(compact, defaultCountry);
  }
  const digits = compact.replace('+', '');
  const country = countryOfDigits(digits);
  if (country === undefined) return refused(COUNTRY_UNSUPPORTED);
  return parseNational(digits.slice(COUNTRIES[country].callingCode.length), country);
}

/**
 * Reads back a number that this product stored. It asks the metadata nothing: a range that is withdrawn tomorrow must
 * not lock out the people in it. Throws when the country is none of the nine.
 */
export function storedPhone(e164: string): Phone {
  const country = countryOfDigits(e164.slice(1));
  invariant(e164.startsWith('+') && country !== undefined, 'a stored phone number is of no country we serve');
  return { e164, country, national: e164.slice(1 + COUNTRIES[country].callingCode.length) };
}

/** The number as people say it: `+225 07 07 07 07 07`. Takes the stored E.164 form; other text comes back as is. */
export function formatPhone(e164: string): string {
  return grouped(e164, (digit) => digit);
}

/** The number with its middle hidden, for receipts and lists: `+225 07 •• •• •• 12`. */
export function maskPhone(e164: string): string {
  return grouped(e164, (digit, place, length) => (place < 2 || place >= length - 2 ? digit : '•'));
}

type ShowDigit = (digit: string, place: number, length: number) => string;

function grouped(e164: string, show: ShowDigit): string {
  const country = countryOfDigits(e164.slice(1));
  if (country === undefined)
    return Array.from(e164)
      .map((digit, place) => show(digit, place, e164.length))
      .join('');
  const { callingCode, groups } = COUNTRIES[country];
  const national = e164.slice(1 + callingCode.length);
  const shown = Array.from(national)
    .map((digit, place) => show(digit, place, national.length))
    .join('');
  const parts: string[] = [];
  let rest = shown;
  for (const size of groups) {
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return [`+${callingCode}`, ...parts, rest].filter((part) => part !== '').join(' ');
}

function parseNational(digits: string, country: Country): Answer<Phone> {
  const { callingCode, numberLength } = COUNTRIES[country];
  const national = country === 'BJ' && digits.length === 8 ? `01${digits}` : digits;
  if (national.length < numberLength) return refused(wrongLength('phone-too-short', country));
  if (national.length > numberLength) return refused(wrongLength('phone-too-long', country));
  const e164 = `+${callingCode}${national}`;
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined || !parsed.isValid() || parsed.country !== country) return refused(NOT_IN_USE);
  const type = parsed.getType();
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') return refused(NOT_MOBILE);
  return accepted({ e164, country, national });
}

function wrongLength(code: 'phone-too-short' | 'phone-too-long', country: Country): Refusal {
  const { numberLength, fr, en } = COUNTRIES[country];
  const [short, shortEn] = code === 'phone-too-short' ? ['court', 'short'] : ['long', 'long'];
  return refusal(
    code,
    'invalid',
    `Ce numéro est trop ${short} : il faut ${numberLength} chiffres (${fr}), sans compter l’indicatif du pays.`,
    `This number is too ${shortEn}: it takes ${numberLength} digits (${en}), not counting the country code.`,
  );
}

const MISSING = refusal(
  'phone-missing',
  'invalid',
  'Indiquez un numéro de téléphone.',
  'Enter a phone number.',
);
const UNREADABLE = refusal(
  'phone-unreadable',
  'invalid',
  'Ce numéro ne se lit pas. Écrivez seulement des chiffres, par exemple +225 07 00 12 34 56.',
  'This number cannot be read. Write digits only, for example +225 07 00 12 34 56.',
);
const FOREIGN_DIGITS = refusal(
  'phone-foreign-digits',
  'invalid',
  'Écrivez le numéro avec les chiffres 0 à 9.',
  'Write the number with the digits 0 to 9.',
);
const COUNTRY_MISSING = refusal(
  'phone-country-missing',
  'invalid',
  'Commencez par l’indicatif du pays, par exemple +225.',
  'Start with the country code, for example +225.',
);
const COUNTRY_UNSUPPORTED = refusal(
  'phone-country-unsupported',
  'invalid',
  'Ce pays n’est pas encore servi. Nous servons la Côte d’Ivoire, le Sénégal, le Bénin, le Togo, le Burkina Faso, ' +
    'le Mali, le Niger, la Guinée et le Cameroun.',
  'This country is not served yet. We serve Côte d’Ivoire, Senegal, Benin, Togo, Burkina Faso, Mali, Niger, Guinea ' +
    'and Cameroon.',
);
const NOT_MOBILE = refusal(
  'phone-not-mobile',
  'invalid',
  'Ce numéro n’est pas celui d’un téléphone mobile.',
  'This is not the number of a mobile phone.',
);
const NOT_IN_USE = refusal(
  'phone-not-in-use',
  'invalid',
  'Aucun opérateur n’utilise ce numéro. Vérifiez les premiers chiffres.',
  'No operator uses this number. Check its first digits.',
);
