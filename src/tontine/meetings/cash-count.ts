/**
 * Compares what a box should hold with what was counted in it.
 *
 * A box is counted at every meeting, in front of all: what it held, and what came in, less what went out, must be in it.
 * A gap that is noticed a month later has no witness.
 */
import { invariant } from '../../ground/refusal.ts';

export interface BoxMovements {
  readonly opening: bigint;
  readonly cameIn: bigint;
  readonly wentOut: bigint;
}

/** What must be in the box. */
export function expectedIn({ opening, cameIn, wentOut }: BoxMovements): bigint {
  invariant(opening >= 0n && cameIn >= 0n && wentOut >= 0n, 'a box has a negative figure');
  const expected = opening + cameIn - wentOut;
  invariant(expected >= 0n, 'more left a box than was in it');
  return expected;
}

/** Below zero when something is missing, above when there is too much. */
export function varianceOf(movements: BoxMovements, counted: bigint): bigint {
  return counted - expectedIn(movements);
}

/** A note or a coin, and how many of them lie on the table. */
export interface CountedNotes {
  readonly value: bigint;
  readonly pieces: number;
}

/** Notes and coins of the franc CFA, largest first, for the counting sheet. */
export const FRANC_NOTES: readonly bigint[] = [
  10_000n,
  5_000n,
  2_000n,
  1_000n,
  500n,
  250n,
  200n,
  100n,
  50n,
  25n,
  10n,
  5n,
  1n,
];

export function sumOfNotes(notes: readonly CountedNotes[]): bigint {
  invariant(
    notes.every(({ pieces }) => Number.isInteger(pieces) && pieces >= 0),
    'a number of notes is not a whole number',
  );
  return notes.reduce((sum, { value, pieces }) => sum + value * BigInt(pieces), 0n);
}
