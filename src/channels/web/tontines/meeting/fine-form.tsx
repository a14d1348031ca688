/**
 * Writes down a fine that the meeting gave, with its reason: the member sees both.
 */
import { Field } from '../../parts/field.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import type { MeetingPageProps } from './page.tsx';

export function FineForm({ frame, group, formId, roll, values, refusals }: MeetingPageProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  const isOpen = refusals?.fine !== undefined || refusals?.reason !== undefined;
  return (
    <form method="post" action={paths.tontineMeeting(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      <details open={isOpen}>
        <summary>{words.fine}</summary>
        <SelectField
          name="member"
          label={words.member}
          value={values.member}
          options={roll.map((line) => ({ value: line.membershipId, text: line.name }))}
        />
        <AmountField name="fine" label={words.fineAmount} value={values.fine} refusal={refusals?.fine} />
        <Field
          name="reason"
          autoComplete="off"
          label={words.reason}
          refusal={refusals?.reason}
          maxLength={200}
        />
        <button type="submit" name="act" value="fine">
          {words.fineGive}
        </button>
      </details>
    </form>
  );
}
