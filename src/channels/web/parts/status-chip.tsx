/**
 * Shows a status as a word and a shape: colour alone says nothing to many eyes, or in sunlight.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import { type Mood, moodOf, type PaymentFace } from '../payment-face.ts';
import { wordsFor } from '../words/words.ts';
import { drawnOnce } from './drawn-once.ts';

/** A full disc with a tick, a half disc, a crossed square, a triangle: four outlines that differ without colour. */
const SHAPES: Readonly<Record<Mood, string>> = {
  good: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.7 5.2-4.3 5L4.5 8.6l1-1.1 1.8 1.6 3.2-3.8z',
  waiting: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6v10.8A5.4 5.4 0 0 1 8 2.6z',
  bad: 'M2 2h12v12H2zm2.9 1.8L3.8 4.9 6.9 8l-3.1 3.1 1.1 1.1L8 9.1l3.1 3.1 1.1-1.1L9.1 8l3.1-3.1-1.1-1.1L8 6.9z',
  asking: 'M8 1l7.5 13.5H.5zm-.8 5v4.5h1.6V6zm0 5.5V13h1.6v-1.5z',
};

interface StatusChipProps {
  readonly face: PaymentFace;
  readonly locale: Locale;
}

export const StatusChip = drawnOnce(
  ({ face, locale }: StatusChipProps) => `${face} ${locale}`,
  ({ face, locale }) => <Chip mood={moodOf(face)} text={wordsFor(locale).status[face]} />,
);

/** A word of any vocabulary with one of the four looks. */
export function Chip({ mood, text }: { readonly mood: Mood; readonly text: string }) {
  return (
    <span class={`chip ${mood}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path fill-rule="evenodd" d={SHAPES[mood]} />
      </svg>
      {text}
    </span>
  );
}
