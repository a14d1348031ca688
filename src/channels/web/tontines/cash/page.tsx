/**
 * Lets an officer write down cash that was handed over, and shows what still waits for a yes.
 *
 * Nothing is booked here: only the other side's confirmation counts. A keeper who could write "received" alone could
 * also write it of money that never came.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount, When } from '../../parts/amount.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface CashLine {
  readonly contributionId: string;
  readonly memberName: string;
  readonly keeperName: string;
  readonly amount: Money;
  readonly at: Date;
}

export interface CashPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** False for members without an office: they see who takes cash, and what waits for their own yes. */
  readonly mayDeclare: boolean;
  /** True for those who may turn notes into wallet money. */
  readonly mayExchange?: boolean;
  readonly keepers: readonly string[];
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly values: { readonly member?: string; readonly amount?: string };
  readonly waiting: readonly CashLine[];
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly member?: RefusalText;
    readonly amount?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function CashPage(props: CashPageProps) {
  const { frame, group } = props;
  const words = wordsFor(frame.locale).tontines.cash;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.lead}
      refusal={props.refusals?.form}
    >
      {props.mayDeclare ? <Declare {...props} /> : <p class="card">{words.give(props.keepers.join(', '))}</p>}
      <section class="card" aria-labelledby="waiting">
        <h2 id="waiting">{words.waiting}</h2>
        {props.waiting.length === 0 ? <p class="hint">{words.none}</p> : null}
        <ul class="lines">
          {props.waiting.map((line) => (
            <li key={line.contributionId}>
              <a class="line" href={paths.tontineContribution(group.id, line.contributionId)}>
                <span>
                  <strong>{line.memberName}</strong>
                  <small>
                    {words.takenBy(line.keeperName)}
                    {' · '}
                    <When instant={line.at} locale={frame.locale} timeZone={frame.timeZone} />
                  </small>
                </span>
                <Amount value={line.amount} locale={frame.locale} />
              </a>
            </li>
          ))}
        </ul>
      </section>
      <a class="button wide" href={paths.tontineNotes(group.id)}>
        {words.notes}
      </a>
      {props.mayExchange ? (
        <a class="button wide" href={paths.tontineExchange(group.id)}>
          {words.exchange}
        </a>
      ) : null}
    </GroupLayout>
  );
}

function Declare({ frame, group, formId, members, values, hasPin, refusals }: CashPageProps) {
  const words = wordsFor(frame.locale).tontines.cash;
  return (
    <form method="post" action={paths.tontineCash(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      <SelectField
        name="member"
        label={words.member}
        value={values.member}
        refusal={refusals?.member}
        options={members.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <AmountField
        name="amount"
        label={words.amount}
        hint={words.amountHint}
        value={values.amount}
        refusal={refusals?.amount}
      />
      <PinStep
        frame={frame}
        hasPin={hasPin}
        back={paths.tontineCash(group.id)}
        hint={words.pinHint}
        refusal={refusals?.pin}
      >
        <button type="submit" class="primary">
          {words.declare}
        </button>
        <p class="hint centred">{words.next}</p>
      </PinStep>
    </form>
  );
}
