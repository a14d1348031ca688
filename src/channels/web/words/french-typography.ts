/**
 * Sets French sentences as a printer would: unbreakable spaces in the punctuation, and the curved apostrophe.
 *
 * French puts a space before « : ; ? ! » and inside quotation marks. A breaking one leaves a lone question mark at
 * the start of a line on a narrow phone; typing U+00A0 by hand leaves invisible characters in the sources.
 */
const NO_BREAK = '\u00a0';

/** The same sentence with unbreakable spaces before `: ; ? ! » %` and after `«`, and with ’ for '. */
export function frenchTypography(text: string): string {
  return text
    .replace(/ (?=[:;?!»%])/g, NO_BREAK)
    .replaceAll('« ', `«${NO_BREAK}`)
    .replaceAll("'", '’');
}

/** A dictionary whose sentences, finished or made by a function, all went through `change`. */
export function mapTexts<T>(words: T, change: (text: string) => string): T {
  return mapped(words, change) as T;
}

function mapped(entry: unknown, change: (text: string) => string): unknown {
  if (typeof entry === 'string') return change(entry);
  if (typeof entry === 'function') return (...values: unknown[]) => change(String(entry(...values)));
  if (typeof entry !== 'object' || entry === null) return entry;
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, mapped(value, change)]));
}
