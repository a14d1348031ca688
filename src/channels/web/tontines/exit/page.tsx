/**
 * Works out what leaving means before anything is asked: what comes back and from whom, or what is still owed.
 *
 * Before one's turn, the refund is exactly what those already served owe for it; after it, the debt is exactly what those
 * who come after would miss. The page shows the sum and its parts, so that nobody has to believe it.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface ExitPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly situation:
    | 'before' // the turn is to come: a refund
    | 'after' // the pot was taken: a debt
    | 'free' // no cycle runs: nothing is owed either way
    | 'asked' // the officers decide already
    | 'unclear'; // something must be settled first: the refusal says what
  readonly paid: Money;
  readonly received: Money;
  /** The refund, or the debt. */
  readonly sum: Money;
  /** Who owes a part of the refund, or who would miss a part of the debt. */
  readonly parts: readonly { readonly id: string; readonly name: string; readonly amount: Money }[];
  /** What later pots become. */
  readonly potAfter?: Money;
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly reason?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function ExitPage(props: ExitPageProps) {
  const { frame, group, situation } = props;
  const words = wordsFor(frame.locale).tontines.exit;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.leads[situation]}
      refusal={props.refusals?.form}
    >
      <Sum {...props} />
      {situation === 'before' || situation === 'free' ? <Ask {...props} /> : null}
    </GroupLayout>
  );
}

function Sum({ frame, situation, paid, received, sum, parts, potAfter }: ExitPageProps) {
  const words = wordsFor(frame.locale).tontines.exit;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  const isDebt = situation === 'after';
  return (
    <section class="card" aria-labelledby="sum">
      <h2 id="sum">{isDebt ? words.debt : words.refund}</h2>
      <p class="figure">{shown(sum)}</p>
      <Facts
        facts={[
          { name: words.paid, value: shown(paid) },
          { name: words.received, value: shown(received) },
          potAfter && { name: words.potAfter, value: shown(potAfter) },
        ]}
      />
      {parts.length === 0 ? null : (
        <details>
          <summary>{isDebt ? words.missing(parts.length) : words.owing(parts.length)}</summary>
          <Facts facts={parts.map((part) => ({ name: part.name, value: shown(part.amount) }))} />
          <p class="hint">{words.adds(moneyText(sum, 'page', frame.locale))}</p>
        </details>
      )}
    </section>
  );
}

function Ask({ frame, group, formId, hasPin, refusals }: ExitPageProps) {
  const words = wordsFor(frame.locale).tontines.exit;
  const here = paths.tontineExit(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={formId} />
      <h2>{words.ask}</h2>
      <Field
        name="reason"
        autoComplete="off"
        label={words.reason}
        hint={words.reasonHint}
        refusal={refusals?.reason}
        maxLength={200}
      />
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary">
          {words.give}
        </button>
      </PinStep>
    </form>
  );
}
