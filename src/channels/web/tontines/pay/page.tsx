/**
 * Takes a contribution from the wallet: what is owed, for whom, how much, where each franc goes, and the PIN.
 *
 * The amount stands there already, and the order in which it is used stands under it before anything is paid. An amount
 * other than the one owed can be looked at first: the page then says what will be left over, and where it stays.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

/** One line of what is owed, in the order in which a contribution is used. */
export interface OwedLine {
  readonly id: string;
  readonly kind: 'pot' | 'solidarity' | 'fine' | 'guarantee' | 'exit';
  /** Of the pot and of solidarity. */
  readonly round?: number;
  readonly owed: Money;
  /** What the amount on this page would give to it. */
  readonly gives: Money;
}

export interface PayPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** Spendable in the payer's wallet. */
  readonly available: Money;
  readonly lines: readonly OwedLine[];
  readonly total: Money;
  /** What would be left over and kept for the next due. */
  readonly surplus?: Money;
  /** Whose dues these are. */
  readonly forWhom: {
    readonly chosen: string;
    readonly members: readonly { readonly id: string; readonly name: string }[];
  };
  readonly isForAnother: boolean;
  readonly amount: string;
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly amount?: RefusalText;
    readonly pin?: RefusalText;
    readonly for?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function PayPage(props: PayPageProps) {
  const { frame, group, refusals } = props;
  const words = wordsFor(frame.locale).tontines.pay;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      refusal={refusals?.form}
      lead={
        <>
          {words.available} <Amount value={props.available} locale={frame.locale} />
        </>
      }
    >
      <form method="post" action={paths.tontinePay(group.id)} class="card">
        <FormHead frame={frame} formId={props.formId} enter={words.pay} />
        <SelectField
          name="for"
          label={words.forWhom}
          hint={words.forWhomHint}
          value={props.forWhom.chosen}
          refusal={refusals?.for}
          options={props.forWhom.members.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <AmountField
          name="amount"
          label={words.amount}
          hint={words.amountHint}
          value={props.amount}
          refusal={refusals?.amount}
        />
        <button type="submit" name="look" value="1" formNoValidate>
          {words.look}
        </button>
        <Breakdown {...props} />
        <Proof {...props} />
      </form>
    </GroupLayout>
  );
}

function Breakdown({ frame, lines, total, surplus }: PayPageProps) {
  const words = wordsFor(frame.locale).tontines.pay;
  const text = (value: Money) => moneyText(value, 'page', frame.locale);
  return (
    <section aria-labelledby="use">
      <h2 id="use">{words.use}</h2>
      <p class="hint">{words.useOrder}</p>
      <Facts
        facts={[
          ...lines.map((line) => ({
            name: lineName(frame, line),
            value: (
              <>
                <Amount value={line.gives} locale={frame.locale} />
                {line.gives.amount === line.owed.amount ? null : <small>{words.of(text(line.owed))}</small>}
              </>
            ),
          })),
          { name: words.owed, value: <Amount value={total} locale={frame.locale} />, strong: true },
        ]}
      />
      {lines.length === 0 ? <p>{words.nothing}</p> : null}
      {surplus === undefined ? null : <p class="doubt">{words.surplus(text(surplus))}</p>}
    </section>
  );
}

function lineName(frame: Frame, { kind, round }: OwedLine): string {
  const words = wordsFor(frame.locale).tontines.pay.lines;
  return round === undefined ? words[kind] : words.ofRound(round, words[kind]);
}

function Proof({ frame, group, hasPin, available, total, refusals, isForAnother }: PayPageProps) {
  const words = wordsFor(frame.locale).tontines.pay;
  const isShort = available.amount < total.amount;
  return (
    <PinStep
      frame={frame}
      hasPin={hasPin}
      back={paths.tontinePay(group.id)}
      hint={words.pinHint}
      refusal={refusals?.pin}
    >
      <button type="submit" class="primary">
        {words.pay}
      </button>
      {isForAnother ? <p class="hint centred">{words.bothReceipts}</p> : null}
      {isShort ? (
        <p class="centred">
          {words.short} <a href={paths.topup}>{words.topup}</a>
        </p>
      ) : null}
      <p class="centred">
        <a href={paths.tontineCash(group.id)}>{words.inCash}</a>
      </p>
    </PinStep>
  );
}
