/**
 * Lets an officer propose that somebody takes a member's share over, with its price before anything is written, and
 * lists the proposals for those whom they concern.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { type Option, SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export type ReplacementFace = 'asked' | 'done' | 'refused' | 'lapsed';

/** What a share would cost whoever takes it over, and what comes with it. */
export interface ShareTerms {
  /** The share with its number, and its turn where it is decided. */
  readonly share: string;
  readonly from: string;
  readonly to: string;
  readonly price: Money;
  /** Absent once it is decided: what the share owes then is its owner's affair. */
  readonly owed?: Money;
}

export interface ReplacementLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly price: Money;
  readonly face: ReplacementFace;
  /** True when this visitor's answer is waited for. */
  readonly mine: boolean;
}

export interface ReplacePageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly lines: readonly ReplacementLine[];
  /** Present for those who may propose. */
  readonly proposal?: {
    readonly formId: string;
    readonly shares: readonly Option[];
    readonly people: readonly Option[];
    readonly values: { readonly share?: string; readonly to?: string };
    readonly preview?: ShareTerms;
  };
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly share?: RefusalText;
    readonly to?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function ReplacePage(props: ReplacePageProps) {
  const { frame, group, lines, proposal } = props;
  const words = wordsFor(frame.locale).tontines.replace;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.lead}
      refusal={props.refusals?.form}
    >
      {lines.length === 0 ? null : (
        <ul class="card lines">
          {lines.map((line) => (
            <li key={line.id}>
              <OneLine frame={frame} group={group} line={line} />
            </li>
          ))}
        </ul>
      )}
      {proposal === undefined ? <p class="card hint">{words.office}</p> : <Propose {...props} />}
    </GroupLayout>
  );
}

interface OneLineProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly line: ReplacementLine;
}

function OneLine({ frame, group, line }: OneLineProps) {
  const { replace: words, approvals } = wordsFor(frame.locale).tontines;
  return (
    <a class="line" href={paths.tontineReplacement(group.id, line.id)}>
      <span>
        <strong>{`${line.from} → ${line.to}`}</strong>
        <small class={line.mine ? 'asked' : undefined}>
          {line.mine ? `${words.faces[line.face]} · ${approvals.yours}` : words.faces[line.face]}
        </small>
      </span>
      <Amount value={line.price} locale={frame.locale} />
    </a>
  );
}

/** The price with what it is made of, and the debts that come with the share. */
export function Terms({ frame, terms }: { readonly frame: Frame; readonly terms: ShareTerms }) {
  const words = wordsFor(frame.locale).tontines.replace;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  const isFree = terms.price.amount === 0n;
  return (
    <>
      <Facts
        facts={[
          { name: words.share, value: terms.share },
          { name: words.from, value: terms.from },
          { name: words.to, value: terms.to },
          { name: words.price, value: shown(terms.price), strong: true },
          terms.owed && { name: words.owed, value: shown(terms.owed) },
        ]}
      />
      <p class="hint">{isFree ? words.prices.none : `${words.prices.paid} ${words.settled}`}</p>
    </>
  );
}

function Propose({ frame, group, proposal, hasPin, refusals }: ReplacePageProps) {
  const words = wordsFor(frame.locale).tontines.replace;
  if (proposal === undefined) return null;
  const { shares, people, values, preview } = proposal;
  if (shares.length === 0 || people.length < 2) return <p class="card">{words.nothing}</p>;
  const here = paths.tontineReplace(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={proposal.formId} enter={words.look} />
      <SelectField
        name="share"
        label={words.share}
        options={shares}
        value={values.share}
        refusal={refusals?.share}
      />
      <SelectField name="to" label={words.to} options={people} value={values.to} refusal={refusals?.to} />
      <button type="submit" name="look" value="1" formNoValidate>
        {words.look}
      </button>
      {preview === undefined ? null : <Terms frame={frame} terms={preview} />}
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value="propose">
          {words.propose}
        </button>
      </PinStep>
    </form>
  );
}
