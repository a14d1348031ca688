/**
 * Starts a cycle: the order of turns, every date and pot under it, and the PIN of whoever starts it.
 *
 * The order is fixed by numbers that are typed, because dragging does not work on the phones that are meant, nor for
 * those who listen. Where a draw decides, there is nothing to type.
 */
import type { Frame } from '../../layout.tsx';
import { Notice, type RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';
import { type PotDate, PotDates } from '../parts/pot-dates.tsx';

export interface StartPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** One line a share, with its place as typed. */
  readonly shares: readonly { readonly id: string; readonly name: string; readonly place: string }[];
  readonly decidedBy: 'typed' | 'draw' | 'later';
  readonly dates: readonly PotDate[];
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly order?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function StartPage(props: StartPageProps) {
  const { frame, group, decidedBy, refusals } = props;
  const words = wordsFor(frame.locale).tontines.start;
  const here = paths.tontineStart(group.id);
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead} refusal={refusals?.form}>
      <form method="post" action={here} class="card">
        <FormHead frame={frame} formId={props.formId} enter={words.look} />
        {decidedBy === 'typed' ? (
          <Order {...props} />
        ) : (
          <Notice kind="info" text={words[decidedBy]} locale={frame.locale} />
        )}
        <h2>{words.dates}</h2>
        <PotDates frame={frame} dates={props.dates} />
        <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
          <button type="submit" class="primary" name="start" value="1">
            {words.start}
          </button>
          <p class="hint centred">{words.locks}</p>
        </PinStep>
      </form>
    </GroupLayout>
  );
}

function Order({ frame, shares, refusals }: StartPageProps) {
  const words = wordsFor(frame.locale).tontines.start;
  const refusal = refusals?.order;
  return (
    <fieldset aria-describedby={refusal === undefined ? undefined : 'order-refusal'}>
      <legend>{words.order}</legend>
      <p class="hint">{words.orderHint}</p>
      {shares.map((share) => (
        <p key={share.id} class="place">
          <label for={`p-${share.id}`}>{share.name}</label>
          <input
            id={`p-${share.id}`}
            name={`place_${share.id}`}
            value={share.place}
            inputMode="numeric"
            autoComplete="off"
            maxLength={3}
          />
        </p>
      ))}
      {refusal === undefined ? null : (
        <p class="refusal" id="order-refusal">
          {refusal.text}
        </p>
      )}
      <button type="submit" name="look" value="1" formNoValidate>
        {words.look}
      </button>
    </fieldset>
  );
}
