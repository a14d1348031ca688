/**
 * Asks what being late costs, before one has received and after: an amount, a percentage, or so much a day.
 */
import { Field } from '../../parts/field.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { NumberField } from './number-field.tsx';
import type { DraftProps } from './page.tsx';
import { LATE_KINDS } from './rules-draft.ts';

export function LateFields(props: DraftProps) {
  const { frame, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <fieldset>
      <legend>{words.late}</legend>
      <SelectField
        name="late_kind"
        label={words.lateKind}
        value={values.late_kind}
        refusal={refusals?.late_kind}
        options={LATE_KINDS.map((value) => ({ value, text: words.lateKinds[value] }))}
      />
      {(['late_fee', 'late_fee_served'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          inputMode="decimal"
          autoComplete="off"
          label={words.lateRates[name]}
          hint={words.lateHints[name]}
          value={values[name]}
          refusal={refusals?.[name]}
          maxLength={20}
          required={false}
          large
        />
      ))}
      <NumberField {...props} name="grace_hours" label={words.grace} />
      <details open={(values.late_cap ?? '') !== '' || refusals?.late_cap !== undefined}>
        <summary>{words.lateCap}</summary>
        <AmountField
          name="late_cap"
          label={words.lateCapMost}
          hint={words.lateCapHint}
          value={values.late_cap}
          refusal={refusals?.late_cap}
          required={false}
        />
      </details>
    </fieldset>
  );
}
