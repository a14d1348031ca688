/**
 * Runs a meeting from one phone: who is there, who gives what, fines, the count of the box, and the end.
 *
 * One tap takes a member's whole due in cash; anything else goes to the page for cash. A meeting whose box does not hold
 * what was written does not close.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Icon } from '../../parts/icons.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import type { DueFace } from '../due-face.ts';
import { MarkShapes } from '../parts/due-mark.tsx';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';
import { type Box, Boxes } from './boxes.tsx';
import { Decisions } from './decisions.tsx';
import { FineForm } from './fine-form.tsx';
import { Roll } from './roll.tsx';

export interface RollLine {
  readonly membershipId: string;
  readonly name: string;
  readonly presence?: 'present' | 'represented' | 'excused' | 'absent';
  readonly face: DueFace;
  /** All that is owed now; absent when nothing, or when cash waits for a yes already. */
  readonly owed?: Money;
  /** Made when the page is drawn: the id of the contribution that one tap declares. */
  readonly contributionId: string;
  /** Cash that was declared and waits for a yes. */
  readonly declared?: Money;
}

export interface MeetingPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly round: number;
  /** Absent while none is open; a closed one stays until the next round. */
  readonly meeting?: { readonly id: string; readonly isClosed: boolean };
  /** True for those who may open and close meetings. */
  readonly mayLead: boolean;
  readonly roll: readonly RollLine[];
  readonly boxes: readonly Box[];
  /** What was decided, one sentence each. */
  readonly decisions: readonly string[];
  readonly hasPin: boolean;
  readonly values: {
    readonly member?: string;
    readonly fine?: string;
    readonly counted?: string;
    readonly decision?: string;
    readonly explanation?: string;
  };
  readonly refusals?: {
    readonly fine?: RefusalText;
    readonly reason?: RefusalText;
    readonly counted?: RefusalText;
    readonly decision?: RefusalText;
    readonly explanation?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function MeetingPage(props: MeetingPageProps) {
  const { frame, group, meeting } = props;
  const words = wordsFor(frame.locale).tontines.meeting;
  const present = props.roll.filter((line) => line.presence === 'present').length;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title(props.round)}
      lead={meeting === undefined ? words.lead : words.present(present, String(props.roll.length))}
      refusal={props.refusals?.form}
    >
      <MarkShapes />
      {meeting === undefined ? null : <Running {...props} meeting={meeting} />}
      {props.mayLead && meeting?.isClosed !== false ? <Open {...props} /> : null}
      <p class="actions">
        <a class="button" href={paths.tontineSheet(group.id)}>
          <Icon name="print" size={20} />
          {words.sheet}
        </a>
      </p>
    </GroupLayout>
  );
}

function Open({ frame, group, formId }: MeetingPageProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  return (
    <form method="post" action={paths.tontineMeeting(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      <button type="submit" class="primary" name="act" value="open">
        {words.open}
      </button>
    </form>
  );
}

type RunningProps = MeetingPageProps & { readonly meeting: NonNullable<MeetingPageProps['meeting']> };

function Running(props: RunningProps) {
  const { frame, group, meeting, boxes } = props;
  const words = wordsFor(frame.locale).tontines.meeting;
  if (meeting.isClosed) {
    return (
      <div class="card">
        <p>{words.closed}</p>
        <h2>{words.boxes}</h2>
        <Boxes {...props} />
        <a class="button primary wide" href={paths.tontineMinutes(group.id, meeting.id)}>
          <Icon name="download" />
          {wordsFor(frame.locale).tontines.minutes.pdf}
        </a>
      </div>
    );
  }
  return (
    <>
      <Roll {...props} />
      <FineForm {...props} />
      <Decisions {...props} />
      {boxes.length === 0 ? null : (
        <section class="card" aria-labelledby="boxes">
          <h2 id="boxes">{words.boxes}</h2>
          <Boxes {...props} />
        </section>
      )}
      {props.mayLead ? <Close {...props} /> : null}
    </>
  );
}

function Close({ frame, group, formId, hasPin, refusals }: MeetingPageProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  const here = paths.tontineMeeting(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={formId} />
      <h2>{words.end}</h2>
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.endHint} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value="close">
          {words.close}
        </button>
      </PinStep>
    </form>
  );
}
