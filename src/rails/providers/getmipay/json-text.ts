/**
 * Reads JSON without losing how a number was written.
 *
 * `JSON.parse` turns `5e3` and `5000` into the same number, and rounds what is beyond 2^53: for money the written
 * form is the evidence. Numbers therefore stay text here until the amount grammar has judged them.
 */

/** A JSON number, exactly as the provider wrote it. */
export class NumberLiteral {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export interface JsonObject {
  readonly [name: string]: Json;
}

export type Json = string | boolean | null | NumberLiteral | readonly Json[] | JsonObject;

/** The value, or nothing when the text is not one whole JSON value (empty, cut off, HTML, nested beyond reason). */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text, keepLiteral) as Json;
  } catch {
    // What cannot be read is an answer of its own here: the caller decides what an unreadable body means.
    return undefined;
  }
}

function keepLiteral(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new NumberLiteral(context?.source ?? 'unknown') : value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberLiteral)
  );
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The first of the named fields that is there and not null. */
export function field(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  if (!isObject(value)) return undefined;
  for (const name of names) {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

/** A text without surrounding blanks; a number gives its digits, because some ids are written as numbers. */
export function textOf(value: Json | undefined): string | undefined {
  const text = value instanceof NumberLiteral ? value.text : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** True or false, also when written as a word or as 1 or 0; nothing when it is neither. */
export function flagOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = textOf(value)?.toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  return undefined;
}

/** A payment's name at the provider: short, without blanks or signs that mean something elsewhere. */
export function referenceOf(value: Json | undefined): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(text) ? text : undefined;
}
