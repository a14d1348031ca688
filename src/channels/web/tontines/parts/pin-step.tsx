/**
 * Asks for the PIN before something that moves money or binds the group; who has none is led to choose one first.
 */
import type { ComponentChildren } from 'preact';
import type { Frame } from '../../layout.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';

interface PinStepProps {
  readonly frame: Frame;
  readonly hasPin: boolean;
  /** Where the person was, to come back to. */
  readonly back: string;
  /** What exactly the PIN allows. */
  readonly hint: string;
  readonly refusal: RefusalText | undefined;
  /** The buttons that send the form. */
  readonly children: ComponentChildren;
}

export function PinStep({ frame, hasPin, back, hint, refusal, children }: PinStepProps) {
  const words = wordsFor(frame.locale).tontines.pin;
  if (!hasPin) {
    return (
      <div class="otp">
        <p>
          <strong>{words.noneTitle}</strong>
        </p>
        <p>{words.none}</p>
        <p>
          <a class="button primary" href={`${paths.profile}?next=${encodeURIComponent(back)}`}>
            {words.choose}
          </a>
        </p>
      </div>
    );
  }
  return (
    <>
      <Field
        name="pin"
        type="password"
        inputMode="numeric"
        autoComplete="current-password"
        label={words.label}
        hint={hint}
        refusal={refusal}
        maxLength={12}
        large
      />
      {children}
    </>
  );
}
