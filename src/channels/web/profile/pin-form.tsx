/**
 * Lets a person choose a PIN, or change it by typing the present one first.
 */
import type { Frame } from '../layout.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export interface PinRefusals {
  readonly current_pin?: RefusalText;
  readonly pin?: RefusalText;
  readonly pin_again?: RefusalText;
}

interface PinFormProps {
  readonly frame: Frame;
  readonly hasPin: boolean;
  readonly refusals: PinRefusals | undefined;
  /** Where the person was going when a PIN was missing. */
  readonly next?: string | undefined;
}

export function PinForm({ frame, hasPin, refusals, next }: PinFormProps) {
  const words = wordsFor(frame.locale).profile;
  const secret = { type: 'password', inputMode: 'numeric', maxLength: 12 } as const;
  return (
    <section class="card" aria-labelledby="pin-title">
      <h2 id="pin-title">{words.pinTitle}</h2>
      <p>{hasPin ? words.pinSet : words.pinMissing}</p>
      <form method="post" action={paths.profilePin}>
        <Csrf token={frame.csrf} />
        {next === undefined ? null : <input type="hidden" name="next" value={next} />}
        {hasPin ? (
          <Field
            {...secret}
            name="current_pin"
            autoComplete="current-password"
            label={words.currentPin}
            refusal={refusals?.current_pin}
          />
        ) : null}
        <Field
          {...secret}
          name="pin"
          autoComplete="new-password"
          label={words.newPin}
          hint={words.newPinHint}
          refusal={refusals?.pin}
        />
        <Field
          {...secret}
          name="pin_again"
          autoComplete="new-password"
          label={words.newPinAgain}
          refusal={refusals?.pin_again}
        />
        <button type="submit">{hasPin ? words.changePin : words.setPin}</button>
      </form>
    </section>
  );
}
