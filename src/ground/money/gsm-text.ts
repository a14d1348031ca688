/**
 * Fits a text to the alphabet of text messages, and counts what it will cost.
 *
 * One letter outside the GSM 7-bit alphabet (3GPP TS 23.038) turns the whole message into UCS-2: 70 characters per
 * segment instead of 160. French loses ê, ç, œ and the typographic quotes; é, è, à and ù stay.
 */

/** The basic set, without the escape character: one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Reached through the escape character: two septets each. */
const EXTENDED = new Set('^{}\\[~]|€');

/** Signs and letters, some of them of the region's languages, that no accent-stripping reaches. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  '’': "'",
  '‘': "'",
  '`': "'",
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '\u2212': '-',
  '…': '...',
  '•': '*',
  '·': '-',
  '×': 'x',
  '→': '>',
  '\t': ' ',
  ɛ: 'e',
  Ɛ: 'E',
  ɔ: 'o',
  Ɔ: 'O',
  ŋ: 'n',
  Ŋ: 'N',
  ɲ: 'n',
  Ɲ: 'N',
  ɓ: 'b',
  Ɓ: 'B',
  ɗ: 'd',
  Ɗ: 'D',
  ƴ: 'y',
  Ƴ: 'Y',
};

/** The nearest text in the GSM 7-bit alphabet; what has no likeness becomes `?`. */
export function gsmText(text: string): string {
  let fitted = '';
  for (const letter of text.normalize('NFC')) fitted += fitLetter(letter);
  return fitted;
}

function fitLetter(letter: string): string {
  if (BASIC.has(letter) || EXTENDED.has(letter)) return letter;
  const replacement = REPLACEMENTS[letter];
  if (replacement !== undefined) return replacement;
  // U+00A0, U+202F and the other spaces of typography.
  if (/\p{Zs}/u.test(letter)) return ' ';
  const plain = letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
  // A mark left alone (normalisation could not attach it) disappears.
  if (plain === '') return '';
  const same = plain === letter;
  return same ? '?' : Array.from(plain).map(fitLetter).join('');
}

/** True when the text can be sent in the 7-bit alphabet. */
export function isGsmText(text: string): boolean {
  return Array.from(text).every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
}

/**
 * How many segments the message costs: 160 septets alone or 153 each when split; outside the alphabet 70 or 67
 * UTF-16 units. A pair (escape and letter, or a surrogate pair) is never cut between two segments. Empty text: 1.
 */
export function segmentCount(text: string): number {
  const seven = isGsmText(text);
  const widths = Array.from(text).map((letter) => (seven ? (EXTENDED.has(letter) ? 2 : 1) : letter.length));
  const [alone, split] = seven ? [160, 153] : [70, 67];
  if (widths.reduce((sum, width) => sum + width, 0) <= alone) return 1;
  let segments = 1;
  let filled = 0;
  for (const width of widths) {
    if (filled + width > split) {
      segments += 1;
      filled = 0;
    }
    filled += width;
  }
  return segments;
}
