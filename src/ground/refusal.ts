/**
 * Says an expected "no", in words that a person understands.
 *
 * A refusal is a value, not an exception: whoever calls an act must look at it. It carries a stable code for
 * programs and one sentence in French and in English for people. A broken invariant is something else: it throws
 * (`BrokenInvariant`) and stops the operation, because going on would be worse than stopping.
 */

/** What kind of "no" this is; the doors choose the HTTP status from it. */
export type RefusalKind =
  | 'invalid' // what was typed cannot be understood or is outside the rules
  | 'denied' // understood, but not allowed to this person
  | 'absent' // no such thing, or not theirs: the two are never told apart
  | 'conflict' // contradicts something already done
  | 'too-many' // allowed, but not so often
  | 'unavailable'; // not possible at this moment, worth trying later

export interface Refusal {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly fr: string;
  readonly en: string;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function refusal(code: string, kind: RefusalKind, fr: string, en: string): Refusal {
  return { code, kind, fr, en };
}

export function accepted<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function refused(reason: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: reason };
}

/** Thrown when something that must always be true is not: the operation stops, its transaction is undone. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** States what must be true here; throws `BrokenInvariant` with the sentence when it is not. */
export function invariant(holds: unknown, sentence: string): asserts holds {
  if (!holds) throw new BrokenInvariant(sentence);
}

/** One sentence in each language of the product. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/**
 * Thrown where a command of the operator cannot go on, with the cause and the cure in both languages. Not a refusal: nobody
 * between the cause and the person at the terminal could do anything about it.
 */
export class Hindrance extends Error {
  override readonly name = 'Hindrance';
  readonly said: Sentence;
  constructor(said: Sentence, options?: ErrorOptions) {
    super(said.en, options);
    this.said = said;
  }
}

/** States what a command needs; throws `Hindrance` when it is not so. */
export function demand(holds: unknown, fr: string, en: string): asserts holds {
  if (!holds) throw new Hindrance({ fr, en });
}
