/**
 * Holds the rules that most groups leave as they are, out of the way and still there.
 */
import { SelectField } from '../../parts/select-field.tsx';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import type { DraftProps } from './page.tsx';
import { type DraftField, SHORTFALLS, VISIBILITIES } from './rules-draft.ts';

const AMOUNTS = ['solidarity', 'guarantee', 'absence_fine'] as const;
const INSIDE: readonly DraftField[] = [...AMOUNTS, 'shortfall', 'visibility'];

export function MoreRules({ frame, values, refusals }: DraftProps) {
  const words = wordsFor(frame.locale).tontines.found;
  // A refusal inside something closed is not found.
  const isOpen = INSIDE.some((field) => refusals?.[field] !== undefined);
  return (
    <details open={isOpen}>
      <summary>{words.more}</summary>
      {AMOUNTS.map((name) => (
        <AmountField
          key={name}
          name={name}
          label={words.extras[name]}
          hint={words.extraHints[name]}
          value={values[name]}
          refusal={refusals?.[name]}
          required={false}
        />
      ))}
      <SelectField
        name="shortfall"
        label={words.shortfall}
        value={values.shortfall}
        refusal={refusals?.shortfall}
        options={SHORTFALLS.map((value) => ({ value, text: words.shortfalls[value] }))}
      />
      <SelectField
        name="visibility"
        label={words.visibility}
        value={values.visibility}
        refusal={refusals?.visibility}
        options={VISIBILITIES.map((value) => ({ value, text: words.visibilities[value] }))}
      />
    </details>
  );
}
