/**
 * Shows notes that leave one box: from whom, to whom, what for, how far they have come, and the one step that whoever
 * looks may take now.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount, When } from '../../parts/amount.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';
import type { NoteFace, NoteStep } from './seen-notes.ts';

export interface NotePageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly noteId: string;
  /** To a member, or to another box. */
  readonly kind: 'handout' | 'handover';
  readonly face: NoteFace;
  readonly amount: Money;
  /** Who receives. */
  readonly to: string;
  /** Whose box; of notes for a member, absent until a keeper handed them over. */
  readonly by?: string;
  /** What for, of notes for a member. */
  readonly what?: string;
  readonly since?: Date;
  readonly declaredAt?: Date;
  /** When the word was given that ended it: a yes, or of another box also a no. */
  readonly endedAt?: Date;
  readonly confirmedBy?: string;
  /** What one's own box may still give, where that is not enough. */
  readonly free?: Money;
  readonly step?: NoteStep;
  /** True for whoever may say that these notes are still in the box. */
  readonly mayTakeBack: boolean;
  readonly hasPin: boolean;
  readonly refusals?: { readonly pin?: RefusalText; readonly form?: RefusalText };
}

export function NotePage(props: NotePageProps) {
  const { frame, group, kind, step } = props;
  const words = wordsFor(frame.locale).tontines.note;
  return (
    <GroupLayout frame={frame} group={group} title={words.titles[kind]} refusal={props.refusals?.form}>
      <article class="card">
        <p class="figure centred">
          <Amount value={props.amount} locale={frame.locale} />
        </p>
        <NoteFacts {...props} />
      </article>
      {step === undefined && !props.mayTakeBack ? (
        <p class="card">{nextOf(props)}</p>
      ) : (
        <form method="post" action={paths.tontineNote(group.id, props.noteId)} class="card">
          <FormHead frame={frame} formId={props.noteId} />
          <p>{nextOf(props)}</p>
          <Step {...props} />
        </form>
      )}
      <p class="centred">
        <a class="more" href={paths.tontineNotes(group.id)}>
          {words.all}
        </a>
      </p>
    </GroupLayout>
  );
}

/** What happens next, in one sentence. */
function nextOf({ frame, face, to, by, free }: NotePageProps): string {
  const words = wordsFor(frame.locale).tontines.note;
  if (face === 'short') return words.short(free === undefined ? '0' : moneyText(free, 'page', frame.locale));
  return words.next[face](to, by ?? '');
}

function NoteFacts(props: NotePageProps) {
  const { frame, kind, face } = props;
  const words = wordsFor(frame.locale).tontines.note;
  const named = (name: string, value: string | undefined): Fact | undefined =>
    value === undefined ? undefined : { name, value };
  const at = (name: string, instant: Date | undefined): Fact | undefined =>
    instant && { name, value: <When instant={instant} locale={frame.locale} timeZone={frame.timeZone} /> };
  return (
    <Facts
      facts={[
        ...(kind === 'handout'
          ? [
              named(words.to, props.to),
              named(words.what, props.what),
              at(words.since, props.since),
              named(words.keeper, props.by),
            ]
          : [named(words.from, props.by), named(words.into, props.to)]),
        at(words.declaredAt, props.declaredAt),
        named(words.confirmedBy, props.confirmedBy),
        at(face === 'refused' ? words.refusedAt : words.confirmedAt, props.endedAt),
      ]}
    />
  );
}

function Step(props: NotePageProps) {
  const { frame, group, noteId, step, face, hasPin, refusals, mayTakeBack } = props;
  const { note: words, payout } = wordsFor(frame.locale).tontines;
  const pin = { frame, hasPin, back: paths.tontineNote(group.id, noteId), refusal: refusals?.pin };
  if (step === 'answer') {
    return (
      <PinStep {...pin} hint={words.pinHint}>
        <div class="moves">
          <button type="submit" class="primary" name="act" value="yes">
            {words.answers.yes}
          </button>
          <button type="submit" class="quiet" name="act" value="no">
            {words.answers.no}
          </button>
        </div>
      </PinStep>
    );
  }
  const takeBack = (text: string) => (
    <button type="submit" class="quiet" name="act" value="take-back">
      {text}
    </button>
  );
  if (step === undefined)
    return (
      <PinStep {...pin} hint={words.takeBackHint}>
        {takeBack(words.takeBack)}
      </PinStep>
    );
  return (
    <PinStep {...pin} hint={payout.pinHints[step]}>
      <div class="moves">
        <button type="submit" class="primary" name="act" value={step}>
          {face === 'confirm-own' ? payout.acts.acknowledge : payout.acts[step]}
        </button>
        {mayTakeBack ? takeBack(words.answers.no) : null}
      </div>
    </PinStep>
  );
}
