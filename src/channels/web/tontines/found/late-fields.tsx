/**
 * Asks what being late costs, before one has received and after.
 */
import { Field } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import type { DraftProps } from './page.tsx';

export function LateFields({ frame, values, refusals }: DraftProps) {
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <fieldset>
      <legend>{words.late}</legend>
      <AmountField
        name="late_fee"
        label={words.lateBefore}
        value={values.late_fee}
        refusal={refusals?.late_fee}
        required={false}
      />
      <AmountField
        name="late_fee_served"
        label={words.lateAfter}
        hint={words.lateAfterHint}
        value={values.late_fee_served}
        refusal={refusals?.late_fee_served}
        required={false}
      />
      <Field
        name="grace_hours"
        inputMode="numeric"
        autoComplete="off"
        label={words.grace}
        value={values.grace_hours}
        refusal={refusals?.grace_hours}
        maxLength={3}
        required={false}
      />
    </fieldset>
  );
}
