/**
 * Asks the six questions that make a tontine, each with a sound answer already in it, and shows an example in francs.
 *
 * Everything else has a default that can be changed under "more rules" now, or later by a vote of the group: a long form
 * on a small phone is a form that a president gives up.
 */
import { type Frame, Layout } from '../../layout.tsx';
import { Field } from '../../parts/field.tsx';
import { RefusalNotice, type RefusalText } from '../../parts/notice.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import { AuctionFields } from './auction-fields.tsx';
import { Example, type RulesExample } from './example.tsx';
import { LateFields } from './late-fields.tsx';
import { MoreRules } from './more-rules.tsx';
import { type DraftField, ORDERS, type RulesDraft } from './rules-draft.ts';
import { WhenFields } from './when-fields.tsx';

/** What the parts of the form need: also where a by-law is changed. */
export interface DraftProps {
  readonly frame: Frame;
  readonly values: RulesDraft;
  readonly refusals?: Readonly<Partial<Record<DraftField | 'form', RefusalText>>>;
}

export interface FoundPageProps extends DraftProps {
  readonly formId: string;
  /** Present once the answers could be understood. */
  readonly example?: RulesExample;
}

export function FoundPage(props: FoundPageProps) {
  const { frame, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <Layout frame={frame} title={words.title} active="tontines" narrow ofGroup>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <form method="post" action={paths.tontineFound} class="card numbered">
        <FormHead frame={frame} formId={props.formId} enter={words.next} />
        <Field
          name="name"
          autoComplete="off"
          label={words.name}
          hint={words.nameHint}
          value={values.name}
          refusal={refusals?.name}
          maxLength={60}
        />
        <Money {...props} />
        <WhenFields {...props} />
        <OrderChoice {...props} />
        <AuctionFields {...props} />
        <LateFields {...props} />
        <MoreRules {...props} />
        <button type="submit" name="look" value="1" formNoValidate>
          {words.look}
        </button>
        {props.example === undefined ? null : <Example frame={frame} example={props.example} />}
        <button type="submit" class="primary">
          {words.next}
        </button>
        <p class="hint centred">{words.nothingYet}</p>
      </form>
    </Layout>
  );
}

function Money({ frame, values, refusals }: FoundPageProps) {
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <>
      <AmountField
        name="amount"
        label={words.amount}
        hint={words.amountHint}
        value={values.amount}
        refusal={refusals?.amount}
      />
      <Field
        name="shares"
        inputMode="numeric"
        autoComplete="off"
        label={words.shares}
        hint={words.sharesHint}
        value={values.shares}
        refusal={refusals?.shares}
        maxLength={3}
        large
      />
    </>
  );
}

export function OrderChoice({ frame, values, refusals }: DraftProps) {
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <SelectField
      name="order"
      label={words.order}
      hint={words.orderHint}
      value={values.order}
      refusal={refusals?.order}
      options={ORDERS.map((value) => ({ value, text: words.orders[value] }))}
    />
  );
}
