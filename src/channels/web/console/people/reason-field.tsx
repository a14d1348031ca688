/**
 * Asks why, and says before it is typed that the answer stays: a name in a reason would outlive its erasure.
 */
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';

export function ReasonField({ id, frame }: { readonly id: string; readonly frame: ConsoleFrame }) {
  const words = wordsFor(frame.locale).console.people;
  return (
    <div class="field">
      <label for={id}>{words.reason}</label>
      <p class="hint" id={`${id}-hint`}>
        {words.reasonHint}
      </p>
      <input
        id={id}
        name="reason"
        required
        minLength={3}
        maxLength={300}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
      />
    </div>
  );
}
