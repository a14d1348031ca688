/**
 * Puts one replacement before the two people whom it concerns: the price, the debts that come with the share, their answer.
 */
import type { Frame } from '../../layout.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';
import { type ReplacementFace, type ShareTerms, Terms } from './page.tsx';

export interface ReplacementPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly substitutionId: string;
  readonly face: ReplacementFace;
  readonly terms: ShareTerms;
  /** Whose answer is missing while it waits. */
  readonly waitsFor?: 'from' | 'to' | 'both' | 'officers';
  /** What this visitor can answer; absent when nothing. */
  readonly next?: 'give' | 'take';
  readonly hasPin: boolean;
  readonly refusals?: { readonly pin?: RefusalText; readonly form?: RefusalText };
}

export function ReplacementPage(props: ReplacementPageProps) {
  const { frame, group, face, terms, waitsFor, next } = props;
  const words = wordsFor(frame.locale).tontines.replace;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.faces[face]}
      lead={waitsFor === undefined ? `${terms.from} → ${terms.to}` : words.waitsFor[waitsFor]}
      refusal={props.refusals?.form}
    >
      <div class="card">
        <Terms frame={frame} terms={terms} />
      </div>
      {next === undefined ? null : <Answer {...props} next={next} />}
    </GroupLayout>
  );
}

type AnswerProps = ReplacementPageProps & { readonly next: 'give' | 'take' };

function Answer({ frame, group, formId, substitutionId, next, hasPin, refusals }: AnswerProps) {
  const words = wordsFor(frame.locale).tontines.replace;
  const here = paths.tontineReplacement(group.id, substitutionId);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={formId} />
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.nextHints[next]} refusal={refusals?.pin}>
        <div class="moves">
          <button type="submit" class="primary" name="act" value={next}>
            {words.next[next]}
          </button>
          <button type="submit" class="quiet" name="act" value="decline" formNoValidate>
            {words.decline}
          </button>
        </div>
      </PinStep>
    </form>
  );
}
