/**
 * Lists what the meeting decided and takes the next sentence of it, for the minutes.
 */
import { Field } from '../../parts/field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import type { MeetingPageProps } from './page.tsx';

export function Decisions({ frame, group, formId, decisions, values, refusals }: MeetingPageProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  const isOpen = refusals?.decision !== undefined;
  return (
    <section class="card" aria-labelledby="decisions">
      <h2 id="decisions">{words.decisions(decisions.length)}</h2>
      <ul class="rules">
        {decisions.map((decision) => (
          <li key={decision}>{decision}</li>
        ))}
      </ul>
      <details open={isOpen}>
        <summary>{words.decide}</summary>
        <form method="post" action={paths.tontineMeeting(group.id)}>
          <FormHead frame={frame} formId={formId} />
          <Field
            name="decision"
            autoComplete="off"
            label={words.decision}
            value={values.decision}
            refusal={refusals?.decision}
            maxLength={500}
          />
          <button type="submit" name="act" value="decide">
            {words.decideGive}
          </button>
        </form>
      </details>
    </section>
  );
}
