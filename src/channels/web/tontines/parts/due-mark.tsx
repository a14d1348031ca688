/**
 * Draws the outlines of dues once per page, and each of them as a reference: a grid of 144 marks costs little.
 */
import type { Frame } from '../../layout.tsx';
import { wordsFor } from '../../words/words.ts';
import { DUE_FACES, DUE_MOODS, type DueFace } from '../due-face.ts';

/** Full disc with a tick, half disc, ring with a dot, thin ring, crossed square, shield, two bars, one bar. */
const SHAPES: Readonly<Record<DueFace, string>> = {
  paid: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.7 5.2-4.3 5L4.5 8.6l1-1.1 1.8 1.6 3.2-3.8z',
  partial: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6v10.8A5.4 5.4 0 0 1 8 2.6z',
  due: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  upcoming: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zm0 1.2a4.3 4.3 0 1 1 0 8.6 4.3 4.3 0 0 1 0-8.6z',
  late: 'M2 2h12v12H2zm2.9 1.8L3.8 4.9 6.9 8l-3.1 3.1 1.1 1.1L8 9.1l3.1 3.1 1.1-1.1L9.1 8l3.1-3.1-1.1-1.1L8 6.9z',
  covered: 'M8 1 14 3.2V8c0 3.6-2.6 6-6 7-3.4-1-6-3.4-6-7V3.2zM7 5v2H5v2h2v2h2V9h2V7H9V5z',
  forgiven: 'M3 5.5h10V7H3zM3 9h10v1.5H3z',
  none: 'M4.5 7.3h7v1.4h-7z',
};

/** What the marks of a page refer to; stands once, before the first of them. */
export function MarkShapes() {
  return (
    <svg class="unseen" aria-hidden="true">
      {DUE_FACES.map((face) => (
        <symbol key={face} id={`m-${face}`} viewBox="0 0 16 16">
          <path fill-rule="evenodd" d={SHAPES[face]} />
        </symbol>
      ))}
    </svg>
  );
}

/** Only the outline; the word is there for those who listen. */
export function DueMark({ frame, face }: { readonly frame: Frame; readonly face: DueFace }) {
  return (
    <>
      <svg class={`due ${DUE_MOODS[face]}`} aria-hidden="true">
        <use href={`#m-${face}`} />
      </svg>
      <span class="unseen">{wordsFor(frame.locale).tontines.due[face]}</span>
    </>
  );
}

/** Outline and word, side by side. */
export function DueChip({ frame, face }: { readonly frame: Frame; readonly face: DueFace }) {
  return (
    <span class={`chip ${DUE_MOODS[face]}`}>
      <svg class="due" aria-hidden="true">
        <use href={`#m-${face}`} />
      </svg>
      {wordsFor(frame.locale).tontines.due[face]}
    </span>
  );
}
