/**
 * Draws the mark: people in a ring around a pot, one of them holding the coin of this turn.
 *
 * The ring is one path in the colour of the text, so the mark also works in one colour and at 24 pixels.
 */
import { drawnOnce } from './drawn-once.ts';

/** Centres of the seven people who wait; the eighth place, at the top, is this turn's. */
const WAITING: readonly (readonly [number, number])[] = [
  [25.2, 6.8],
  [29, 16],
  [25.2, 25.2],
  [16, 29],
  [6.8, 25.2],
  [3, 16],
  [6.8, 6.8],
];

export const Mark = drawnOnce(
  ({ size }: { readonly size: number }) => `${size}`,
  ({ size }) => (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path fill="currentColor" d={`${WAITING.map(disc).join('')}${POT}`} />
      <circle class="turn" cx="16" cy="4" r="3.6" />
    </svg>
  ),
);

/** A round jar with its rim. */
const POT =
  'M11.6 10.8h8.8a1.2 1.2 0 0 1 0 2.4h-8.8a1.2 1.2 0 0 1 0-2.4zM12.6 14.4h6.8c2.2 .9 3.6 2.5 3.6 4.4 0 2.8-3 4.4-7 4.4s-7-1.6-7-4.4c0-1.9 1.4-3.5 3.6-4.4z';

function disc([x, y]: readonly [number, number]): string {
  return `M${x - 2.6} ${y}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0`;
}
