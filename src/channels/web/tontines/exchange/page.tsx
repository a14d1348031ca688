/**
 * Lets an officer turn notes of their box into wallet money of a fund, or bring notes where a fund has none.
 *
 * The first they pay themselves and keep the notes, so their PIN is enough; the second pays them from everybody's
 * money, so others must have seen the notes.
 */
import type { Money } from '../../../../ground/money/money.ts';
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

export const EXCHANGE_WAYS = ['keep-notes', 'bring-notes'] as const;
export type ExchangeWay = (typeof EXCHANGE_WAYS)[number];

export const EXCHANGE_FUNDS = ['pot', 'solidarity', 'guarantee', 'fines', 'interest'] as const;
export type ExchangeFund = (typeof EXCHANGE_FUNDS)[number];

export type ExchangeField = 'way' | 'fund' | 'amount' | 'pin' | 'form';

export interface ExchangePageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** One's own box without what is promised, and one's own wallet. */
  readonly inBox: Money;
  readonly inWallet: Money;
  /** What each fund holds on accounts and in notes. */
  readonly funds: readonly { readonly fund: ExchangeFund; readonly wallet: Money; readonly cash: Money }[];
  readonly values: { readonly way?: string; readonly fund?: string; readonly amount?: string };
  readonly hasPin: boolean;
  readonly refusals?: Readonly<Partial<Record<ExchangeField, RefusalText>>>;
}

export function ExchangePage(props: ExchangePageProps) {
  const { frame, group, values, refusals } = props;
  const { exchange: words, funds } = wordsFor(frame.locale).tontines;
  const here = paths.tontineExchange(group.id);
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead} refusal={refusals?.form}>
      <Standing {...props} />
      <form method="post" action={here} class="card">
        <FormHead frame={frame} formId={props.formId} />
        <SelectField
          name="way"
          label={words.way}
          hint={words.wayHint}
          value={values.way}
          refusal={refusals?.way}
          options={EXCHANGE_WAYS.map((value) => ({ value, text: words.ways[value] }))}
        />
        <SelectField
          name="fund"
          label={words.fund}
          value={values.fund}
          refusal={refusals?.fund}
          options={EXCHANGE_FUNDS.map((value) => ({ value, text: funds[value] }))}
        />
        <AmountField name="amount" label={words.amount} value={values.amount} refusal={refusals?.amount} />
        <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
          <button type="submit" class="primary">
            {words.exchange}
          </button>
        </PinStep>
      </form>
    </GroupLayout>
  );
}

function Standing({ frame, inBox, inWallet, funds }: ExchangePageProps) {
  const { exchange: words, funds: names } = wordsFor(frame.locale).tontines;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <section class="card">
      <Facts
        facts={[
          { name: words.inBox, value: shown(inBox), strong: true },
          { name: words.inWallet, value: shown(inWallet) },
          ...funds.flatMap((one) => [
            { name: words.onAccount(names[one.fund]), value: shown(one.wallet) },
            { name: words.inNotes(names[one.fund]), value: shown(one.cash) },
          ]),
        ]}
      />
    </section>
  );
}
