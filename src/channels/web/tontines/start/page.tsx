/**
 * Starts a cycle: the order of turns, every date and pot under it, and the PIN of whoever starts it.
 *
 * The order is fixed by numbers that are typed, because dragging does not work on the phones that are meant, nor for
 * those who listen. Where a draw decides, there is nothing to type.
 */
import type { Frame } from '../../layout.tsx';
import { Field, FieldRefusal } from '../../parts/field.tsx';
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
  /** How many shares each member holds, as typed. */
  readonly holders: readonly { readonly id: string; readonly name: string; readonly count: string }[];
  /** The first round is on this day or the first fitting one after it. */
  readonly startsOn: string;
  /** One line a share, with its place as typed. */
  readonly shares: readonly { readonly id: string; readonly name: string; readonly place: string }[];
  readonly decidedBy:
    | 'typed' // by whoever starts
    | 'draw' // by a draw that is still to come
    | 'drawn' // by a draw that is done
    | 'later'; // round by round
  readonly dates: readonly PotDate[];
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly shares?: RefusalText;
    readonly first_day?: RefusalText;
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
        {decidedBy === 'drawn' ? null : <Holders {...props} />}
        <Field
          name="first_day"
          type="date"
          autoComplete="off"
          label={words.firstDay}
          value={props.startsOn}
          refusal={refusals?.first_day}
        />
        {decidedBy === 'typed' ? <Order {...props} /> : null}
        <button type="submit" name="look" value="1" formNoValidate>
          {words.look}
        </button>
        {decidedBy === 'typed' ? null : <Decided {...props} />}
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

function Decided({ frame, group, decidedBy }: StartPageProps) {
  const words = wordsFor(frame.locale).tontines.start;
  if (decidedBy === 'typed') return null;
  return (
    <>
      <Notice kind="info" text={words[decidedBy]} locale={frame.locale} />
      {decidedBy === 'draw' ? (
        <a class="button wide" href={paths.tontineDraw(group.id)}>
          {words.toDraw}
        </a>
      ) : null}
    </>
  );
}

function Holders({ frame, holders, refusals }: StartPageProps) {
  const words = wordsFor(frame.locale).tontines.start;
  return (
    <Places
      legend={words.shares}
      hint={words.sharesHint}
      name="shares"
      rows={holders.map((holder) => ({ id: holder.id, name: holder.name, value: holder.count }))}
      refusal={refusals?.shares}
    />
  );
}

function Order({ frame, shares, refusals }: StartPageProps) {
  const words = wordsFor(frame.locale).tontines.start;
  // The shares of now are not written yet: there is nothing to put in order.
  if (shares.length === 0) return <p class="hint">{words.saveFirst}</p>;
  return (
    <Places
      legend={words.order}
      hint={words.orderHint}
      name="place"
      rows={shares.map((share) => ({ id: share.id, name: share.name, value: share.place }))}
      refusal={refusals?.order}
    />
  );
}

interface PlacesProps {
  readonly legend: string;
  readonly hint: string;
  /** Each field is called `name_id`. */
  readonly name: string;
  readonly rows: readonly { readonly id: string; readonly name: string; readonly value: string }[];
  readonly refusal: RefusalText | undefined;
}

/** A small number for each name. */
function Places({ legend, hint, name, rows, refusal }: PlacesProps) {
  const refusalId = `${name}-refusal`;
  return (
    <fieldset aria-describedby={refusal === undefined ? undefined : refusalId}>
      <legend>{legend}</legend>
      <p class="hint">{hint}</p>
      {rows.map((row) => (
        <p key={row.id} class="place">
          <label for={`${name}_${row.id}`}>{row.name}</label>
          <input
            id={`${name}_${row.id}`}
            name={`${name}_${row.id}`}
            value={row.value}
            inputMode="numeric"
            autoComplete="off"
            maxLength={3}
          />
        </p>
      ))}
      <FieldRefusal id={refusalId} refusal={refusal} />
    </fieldset>
  );
}
