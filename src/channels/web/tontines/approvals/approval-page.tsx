/**
 * Puts one request before an officer: who asks, why, how much, what the fund holds before and after, and the two answers.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount, When } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { formatDeadline } from '../../words/day-text.ts';
import type { ApprovalFace, ApprovalKind } from '../../words/fr-tontine.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface Voice {
  readonly name: string;
  readonly answer: 'approved' | 'refused';
  readonly at: Date;
  readonly reason?: string;
}

export interface ApprovalPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly approvalId: string;
  readonly formId: string;
  readonly kind: ApprovalKind;
  readonly face: ApprovalFace;
  readonly askedBy: string;
  readonly about: string;
  readonly reason?: string;
  readonly amount?: Money;
  /** What the fund holds that would pay. */
  readonly before?: Money;
  readonly after?: Money;
  readonly voices: readonly Voice[];
  readonly needed: number;
  readonly expiresAt: Date;
  /** Why this visitor has no voice; absent for those who have. */
  readonly silentBecause?: 'own-request' | 'beneficiary' | 'no-office' | 'answered';
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly reason?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function ApprovalPage(props: ApprovalPageProps) {
  const { frame, group, face } = props;
  const words = wordsFor(frame.locale).tontines.approvals;
  const given = props.voices.filter((voice) => voice.answer === 'approved').length;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.kinds[props.kind]}
      lead={face === 'open' ? words.given(given, String(props.needed)) : words.faces[face]}
      refusal={props.refusals?.form}
    >
      <div class="card">
        <RequestFacts {...props} />
        <Voices {...props} />
      </div>
      {face === 'open' ? <Answer {...props} /> : null}
    </GroupLayout>
  );
}

function RequestFacts(props: ApprovalPageProps) {
  const { frame, amount, before, after, reason } = props;
  const words = wordsFor(frame.locale).tontines.approvals;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.who, value: props.askedBy },
        { name: words.about, value: props.about },
        reason === undefined ? undefined : { name: words.why, value: reason },
        amount && { name: words.amount, value: shown(amount), strong: true },
        before && { name: words.before, value: shown(before) },
        after && { name: words.after, value: shown(after) },
        { name: words.until, value: formatDeadline(props.expiresAt, frame.locale, frame.timeZone) },
      ]}
    />
  );
}

function Voices({ frame, voices }: ApprovalPageProps) {
  const words = wordsFor(frame.locale).tontines.approvals;
  if (voices.length === 0) return null;
  return (
    <>
      <h2>{words.voices}</h2>
      <ul class="lines journal">
        {voices.map((voice) => (
          <li key={voice.name}>
            <p>{words[voice.answer](voice.name)}</p>
            {voice.reason === undefined ? null : <p class="reason">{voice.reason}</p>}
            <small>
              <When instant={voice.at} locale={frame.locale} timeZone={frame.timeZone} />
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

function Answer(props: ApprovalPageProps) {
  const { frame, group, approvalId, silentBecause, refusals } = props;
  const words = wordsFor(frame.locale).tontines.approvals;
  const here = paths.tontineApproval(group.id, approvalId);
  if (silentBecause !== undefined) return <p class="card hint">{words.silent[silentBecause]}</p>;
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} />
      <Field
        name="reason"
        autoComplete="off"
        label={words.reason}
        hint={words.reasonHint}
        refusal={refusals?.reason}
        maxLength={200}
        required={false}
      />
      <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <div class="moves">
          <button type="submit" class="primary" name="decision" value="approve">
            {words.approve}
          </button>
          <button type="submit" class="quiet" name="decision" value="refuse">
            {words.refuse}
          </button>
        </div>
      </PinStep>
    </form>
  );
}
