/**
 * Asks when one contributes: how often, from which day, until what hour.
 *
 * The fields of the rarer rhythms stand there too, each saying for which rhythm it counts: without a script nothing can
 * appear and disappear, and a hidden field that was needed stops a founding.
 */
import { Field } from '../../parts/field.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { TextAreaField } from '../../parts/text-area-field.tsx';
import { wordsFor } from '../../words/words.ts';
import { isRefused, NumberField } from './number-field.tsx';
import type { DraftProps } from './page.tsx';
import { NTHS, RHYTHMS } from './rules-draft.ts';

interface WhenProps extends DraftProps {
  /** True where the rhythm of a by-law is changed: the first day then only says which days are meant. */
  readonly isChange?: boolean;
}

export function WhenFields(props: WhenProps) {
  const { frame, values, refusals, isChange } = props;
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <fieldset>
      <legend>{words.when}</legend>
      <SelectField
        name="rhythm"
        label={words.rhythm}
        value={values.rhythm}
        refusal={refusals?.rhythm}
        options={RHYTHMS.map((value) => ({ value, text: words.rhythms[value] }))}
      />
      <Field
        name="first_day"
        type="date"
        autoComplete="off"
        label={isChange ? words.dayMeant : words.firstDay}
        hint={isChange ? words.dayMeantHint : words.firstDayHint}
        value={values.first_day}
        refusal={refusals?.first_day}
        required={values.rhythm !== 'custom'}
      />
      <Field
        name="deadline"
        type="time"
        autoComplete="off"
        label={words.deadline}
        value={values.deadline}
        refusal={refusals?.deadline}
      />
      <Rarer {...props} />
    </fieldset>
  );
}

const INSIDE = ['second_weekday', 'second_date', 'nth', 'every_days', 'dates'] as const;
const RARER: readonly (string | undefined)[] = [
  'twice-weekly',
  'twice-monthly',
  'nth-weekday',
  'every-days',
  'custom',
];

function Rarer(props: WhenProps) {
  const { frame, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <details open={RARER.includes(values.rhythm) || isRefused(props, INSIDE)}>
      <summary>{words.rarer}</summary>
      <SelectField
        name="second_weekday"
        label={words.secondWeekday}
        value={values.second_weekday}
        refusal={refusals?.second_weekday}
        options={WEEKDAYS.map((day) => ({ value: String(day), text: words.weekdays[day] }))}
      />
      <NumberField {...props} name="second_date" label={words.secondDate} />
      <SelectField
        name="nth"
        label={words.nth}
        value={values.nth}
        refusal={refusals?.nth}
        options={NTHS.map((value) => ({ value, text: words.nths[value] }))}
      />
      <NumberField {...props} name="every_days" label={words.everyDays} />
      <TextAreaField
        name="dates"
        label={words.dateList}
        hint={words.dateListHint}
        value={values.dates}
        refusal={refusals?.dates}
        maxLength={1000}
      />
    </details>
  );
}

/** As ISO counts them: Monday is one. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
