/**
 * Is the proof of one contribution: who paid, for whom, and where each franc went. Cash is confirmed or refused here by
 * the one who handed it over, or by a second officer.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount, When } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice, type RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface ContributionPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly contributionId: string;
  readonly formId: string;
  readonly means: 'wallet' | 'cash';
  readonly face: 'confirmed' | 'declared' | 'refused' | 'corrected';
  readonly amount: Money;
  readonly at: Date;
  readonly payerName: string;
  /** Present when somebody else's dues were paid. */
  readonly forName?: string;
  /** Who took the cash. */
  readonly keeperName?: string;
  readonly confirmedBy?: string;
  /** Where it went; empty while nothing is booked. */
  readonly uses: readonly { readonly id: string; readonly name: string; readonly amount: Money }[];
  readonly kept?: Money;
  /** True for those whose yes or no is waited for. */
  readonly mayConfirm: boolean;
  /** True for those who may ask for it to be undone. */
  readonly mayCorrect?: boolean;
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly pin?: RefusalText;
    readonly reason?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function ContributionPage(props: ContributionPageProps) {
  const { frame, group, face } = props;
  const words = wordsFor(frame.locale).tontines.contribution;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} refusal={props.refusals?.form}>
      {face === 'confirmed' ? null : <Notice kind="warning" text={words[face]} locale={frame.locale} />}
      <article class="card receipt">
        <p class="figure centred">
          <Amount value={props.amount} locale={frame.locale} />
        </p>
        <ContributionFacts {...props} />
      </article>
      {props.mayConfirm ? <Decision {...props} /> : null}
      {props.mayCorrect && !props.mayConfirm ? <Correction {...props} /> : null}
      <p class="actions">
        <button type="button" data-print hidden>
          {wordsFor(frame.locale).receipt.print}
        </button>
      </p>
    </GroupLayout>
  );
}

function ContributionFacts(props: ContributionPageProps) {
  const { frame, forName, keeperName, confirmedBy, kept } = props;
  const words = wordsFor(frame.locale).tontines.contribution;
  const named = (name: string, value: string | undefined) =>
    value === undefined ? undefined : { name, value };
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.payer, value: props.payerName },
        named(words.forWhom, forName),
        { name: words.means, value: words[props.means] },
        named(words.keeper, keeperName),
        named(words.confirmedBy, confirmedBy),
        {
          name: words.at,
          value: <When instant={props.at} locale={frame.locale} timeZone={frame.timeZone} withZone />,
        },
        ...props.uses.map((use) => ({ name: use.name, value: shown(use.amount) })),
        kept && { name: words.kept, value: shown(kept) },
      ]}
    />
  );
}

function Decision(props: ContributionPageProps) {
  const { frame, group, contributionId, refusals } = props;
  const words = wordsFor(frame.locale).tontines.contribution;
  const here = paths.tontineContribution(group.id, contributionId);
  const amount = moneyText(props.amount, 'page', frame.locale);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} />
      <h2>{words.question(amount, props.payerName, props.keeperName ?? '')}</h2>
      <Field
        name="reason"
        autoComplete="off"
        label={words.reason}
        hint={words.reasonHint}
        refusal={refusals?.reason}
        maxLength={200}
        required={false}
      />
      <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <div class="moves">
          <button type="submit" class="primary" name="decision" value="confirm">
            {words.yes}
          </button>
          <button type="submit" class="quiet" name="decision" value="refuse">
            {words.no}
          </button>
        </div>
      </PinStep>
    </form>
  );
}

function Correction(props: ContributionPageProps) {
  const { frame, group, contributionId, refusals } = props;
  const words = wordsFor(frame.locale).tontines.contribution;
  const here = paths.tontineContribution(group.id, contributionId);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} />
      <details open={refusals?.reason !== undefined || refusals?.pin !== undefined}>
        <summary>{words.correct}</summary>
        <p>{words.correctHint}</p>
        <Field
          name="reason"
          autoComplete="off"
          label={words.correctReason}
          hint={words.reasonHint}
          refusal={refusals?.reason}
          maxLength={200}
        />
        <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
          <button type="submit" name="decision" value="correct">
            {words.correct}
          </button>
        </PinStep>
      </details>
    </form>
  );
}
