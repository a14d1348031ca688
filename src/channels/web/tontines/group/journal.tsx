/**
 * Lists what officers did, with author and reason: the register that every member may read.
 */
import type { Frame } from '../../layout.tsx';
import { When } from '../../parts/amount.tsx';
import { wordsFor } from '../../words/words.ts';

export interface JournalLine {
  readonly id: string;
  readonly at: Date;
  /** Who did it; absent when the rules did it by themselves. */
  readonly by?: string;
  readonly text: string;
  readonly reason?: string;
  /** Where its proof is. */
  readonly href?: string;
}

export function Journal({ frame, lines }: { readonly frame: Frame; readonly lines: readonly JournalLine[] }) {
  const words = wordsFor(frame.locale).tontines.journal;
  if (lines.length === 0) return <p class="hint">{words.empty}</p>;
  return (
    <ul class="lines journal">
      {lines.map((line) => (
        <li key={line.id}>
          <p>{line.href === undefined ? line.text : <a href={line.href}>{line.text}</a>}</p>
          {line.reason === undefined ? null : <p class="reason">{words.because(line.reason)}</p>}
          <small>
            {line.by === undefined ? words.byRule : line.by}
            {' · '}
            <When instant={line.at} locale={frame.locale} timeZone={frame.timeZone} />
          </small>
        </li>
      ))}
    </ul>
  );
}
