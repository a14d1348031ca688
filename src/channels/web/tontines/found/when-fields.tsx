/**
 * Asks when one contributes: how often, from which day, until what hour.
 *
 * The fields of the rarer rhythms stand there too, each saying for which rhythm it counts: without a script nothing can
 * appear and disappear, and a hidden field that was needed stops a founding.
 */
import { Field } from '../../parts/field.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { wordsFor } from '../../words/words.ts';
import type { DraftProps } from './page.tsx';
import { RHYTHMS } from './rules-draft.ts';

export function WhenFields({ frame, values, refusals }: DraftProps) {
  const words = wordsFor(frame.locale).tontines.found;
  const isOpen = values.rhythm === 'twice-weekly' || values.rhythm === 'every-days';
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
        label={words.firstDay}
        hint={words.firstDayHint}
        value={values.first_day}
        refusal={refusals?.first_day}
      />
      <Field
        name="deadline"
        type="time"
        autoComplete="off"
        label={words.deadline}
        value={values.deadline}
        refusal={refusals?.deadline}
      />
      <details open={isOpen}>
        <summary>{words.rarer}</summary>
        <SelectField
          name="second_weekday"
          label={words.secondWeekday}
          value={values.second_weekday}
          refusal={refusals?.second_weekday}
          options={WEEKDAYS.map((day) => ({ value: String(day), text: words.weekdays[day] }))}
        />
        <Field
          name="every_days"
          inputMode="numeric"
          autoComplete="off"
          label={words.everyDays}
          value={values.every_days}
          refusal={refusals?.every_days}
          maxLength={3}
          required={false}
        />
      </details>
    </fieldset>
  );
}

/** As ISO counts them: Monday is one. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
