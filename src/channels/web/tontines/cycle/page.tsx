/**
 * Leads from one cycle to the next: ends the one whose shares were all served, or prepares a new one.
 */
import type { Frame } from '../../layout.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface CyclePageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly next:
    | 'end' // every share was served
    | 'form'; // the last one is over
  readonly firstDay: string;
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly first_day?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function CyclePage(props: CyclePageProps) {
  const { frame, group, next, refusals } = props;
  const words = wordsFor(frame.locale).tontines.cycle;
  const here = paths.tontineCycle(group.id);
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.titles[next]}
      lead={words.leads[next]}
      refusal={refusals?.form}
    >
      <form method="post" action={here} class="card">
        <FormHead frame={frame} formId={props.formId} />
        {next === 'form' ? (
          <Field
            name="first_day"
            type="date"
            autoComplete="off"
            label={words.firstDay}
            value={props.firstDay}
            refusal={refusals?.first_day}
          />
        ) : null}
        <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
          <button type="submit" class="primary" name="act" value={next}>
            {words.titles[next]}
          </button>
        </PinStep>
      </form>
    </GroupLayout>
  );
}
