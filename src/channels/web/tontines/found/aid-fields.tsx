/**
 * Asks what the solidarity fund helps with: an amount for each event, and how long one must have been a member.
 */
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { isRefused, NumberField } from './number-field.tsx';
import type { DraftProps } from './page.tsx';
import { AID_FIELDS, AID_KINDS } from './rules-draft.ts';

export function AidFields(props: DraftProps) {
  const { frame, values, refusals } = props;
  const { found: words, aid } = wordsFor(frame.locale).tontines;
  return (
    <details open={isRefused(props, ['solidarity', ...AID_FIELDS])}>
      <summary>{words.solidarity}</summary>
      <AmountField
        name="solidarity"
        label={words.extras.solidarity}
        hint={words.extraHints.solidarity}
        value={values.solidarity}
        refusal={refusals?.solidarity}
        required={false}
      />
      {AID_KINDS.map((kind) => (
        <fieldset key={kind}>
          <legend>{aid.kinds[kind]}</legend>
          <AmountField
            name={`aid_${kind}`}
            label={words.aidAmount}
            value={values[`aid_${kind}`]}
            refusal={refusals?.[`aid_${kind}`]}
            required={false}
          />
          <NumberField {...props} name={`months_${kind}`} label={words.aidMonths} />
        </fieldset>
      ))}
    </details>
  );
}
