/**
 * Asks a keeper which notes they gave to which other keeper. The other one says so too, from their own phone.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import type { GroupHead } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export type GiveField = 'from' | 'to' | 'amount' | 'pin' | 'form';

/** A box that this member may give from: their own, or that of a keeper who cannot any more. */
export interface GivingBox {
  readonly keeperId: string;
  readonly keeper: string;
  readonly isOwn: boolean;
  readonly free: Money;
}

export interface GiveNotesProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** At least one. */
  readonly from: readonly GivingBox[];
  readonly to: readonly { readonly id: string; readonly name: string }[];
  readonly values: { readonly from?: string; readonly to?: string; readonly amount?: string };
  readonly hasPin: boolean;
  readonly refusals?: Readonly<Partial<Record<GiveField, RefusalText>>> | undefined;
}

export function GiveNotes(props: GiveNotesProps) {
  const { frame, group, from, to, values, refusals } = props;
  const { notes: words, payout } = wordsFor(frame.locale).tontines;
  const here = paths.tontineNotes(group.id);
  const [only] = from;
  const isChoice = from.length > 1 || only?.isOwn === false;
  const text = (value: Money) => moneyText(value, 'page', frame.locale);
  if (to.length === 0) return <p class="card hint">{words.nobody}</p>;
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} />
      <h2>{words.give}</h2>
      <p class="hint">{words.giveLead}</p>
      {isChoice ? (
        <SelectField
          name="from"
          label={words.from}
          hint={words.fromHint}
          value={values.from}
          refusal={refusals?.from}
          options={from.map((box) => ({
            value: box.keeperId,
            text: `${box.isOwn ? words.ownBox : box.keeper}, ${text(box.free)}`,
          }))}
        />
      ) : null}
      <SelectField
        name="to"
        label={words.to}
        value={values.to}
        refusal={refusals?.to}
        options={to.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <AmountField
        name="amount"
        label={words.amount}
        hint={isChoice || only === undefined ? undefined : words.amountHint(text(only.free))}
        value={values.amount}
        refusal={refusals?.amount}
      />
      <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary">
          {payout.acts['hand-over']}
        </button>
      </PinStep>
    </form>
  );
}
