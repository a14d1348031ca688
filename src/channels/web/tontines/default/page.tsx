/**
 * Shows what a served share that stopped paying owes, to whom and who stands in, and lets an officer declare it with the
 * same figures before.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { type Option, SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import type { CoverSource } from '../../words/fr-tontine.ts';
import { named } from '../../words/quoted.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface ClaimLine {
  readonly id: string;
  readonly name: string;
  readonly amount: Money;
}

/** One who stands in, in the group's order. */
export interface SourceLine {
  readonly source: CoverSource;
  /** The most it can pay; absent where only the day will tell. */
  readonly most?: Money;
  /** Guarantors; what their wallets hold is nobody else's to know. */
  readonly names?: readonly string[];
}

export interface DefaultCard {
  readonly id: string;
  readonly name: string;
  readonly face: 'asked' | 'refused' | 'covered' | 'settled';
  readonly reason: string;
  readonly debt: Money;
  readonly recovered: Money;
  readonly left: Money;
  readonly covers: readonly {
    readonly id: string;
    readonly source: CoverSource;
    readonly payer?: string;
    readonly amount: Money;
  }[];
  readonly claims: readonly ClaimLine[];
  /** Where the officers answer. */
  readonly approvalId?: string;
}

export interface DefaultPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly declared: readonly DefaultCard[];
  /** Present for those who may declare. */
  readonly declaring?: {
    readonly formId: string;
    readonly shares: readonly Option[];
    readonly values: { readonly share?: string; readonly reason?: string };
    readonly preview?: {
      readonly debt: Money;
      readonly claims: readonly ClaimLine[];
      readonly sources: readonly SourceLine[];
    };
  };
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly share?: RefusalText;
    readonly reason?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function DefaultPage(props: DefaultPageProps) {
  const { frame, group, declared } = props;
  const words = wordsFor(frame.locale).tontines.default;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.lead}
      refusal={props.refusals?.form}
    >
      {declared.length === 0 ? <p class="card">{words.none}</p> : null}
      {declared.map((one) => (
        <OneDefault key={one.id} frame={frame} group={group} one={one} />
      ))}
      {props.declaring === undefined ? null : <Declare {...props} />}
    </GroupLayout>
  );
}

interface OneDefaultProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly one: DefaultCard;
}

function OneDefault({ frame, group, one }: OneDefaultProps) {
  const words = wordsFor(frame.locale).tontines.default;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <article class="card">
      <h2>{one.name}</h2>
      <p class="hint">{`${words.faces[one.face]} · ${one.reason}`}</p>
      <Facts
        facts={[
          { name: words.debt, value: shown(one.debt) },
          ...one.covers.map((cover) => ({
            name: cover.payer === undefined ? words.sources[cover.source] : words.paidBy(cover.payer),
            value: shown(cover.amount),
          })),
          { name: words.recovered, value: shown(one.recovered) },
          { name: words.left, value: shown(one.left), strong: true },
        ]}
      />
      <Claims frame={frame} claims={one.claims} />
      {one.approvalId === undefined ? null : (
        <p>
          <a href={paths.tontineApproval(group.id, one.approvalId)}>
            {words.request}
            <span class="unseen"> {one.name}</span>
          </a>
        </p>
      )}
    </article>
  );
}

interface ClaimsProps {
  readonly frame: Frame;
  readonly claims: readonly ClaimLine[];
}

function Claims({ frame, claims }: ClaimsProps) {
  const words = wordsFor(frame.locale).tontines.default;
  const [first] = claims;
  if (first === undefined) return null;
  const amount = claims.reduce((sum, claim) => sum + claim.amount.amount, 0n);
  return (
    <details>
      <summary>{words.claims(claims.length)}</summary>
      <Facts
        facts={claims.map((claim) => ({
          name: claim.name,
          value: <Amount value={claim.amount} locale={frame.locale} />,
        }))}
      />
      <p class="hint">{words.adds(moneyText({ ...first.amount, amount }, 'page', frame.locale))}</p>
    </details>
  );
}

function Declare({ frame, group, declaring, hasPin, refusals }: DefaultPageProps) {
  const words = wordsFor(frame.locale).tontines.default;
  if (declaring === undefined) return null;
  const { shares, values, preview } = declaring;
  if (shares.length === 0) return <p class="card hint">{words.nothing}</p>;
  const here = paths.tontineDefault(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={declaring.formId} enter={words.look} />
      <h2>{words.declare}</h2>
      <SelectField
        name="share"
        label={words.share}
        hint={words.again}
        options={shares}
        value={values.share}
        refusal={refusals?.share}
      />
      <button type="submit" name="look" value="1" formNoValidate>
        {words.look}
      </button>
      {preview === undefined ? null : <Preview frame={frame} {...preview} />}
      <Field
        name="reason"
        autoComplete="off"
        label={words.reason}
        hint={words.reasonHint}
        value={values.reason}
        refusal={refusals?.reason}
        maxLength={200}
      />
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value="declare">
          {words.give}
        </button>
      </PinStep>
    </form>
  );
}

type PreviewProps = NonNullable<NonNullable<DefaultPageProps['declaring']>['preview']> & {
  readonly frame: Frame;
};

function Preview({ frame, debt, claims, sources }: PreviewProps) {
  const words = wordsFor(frame.locale).tontines.default;
  const said = ({ most, names }: SourceLine) => {
    if (most !== undefined) return words.upTo(moneyText(most, 'page', frame.locale));
    if (names === undefined) return '…';
    return names.length === 0 ? words.nobody : named(names.join(', '), words.wallets, frame.locale);
  };
  return (
    <>
      <Facts
        facts={[{ name: words.debt, value: <Amount value={debt} locale={frame.locale} />, strong: true }]}
      />
      <Claims frame={frame} claims={claims} />
      <h3>{words.order}</h3>
      <ol class="steps">
        {sources.map((one) => (
          <li key={one.source}>
            {one.source === 'pro-rata'
              ? words.sources[one.source]
              : named(words.sources[one.source], said(one), frame.locale)}
          </li>
        ))}
      </ol>
    </>
  );
}
