/**
 * Holds the rules that most groups leave as they are, out of the way and still there.
 */
import { SelectField } from '../../parts/select-field.tsx';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { AidFields } from './aid-fields.tsx';
import { isRefused, NumberField } from './number-field.tsx';
import type { DraftProps } from './page.tsx';
import {
  COUNT_FIELDS,
  COVERS,
  type DraftField,
  PAID_FIRST,
  SHORTFALLS,
  VISIBILITIES,
} from './rules-draft.ts';

const AMOUNTS = ['guarantee', 'absence_fine'] as const;
const INSIDE: readonly DraftField[] = ['rounds', ...AMOUNTS, 'shortfall', 'default_cover', 'visibility'];

export function MoreRules(props: DraftProps) {
  return (
    <>
      <Funds {...props} />
      <AidFields {...props} />
      <Decisions {...props} />
    </>
  );
}

function Funds(props: DraftProps) {
  const { frame, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <details open={isRefused(props, INSIDE)}>
      <summary>{words.more}</summary>
      <NumberField {...props} name="rounds" label={words.roundCount} hint={words.roundCountHint} />
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
        name="default_cover"
        label={words.cover}
        value={values.default_cover}
        refusal={refusals?.default_cover}
        options={sequences(COVERS, values.default_cover, words.covers, words.nobody)}
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

function Decisions(props: DraftProps) {
  const { frame, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <details open={isRefused(props, [...COUNT_FIELDS, 'paid_first'])}>
      <summary>{words.decisions}</summary>
      {COUNT_FIELDS.map((name) => (
        <NumberField key={name} {...props} name={name} label={words.counts[name]} />
      ))}
      <SelectField
        name="paid_first"
        label={words.paidFirst}
        value={values.paid_first}
        refusal={refusals?.paid_first}
        options={sequences(PAID_FIRST, values.paid_first, words.dues, words.nobody)}
      />
    </details>
  );
}

/** Each as its words one after the other; what the group has now is among them. */
function sequences(
  offered: readonly string[],
  now: string | undefined,
  words: Readonly<Record<string, string>>,
  none: string,
) {
  const all = now === undefined || offered.includes(now) ? offered : [...offered, now];
  return all.map((value) => ({
    value,
    text:
      value === ''
        ? none
        : value
            .split('+')
            .map((one) => words[one] ?? one)
            .join(' → '),
  }));
}
