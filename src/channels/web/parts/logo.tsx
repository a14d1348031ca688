/**
 * Draws the mark: people in a ring around a pot, one of them holding the coin of this turn.
 *
 * The ring is one path in the colour of the text, so the mark also works in one colour and at 24 pixels.
 */
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

export function Mark({ size }: { readonly size: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path fill="currentColor" d={`${WAITING.map(disc).join('')}${POT}`} />
      <circle class="turn" cx="16" cy="4" r="3.6" />
    </svg>
  );
}

const POT = 'M9.2 13.4h13.6v1.8c0 4.6-2.6 7.4-6.8 7.4s-6.8-2.8-6.8-7.4z';

function disc([x, y]: readonly [number, number]): string {
  return `M${x - 2.6} ${y}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0`;
}
