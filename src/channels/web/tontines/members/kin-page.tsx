/**
 * Lets a member name who receives what is theirs after their death; officers do it for whoever has no phone.
 */
import type { Frame } from '../../layout.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface KinPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly membershipId: string;
  readonly member: string;
  readonly isMe: boolean;
  readonly values: { readonly name?: string; readonly phone?: string };
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly name?: RefusalText;
    readonly phone?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function KinPage(props: KinPageProps) {
  const { frame, group, membershipId, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.kin;
  const here = paths.tontineKin(group.id, membershipId);
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={props.isMe ? words.leadMine : words.lead(props.member)}
      refusal={refusals?.form}
    >
      <form method="post" action={here} class="card">
        <FormHead frame={frame} formId={props.formId} />
        <Field
          name="name"
          autoComplete="off"
          label={words.name}
          value={values.name}
          refusal={refusals?.name}
          maxLength={60}
        />
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="off"
          label={words.phone}
          hint={words.phoneHint}
          value={values.phone}
          refusal={refusals?.phone}
          maxLength={30}
          required={false}
        />
        <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
          <button type="submit" class="primary">
            {words.give}
          </button>
        </PinStep>
      </form>
    </GroupLayout>
  );
}
