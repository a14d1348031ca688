/**
 * Reads one answer of the founding form: an amount, a number, a rate, a choice, a day.
 *
 * Nothing is guessed and nothing is dropped: an empty amount is none, anything else that is not an amount is refused
 * beside its field.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import { type Refusal, refusal } from '../../../../ground/refusal.ts';
import type { No } from '../group-visit.ts';
import type { DraftField, RulesDraft } from './rules-draft.ts';

/** Thrown from inside the reading and turned into the answer at its door: each field reads in one line. */
export class Unread extends Error {
  readonly field: DraftField;
  readonly no: Refusal;

  constructor(field: DraftField, no: Refusal) {
    super(no.code);
    this.field = field;
    this.no = no;
  }
}

export function reading<T>(read: () => T): T | No<DraftField> {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unread) return { field: error.field, no: error.no };
    throw error;
  }
}

export function textOf(typed: RulesDraft, field: DraftField): string {
  return typed[field]?.trim() ?? '';
}

export function amountOf(typed: RulesDraft, field: DraftField, currency: Currency): bigint {
  const amount = parseAmount(typed[field], currency, { max: LARGEST_AMOUNT });
  if (!amount.ok) throw new Unread(field, amount.refusal);
  return amount.value.amount;
}

/** Nothing typed, or nothing at all, is none. */
export function someAmount(typed: RulesDraft, field: DraftField, currency: Currency): bigint {
  const text = textOf(typed, field);
  return text === '' || text === '0' ? 0n : amountOf(typed, field, currency);
}

export function numberOf(typed: RulesDraft, field: DraftField, least: number, most: number): number {
  const text = textOf(typed, field);
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new Unread(field, wholeNumber(least, most));
  return value;
}

/** Per cent with at most two decimals, as hundredths of a percent; nothing typed is none. */
export function basisPointsOf(typed: RulesDraft, field: DraftField, mostPercent: number): number {
  const text = textOf(typed, field).replace(/\s?%$/, '').replace(',', '.');
  const value = text === '' ? 0 : /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= mostPercent)) throw new Unread(field, percent(mostPercent));
  return Math.round(value * 100);
}

export function choiceOf<Choice extends string>(
  typed: RulesDraft,
  field: DraftField,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === typed[field]);
  if (found === undefined) throw new Unread(field, CHOICE);
  return found;
}

/** More than any group has, as in the by-law. */
const LARGEST_AMOUNT = 1_000_000_000n;

function wholeNumber(least: number, most: number): Refusal {
  return refusal(
    'draft-number',
    'invalid',
    `Écrivez un nombre entier de ${least} à ${most}.`,
    `Write a whole number from ${least} to ${most}.`,
  );
}

function percent(most: number): Refusal {
  return refusal(
    'draft-percent',
    'invalid',
    `Écrivez un pourcentage de 0 à ${most}, par exemple 2,5.`,
    `Write a percentage from 0 to ${most}, for example 2.5.`,
  );
}

export const CHOICE = refusal(
  'draft-choice',
  'invalid',
  'Choisissez dans la liste.',
  'Choose from the list.',
);
