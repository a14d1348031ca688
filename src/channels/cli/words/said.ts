/**
 * Makes one dictionary of two: every entry is a sentence in both languages, so that a verdict carries what it says, and only
 * the door to the terminal knows in which language it is read.
 *
 * Judging and speaking stay apart: no judgement is handed a language, and none can forget the other one. A text that is
 * missing in one of the dictionaries does not compile.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import type { Sentence } from '../../../ground/refusal.ts';

/** Where a text takes a text, its sentence takes a sentence as well. */
type Told<A> = A extends string ? string | Sentence : A;

export type Said<W> = {
  readonly [K in keyof W]: W[K] extends string
    ? Sentence
    : W[K] extends (...args: infer A) => string
      ? (...args: { [I in keyof A]: Told<A[I]> }) => Sentence
      : Said<W[K]>;
};

export function inBoth<W extends object>(fr: W, en: W): Said<W> {
  return both(fr, en) as Said<W>;
}

function both(fr: unknown, en: unknown): unknown {
  if (typeof fr === 'function' && typeof en === 'function') {
    return (...args: readonly unknown[]): Sentence => ({
      fr: String(fr(...args.map((one) => heard(one, 'fr')))),
      en: String(en(...args.map((one) => heard(one, 'en')))),
    });
  }
  if (typeof fr !== 'object' || fr === null) return { fr, en };
  const english = en as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(fr).map(([key, value]) => [key, both(value, english[key])]));
}

/** What is no sentence (a number, a code, a file) is the same in every language. */
function heard(told: unknown, language: Locale): unknown {
  return isSentence(told) ? told[language] : told;
}

function isSentence(told: unknown): told is Sentence {
  return typeof told === 'object' && told !== null && 'fr' in told && 'en' in told;
}

/** A name, a number or a table: the same to everybody. */
export function plainly(text: string): Sentence {
  return { fr: text, en: text };
}

export function lines(sentences: readonly Sentence[], between = '\n'): Sentence {
  return {
    fr: sentences.map(({ fr }) => fr).join(between),
    en: sentences.map(({ en }) => en).join(between),
  };
}
